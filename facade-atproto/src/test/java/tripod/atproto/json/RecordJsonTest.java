package tripod.atproto.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tripod.atproto.Vectors;
import tripod.podstore.PodFailure;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.Cid;

class RecordJsonTest {
  @Test
  void parse_publishedRecords_giveTheirBlocksAndCids() throws IOException {
    for (JsonNode c : Vectors.json("atproto/data-model/data-model-fixtures.json")) {
      DagValue value = RecordJson.parse(c.get("json").toString().getBytes(UTF_8));
      byte[] block = DagCbor.encode(value);
      assertArrayEquals(Base64.getDecoder().decode(c.get("cbor_base64").asText()), block);
      assertEquals(c.get("cid").asText(), Cid.ofDagCbor(block).toString());
      assertEquals(value, RecordJson.parse(json(block)));
      assertEquals(value, DagCbor.decode(block));
    }
  }

  @Test
  void parse_publishedValidData_isTaken() {
    for (JsonNode c : Vectors.json("atproto/data-model/data-model-valid.json")) {
      RecordJson.parse(c.get("json").toString().getBytes(UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1.5}",
        "{\"a\":1e300}",
        "{\"a\":1e-3}",
        "{\"a\":9007199254740992}",
        "{\"a\":-9007199254740992}",
        "{\"a\":123456789012345678901234567890}",
        "{\"a\":NaN}",
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"$link\":\".\"}}",
        "{\"a\":{\"$link\":1}}",
        "{\"a\":{\"$link\":\"bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity\",\"b\":1}}",
        "{\"a\":{\"$bytes\":[1]}}",
        "{\"a\":{\"$bytes\":\"***\"}}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"x\"",
        "{\"a\":1} {}",
        "",
        "[1,]"
      })
  void SEC_33_parse_whatTheDataModelCannotSay_isRefused(String json) {
    assertThrows(PodFailure.Invalid.class, () -> RecordJson.parse(json.getBytes(UTF_8)));
  }

  @Test
  void SEC_30_parse_aThousandLevels_isRefused() {
    assertThrows(
        PodFailure.Invalid.class,
        () -> RecordJson.parse("[".repeat(1000).concat("]".repeat(1000)).getBytes(UTF_8)));
    assertThrows(
        PodFailure.Invalid.class,
        () -> RecordJson.parse("{\"a\":".repeat(100_000).getBytes(UTF_8)));
  }

  @Test
  void write_allKindsOfText_readsBackFromBytesAndFromTokens() throws IOException {
    DagFields.Builder fields = DagFields.builder();
    for (String text :
        List.of("", "plain", "\"quoted\\\n\u0001\u007f", "żółw 𝕏 \u2028", "k".repeat(300))) {
      fields.put("of " + text, DagValue.of(text + text));
    }
    DagValue value = fields.put("link", DagValue.of(Cid.ofRaw(new byte[1]))).build();
    byte[] block = DagCbor.encode(value);
    assertEquals(value, RecordJson.parse(json(block)));
    try (TokenBuffer tokens = new TokenBuffer(new JsonMapper(), false)) {
      BlockJson.write(block, tokens);
      JsonParser in = tokens.asParser();
      in.nextToken();
      assertEquals(value, RecordJson.read(in));
    }
  }

  @Test
  void write_namesThatShareAPlace_areNotMistaken() throws IOException {
    for (int n = 0; n < 5_000; n++) {
      DagValue value = DagFields.builder().put("n" + n, DagValue.of(n)).build();
      assertEquals(value, RecordJson.parse(json(DagCbor.encode(value))));
    }
  }

  @Test
  void write_textThatIsNotUtf8_isRefused() {
    byte[] block = DagCbor.encode(DagFields.builder().put("a", DagValue.of("xx")).build());
    block[block.length - 1] = (byte) 0xff;
    assertThrows(PodFailure.Invalid.class, () -> json(block));
  }

  private static byte[] json(byte[] block) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = RecordJson.JSON.createGenerator(out)) {
      BlockJson.write(block, json);
    }
    new JsonMapper().readTree(out.toByteArray());
    return out.toByteArray();
  }
}
