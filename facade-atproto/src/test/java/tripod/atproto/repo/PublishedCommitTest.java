package tripod.atproto.repo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tripod.atproto.Vectors;
import tripod.syntax.Cid;
import tripod.syntax.Did;
import tripod.syntax.Tid;

class PublishedCommitTest {
  @Test
  void commits_ofTheNetwork_holdWhatTheyTellOf() throws IOException {
    List<Path> files;
    try (Stream<Path> list = Files.list(Vectors.path("atproto/firehose/commits"))) {
      files = list.sorted().toList();
    }
    assertEquals(4, files.size());
    for (Path file : files) {
      JsonNode frame = Vectors.json(file);
      Map<Cid, byte[]> blocks = new HashMap<>();
      CarReader car =
          new CarReader(
              new ByteArrayInputStream(
                  Base64.getDecoder().decode(frame.at("/blocks/$bytes").asText())));
      for (var b = car.next(); b.isPresent(); b = car.next()) {
        blocks.put(b.get().cid(), b.get().bytes());
      }
      RepoCommit commit = RepoCommit.read(blocks.get(car.root()));
      assertEquals(frame.get("rev").asText(), commit.rev().orElseThrow().value());
      Mst tree = PartialMst.read(commit.data(), blocks);
      assertTrue(!frame.get("ops").isEmpty());
      for (JsonNode op : frame.get("ops")) {
        // These frames are older than prevData, so that there is nothing to invert to.
        assertEquals("create", op.get("action").asText());
        assertEquals(link(op.get("cid")), tree.get(op.get("path").asText()));
        assertTrue(blocks.containsKey(link(op.get("cid")).orElseThrow()));
      }
    }
  }

  private static Optional<Cid> link(JsonNode node) {
    return node == null || node.isNull()
        ? Optional.empty()
        : Optional.of(Cid.parse(node.get("$link").asText()));
  }

  @Test
  void signed_knownCommit_hasThePublishedHash() throws Exception {
    byte[][] seen = new byte[1][];
    byte[] block =
        RepoCommit.signed(
            new Did("did:plc:ewvi7nxzyoun6zhxrhs64oiz"),
            Mst.EMPTY.rootCid(),
            new Tid("3mbfvv7imxk22"),
            message -> {
              seen[0] = message;
              return new byte[64];
            });
    assertEquals(
        "6d7adfb9c118388974329371932341f5bbaa4686acdb93478a3f157b7c978c67",
        HexFormat.of()
            .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(seen[0])));
    RepoCommit read = RepoCommit.read(block);
    assertArrayEquals(seen[0], read.unsigned());
    assertEquals(3, read.version());
  }
}
