package tripod.podstore.cbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tripod.podstore.PodFailure;
import tripod.syntax.Cid;

class DagCborTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void encode_post_givesThePublishedBytesAndCid() {
    DagFields post =
        DagFields.builder()
            .put("$type", "app.bsky.feed.post")
            .put("text", "hello")
            .put("createdAt", "2026-01-02T03:04:05.678Z")
            .build();
    byte[] block = DagCbor.encode(post);
    assertEquals(List.of("text", "$type", "createdAt"), post.keys());
    assertEquals(
        "bafyreidngizrqdjlponvyjrsgwndvf3xlp25kh32mu2frb63grghr3erwa",
        Cid.ofDagCbor(block).toString());
    assertEquals(post, DagCbor.decode(block));
  }

  @Test
  void encode_emptyTreeNode_givesThePublishedCid() {
    DagFields node =
        DagFields.builder().put("e", DagValue.of(List.of())).put("l", DagValue.nil()).build();
    assertEquals("a2616580616cf6", HEX.formatHex(DagCbor.encode(node)));
    assertEquals(
        "bafyreie5737gdxlw5i64vzichcalba3z2v5n6icifvx5xytvske7mr3hpm",
        Cid.ofDagCbor(DagCbor.encode(node)).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // nothing
        "f97e00", // half float
        "fa3fc00000", // float
        "fb3ff8000000000000", // double
        "f7", // undefined
        "f8ff", // simple value
        "1817", // 23 in two bytes
        "190017", // in three
        "1a00000017", // in five
        "1b0000000000000017", // in nine
        "1bffffffffffffffff", // beyond 64 bits signed
        "3bffffffffffffffff", // likewise below
        "5f4100ff", // indefinite bytes
        "7f6161ff", // indefinite text
        "9f01ff", // indefinite list
        "bf616101ff", // indefinite map
        "a2616201616101", // keys out of order
        "a262616101616202", // longer key first
        "a2616101616102", // key twice
        "a10102", // key no text
        "c11a00000001", // another tag
        "d82a4100", // link too short
        "d82a582500", // link cut off
        "0000", // trailing byte
        "61ff", // no UTF-8
        "63eda080", // a surrogate in UTF-8
        "9bffffffffffffffff", // a list that claims everything
        "9a7fffffff", // a list that claims much
        "5a7fffffff", // bytes that claim much
        "bb7fffffffffffffff", // a map that claims much
        "ff", // a break alone
        "1c" // reserved
      })
  void SEC_34_decode_notCanonical_isRefused(String hex) {
    assertThrows(PodFailure.Invalid.class, () -> DagCbor.decode(HEX.parseHex(hex)));
  }

  @Test
  void SEC_34_decode_depth32_isTheLimit() {
    byte[] deep = new byte[40];
    java.util.Arrays.fill(deep, 0, 31, (byte) 0x81);
    deep[31] = (byte) 0x80;
    DagCbor.decode(java.util.Arrays.copyOf(deep, 32));
    java.util.Arrays.fill(deep, 0, 32, (byte) 0x81);
    deep[32] = (byte) 0x80;
    assertThrows(PodFailure.Invalid.class, () -> DagCbor.decode(java.util.Arrays.copyOf(deep, 33)));
  }

  @Test
  void SEC_34_decode_overAMillionBytes_isTooLarge() {
    byte[] block = DagCbor.encode(DagFields.of("s", DagValue.of("x".repeat(999_990))));
    assertTrue(block.length <= DagCbor.BLOCK_BYTES_MAX);
    DagCbor.decode(block);
    byte[] large = DagCbor.encode(DagFields.of("s", DagValue.of("x".repeat(1_000_000))));
    assertThrows(PodFailure.TooLarge.class, () -> DagCbor.decode(large));
  }

  @Test
  void decodeLenient_longLengthsAndLooseOrder_areRead() {
    DagFields read = DagCbor.decodeLenient(HEX.parseHex("a261621817616101"));
    assertEquals(DagFields.builder().put("a", 1).put("b", 23).build(), read);
    assertThrows(
        PodFailure.Invalid.class, () -> DagCbor.decodeLenient(HEX.parseHex("a2616101616102")));
    assertThrows(
        PodFailure.Invalid.class, () -> DagCbor.decodeLenient(HEX.parseHex("a16161f97e00")));
  }

  @Test
  void decode_randomValues_isTheInverseOfEncode() {
    Random random = new Random(7);
    for (int i = 0; i < 3000; i++) {
      DagValue value = any(random, 0);
      byte[] block = DagCbor.encode(value);
      DagValue read = DagCbor.decode(block);
      assertEquals(value, read);
      assertArrayEquals(block, DagCbor.encode(read));
    }
  }

  @Test
  void decode_randomBytes_isRefusedOrRoundTrips() {
    Random random = new Random(8);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(24)];
      random.nextBytes(bytes);
      try {
        assertArrayEquals(bytes, DagCbor.encode(DagCbor.decode(bytes)));
      } catch (PodFailure.Invalid e) {
        assertTrue(e.getMessage().startsWith("DAG-CBOR"), e.getMessage());
      }
    }
  }

  @Test
  void encode_asJacksonReadsIt_saysTheSame() throws Exception {
    CBORMapper jackson = new CBORMapper();
    Random random = new Random(9);
    for (int i = 0; i < 1000; i++) {
      DagValue value = any(random, 0);
      assertEquals(plain(value), plainOf(jackson.readValue(DagCbor.encode(value), Object.class)));
    }
  }

  @Test
  void builder_manyKeysInReverse_isSortedAndQuick() {
    DagFields.Builder builder = DagFields.builder();
    for (int i = 50_000; i > 0; i--) {
      builder.put("k" + i, i);
    }
    builder.put("k5", 7);
    DagFields fields = builder.build();
    assertEquals(50_000, fields.size());
    assertEquals("k1", fields.key(0));
    assertEquals(7L, fields.integer("k5").orElseThrow());
    assertEquals(
        fields, DagCbor.decode(DagCbor.encode(fields.without("k9").with("k9", DagValue.of(9)))));
  }

  private static DagValue any(Random random, int depth) {
    return switch (random.nextInt(depth > 3 ? 6 : 8)) {
      case 0 -> DagValue.of(random.nextLong() >> random.nextInt(64));
      case 1 -> DagValue.of(random.nextBoolean());
      case 2 -> DagValue.nil();
      case 3 -> DagValue.of(text(random));
      case 4 -> {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        yield DagValue.of(bytes);
      }
      case 5 -> DagValue.of(Cid.ofRaw(text(random).getBytes(StandardCharsets.UTF_8)));
      case 6 -> {
        List<DagValue> items = new ArrayList<>();
        for (int n = random.nextInt(5); n > 0; n--) {
          items.add(any(random, depth + 1));
        }
        yield DagValue.of(items);
      }
      default -> {
        DagFields.Builder fields = DagFields.builder();
        for (int n = random.nextInt(random.nextInt(20) == 0 ? 60 : 5); n > 0; n--) {
          fields.put(text(random), any(random, depth + 1));
        }
        yield fields.build();
      }
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(12); n > 0; n--) {
      text.appendCodePoint(
          switch (random.nextInt(6)) {
            case 0 -> 0x1f600 + random.nextInt(80);
            case 1 -> 0xe0 + random.nextInt(500);
            case 2 -> 0xfffd;
            default -> ' ' + random.nextInt(95);
          });
    }
    return text.toString();
  }

  private static Object plain(DagValue value) {
    return switch (value) {
      case DagScalar.Text t -> t.value();
      case DagScalar.Int i -> i.value();
      case DagScalar.Bool b -> b.value();
      case DagScalar.Null n -> "null";
      case DagScalar.Bytes b -> HEX.formatHex(b.value());
      case DagScalar.Link l -> "00" + HEX.formatHex(l.cid().bytes());
      case DagValue.Items l -> l.items().stream().map(DagCborTest::plain).toList();
      case DagFields f -> {
        List<Object> entries = new ArrayList<>();
        f.entries().forEach(e -> entries.add(List.of(e.getKey(), plain(e.getValue()))));
        yield entries.isEmpty() ? Map.of() : entries;
      }
    };
  }

  private static Object plainOf(Object value) {
    return switch (value) {
      case null -> "null";
      case byte[] b -> HEX.formatHex(b);
      case Number n -> n.longValue();
      case List<?> l -> l.stream().map(DagCborTest::plainOf).toList();
      case Map<?, ?> m -> {
        List<Object> entries = new ArrayList<>();
        m.forEach((k, v) -> entries.add(List.of(k, plainOf(v))));
        yield entries.isEmpty() ? Map.of() : entries;
      }
      default -> value;
    };
  }
}
