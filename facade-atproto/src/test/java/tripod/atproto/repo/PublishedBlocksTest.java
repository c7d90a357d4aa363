package tripod.atproto.repo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tripod.atproto.Vectors;
import tripod.atproto.json.RecordJson;
import tripod.identity.did.DidDocument;
import tripod.identity.did.DidDocuments;
import tripod.identity.key.DidKey;
import tripod.podstore.cbor.DagCbor;
import tripod.syntax.Cid;

/** Blocks and archives of the network, as published. */
class PublishedBlocksTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "atproto/car/feedpost_record.cbor",
        "atproto/car/post_richtext_link.cbor",
        "atproto/data-model/feedpost_record.cbor"
      })
  void block_published_isWrittenAsItWasRead(String file) {
    byte[] block = Vectors.bytes(file);
    assertArrayEquals(block, DagCbor.encode(DagCbor.decodeFields(block)));
  }

  @Test
  void slice_ofARepository_provesItsRecord() {
    byte[] car = Vectors.bytes("atproto/car/repo_slice.car");
    JsonNode record = Vectors.json("atproto/car/repo_slice_record.json");
    Map<Cid, byte[]> blocks = TestFrames.blocks(car);
    Cid cid = Cid.parse(record.get("cid").asText());
    byte[] block =
        DagCbor.encode(
            RecordJson.parse(record.get("value").toString().getBytes(StandardCharsets.UTF_8)));
    assertArrayEquals(block, blocks.get(cid));
    RepoCommit commit =
        RepoCommit.read(blocks.get(new CarReader(new ByteArrayInputStream(car)).root()));
    String uri = record.get("uri").asText();
    String key = uri.substring(uri.indexOf('/', "at://".length()) + 1);
    assertTrue(uri.startsWith("at://" + commit.did() + "/"));
    assertEquals(cid, PartialMst.read(commit.data(), blocks).get(key).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(strings = "paul_staging")
  void commit_ofARepository_verifiesWithTheKeyOfTheDocument(String name) {
    byte[] car = Vectors.bytes("atproto/car/" + name + ".repo.car");
    JsonNode document = Vectors.json("atproto/car/" + name + ".didDoc.json");
    RepoCommit commit =
        RepoCommit.read(
            TestFrames.blocks(car).get(new CarReader(new ByteArrayInputStream(car)).root()));
    assertEquals(document.get("id").asText(), commit.did().value());
    DidKey key =
        DidKey.parse(
            DidDocuments.read(commit.did(), document)
                .flatMap(DidDocument::signingKey)
                .orElseThrow());
    assertTrue(key.verify(commit.unsigned(), commit.sig()));
    byte[] changed = commit.unsigned().clone();
    changed[changed.length - 1] ^= 1;
    assertTrue(!key.verify(changed, commit.sig()));
  }
}
