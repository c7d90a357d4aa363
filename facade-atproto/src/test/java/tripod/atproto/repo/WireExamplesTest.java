package tripod.atproto.repo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tripod.atproto.json.RecordJson;
import tripod.podstore.Journal;
import tripod.podstore.cbor.DagCbor;
import tripod.syntax.Cid;
import tripod.syntax.Tid;

/** Bytes of the protocol that were computed once by other means, so that no file is needed. */
class WireExamplesTest {
  private static final String EMPTY_ROOT =
      "bafyreie5737gdxlw5i64vzichcalba3z2v5n6icifvx5xytvske7mr3hpm";
  private static final String RECORD =
      """
      {"$type":"app.bsky.feed.post","text":"hello","createdAt":"2026-01-02T03:04:05.678Z"}""";
  private static final String RECORD_CID =
      "bafyreidngizrqdjlponvyjrsgwndvf3xlp25kh32mu2frb63grghr3erwa";

  @Test
  void emptyTree_hasItsBytesAndName() {
    assertEquals("a2616580616cf6", hex(MstNode.EMPTY.block()));
    assertEquals(EMPTY_ROOT, Mst.EMPTY.rootCid().toString());
  }

  @Test
  void record_inJson_hasItsBytesAndNameAndTree() {
    byte[] block = DagCbor.encode(RecordJson.parse(RECORD.getBytes(StandardCharsets.UTF_8)));
    assertEquals(
        "a3647465787465"
            + "68656c6c6f"
            + "652474797065"
            + "726170702e62736b792e666565642e706f7374"
            + "69637265617465644174"
            + "7818323032362d30312d30325430333a30343a30352e3637385a",
        hex(block));
    Cid cid = Cid.ofDagCbor(block);
    assertEquals(RECORD_CID, cid.toString());
    String key = "app.bsky.feed.post/3mbgmyhmk5s22";
    assertEquals(0, Mst.depth(key));
    assertEquals(
        "bafyreiactw4hqkys2iqn7fczan3umeus2mb5kcpdafipj5pe3bt5krzjyu",
        Mst.EMPTY.put(key, cid).rootCid().toString());
    assertEquals(
        "bafkreibm6jg3ux5qumhcn2b3flc3tyu6dmlb4xa7u5bf44yegnrjhc4yeq",
        Cid.ofRaw("hello".getBytes(StandardCharsets.UTF_8)).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "2653ae71,0",
    "blue,1",
    "app.bsky.feed.post/454397e440ec,4",
    "app.bsky.feed.post/9adeb165882c,8"
  })
  void key_hasItsDepth(String key, int depth) {
    assertEquals(depth, Mst.depth(key));
  }

  @Test
  void time_hasItsIdentifier() {
    assertEquals("3mbfvv7imxk22", Tid.of(1_767_323_045_678_000L, 0).value());
    assertEquals("3mbfvv7imxkzz", Tid.of(1_767_323_045_678_000L, 1023).value());
  }

  @Test
  void archive_hasItsHeader() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new CarWriter(out, List.of(Cid.parse(EMPTY_ROOT)));
    String header = hex(out.toByteArray());
    assertEquals(59, out.size());
    assertTrue(header.startsWith("3aa265726f6f747381d82a58250001711220"), header);
    assertTrue(header.endsWith("6776657273696f6e01"), header);
  }

  @Test
  void frames_haveTheirBytes() {
    try (TestPods pods = new TestPods()) {
      List<Journal.Emission> frames = pods.store.journal().stream(RepoFrames.STREAM, 0, 10);
      String account = hex(frames.get(1).payload());
      String did = hex(TestPods.DID.value().getBytes(StandardCharsets.UTF_8));
      assertEquals(
          "a261746823"
              + "6163636f756e74"
              + "626f7001"
              + "a463646964"
              + "7820"
              + did
              + "63736571"
              + "1b"
              + HexFormat.of().toHexDigits(frames.get(1).number())
              + "6474696d65"
              + "7818323032362d30312d30325430333a30343a30352e3637385a"
              + "66616374697665f5",
          account);
      assertTrue(hex(frames.get(2).payload()).startsWith("a261746723636f6d6d6974626f7001"));
      assertArrayEquals(
          frames.get(2).payload(),
          pods.store.journal().stream(RepoFrames.STREAM, frames.get(1).number(), 1)
              .getFirst()
              .payload());
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }
}
