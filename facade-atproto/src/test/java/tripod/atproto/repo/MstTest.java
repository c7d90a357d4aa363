package tripod.atproto.repo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tripod.atproto.Vectors;
import tripod.podstore.PodFailure;
import tripod.syntax.Cid;

class MstTest {
  private static final String EMPTY_ROOT =
      "bafyreie5737gdxlw5i64vzichcalba3z2v5n6icifvx5xytvske7mr3hpm";

  @Test
  void depth_publishedKeys_isTheirs() {
    JsonNode cases = Vectors.json("atproto/mst/key_heights.json");
    assertTrue(cases.size() > 5);
    cases.forEach(
        c -> assertEquals(c.get("height").asInt(), Mst.depth(c.get("key").asText()), c.toString()));
  }

  @Test
  void depth_exampleKeys_isTheDigitOfTheirName() {
    String[] keys =
        new String(Vectors.bytes("atproto/mst/example_keys.txt"), StandardCharsets.UTF_8)
            .strip()
            .split("\n");
    for (String key : keys) {
      assertEquals(key.charAt(1) - '0', Mst.depth(key), key);
    }
    Mst tree = Mst.EMPTY;
    for (String key : keys) {
      tree = tree.put(key, cid(key));
    }
    assertEquals(rebuilt(tree).rootCid(), tree.rootCid());
    List<String> walked = new ArrayList<>();
    tree.forEach((key, value) -> walked.add(key));
    assertEquals(List.of(keys), walked);
  }

  @Test
  void sharedPrefix_publishedPairs_isTheirs() {
    Vectors.json("atproto/mst/common_prefix.json")
        .forEach(
            c ->
                assertEquals(
                    c.get("len").asInt(),
                    MstNode.sharedPrefix(c.get("left").asText(), c.get("right").asText())));
  }

  @Test
  void rootCid_emptyAndOneRecord_areThePublishedOnes() {
    assertEquals(EMPTY_ROOT, Mst.EMPTY.rootCid().toString());
    Mst one =
        Mst.EMPTY.put(
            "app.bsky.feed.post/3mbgmyhmk5s22",
            Cid.parse("bafyreidngizrqdjlponvyjrsgwndvf3xlp25kh32mu2frb63grghr3erwa"));
    assertEquals(
        "bafyreiactw4hqkys2iqn7fczan3umeus2mb5kcpdafipj5pe3bt5krzjyu", one.rootCid().toString());
    assertEquals(EMPTY_ROOT, one.delete("app.bsky.feed.post/3mbgmyhmk5s22").rootCid().toString());
  }

  @Test
  void covering_publishedProofs_areExactlyTheirBlocks() {
    JsonNode cases = Vectors.json("atproto/firehose/commit-proof-fixtures.json");
    for (JsonNode c : cases) {
      Cid value = Cid.parse(c.get("leafValue").asText());
      Mst before = Mst.EMPTY;
      for (JsonNode key : c.get("keys")) {
        before = before.put(key.asText(), value);
      }
      assertEquals(c.get("rootBeforeCommit").asText(), before.rootCid().toString());
      Mst after = before;
      List<RepoOp> ops = new ArrayList<>();
      for (JsonNode key : c.get("adds")) {
        after = after.put(key.asText(), value);
        ops.add(new RepoOp(key.asText(), Optional.empty(), Optional.of(value)));
      }
      for (JsonNode key : c.get("dels")) {
        after = after.delete(key.asText());
        ops.add(new RepoOp(key.asText(), Optional.of(value), Optional.empty()));
      }
      assertEquals(c.get("rootAfterCommit").asText(), after.rootCid().toString());
      Map<Cid, MstNode> nodes = new LinkedHashMap<>();
      nodes.put(after.rootCid(), after.root());
      for (RepoOp op : ops) {
        after.covering(op.key(), nodes);
      }
      Set<String> expected = new TreeSet<>();
      c.get("blocksInProof").forEach(cid -> expected.add(cid.asText()));
      Set<String> actual = new TreeSet<>();
      nodes.keySet().forEach(cid -> actual.add(cid.toString()));
      assertEquals(expected, actual, c.get("comment").asText());
      assertEquals(
          before.rootCid(), PartialMst.undo(PartialMst.read(after.rootCid(), blocks(nodes)), ops));
    }
  }

  @Test
  void batches_random_equalARebuildAndInvert() {
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      Mst tree = Mst.EMPTY;
      TreeMap<String, Cid> model = new TreeMap<>();
      for (int batch = 0; batch < 25; batch++) {
        Mst before = tree;
        Map<String, Optional<Cid>> first = new LinkedHashMap<>();
        for (int n = 1 + random.nextInt(random.nextInt(5) == 0 ? 60 : 4); n > 0; n--) {
          String key = key(random, model);
          first.putIfAbsent(key, Optional.ofNullable(model.get(key)));
          if (random.nextInt(3) == 0) {
            tree = tree.delete(key);
            model.remove(key);
          } else {
            Cid value = cid("v" + random.nextInt());
            tree = tree.put(key, value);
            model.put(key, value);
          }
        }
        List<RepoOp> ops = new ArrayList<>();
        first.forEach(
            (key, was) -> {
              Optional<Cid> is = Optional.ofNullable(model.get(key));
              if (!was.equals(is)) {
                ops.add(new RepoOp(key, was, is));
              }
            });
        assertEquals(model.size(), tree.size());
        assertEquals(rebuilt(tree).rootCid(), tree.rootCid());
        Map<Cid, MstNode> nodes = new LinkedHashMap<>();
        nodes.put(tree.rootCid(), tree.root());
        for (RepoOp op : ops) {
          tree.covering(op.key(), nodes);
        }
        assertEquals(
            before.rootCid(), PartialMst.undo(PartialMst.read(tree.rootCid(), blocks(nodes)), ops));
        Set<Cid> fresh = new TreeSet<>(all(tree).keySet());
        fresh.removeAll(all(before).keySet());
        assertTrue(nodes.keySet().containsAll(fresh), "a new node is not shown");
      }
    }
  }

  @Test
  void put_sameValue_givesTheSameTree() {
    Mst tree = Mst.EMPTY.put("a/b", cid("1"));
    assertSame(tree, tree.put("a/b", cid("1")));
    assertSame(tree, tree.delete("a/c"));
  }

  @Test
  void read_block_isTheInverseOfBlock() {
    Random random = new Random(3);
    Mst tree = Mst.EMPTY;
    for (int i = 0; i < 300; i++) {
      tree = tree.put("com.example.thing/" + random.nextInt(100_000), cid("" + i));
    }
    all(tree)
        .forEach(
            (cid, node) -> {
              MstNode read = MstNode.read(node.block(), node.layer);
              assertEquals(cid, read.cid());
              assertArrayEquals(node.block(), read.block());
            });
  }

  @Test
  void SEC_35_read_nodeOutOfOrderOrWithShortPrefix_isRefused() {
    MstNode good =
        new MstNode(0, new String[] {"a/2", "a/1"}, new Cid[] {cid("1"), cid("2")}, new MstNode[3]);
    assertThrows(PodFailure.Invalid.class, () -> MstNode.read(good.block(), 0));
    assertThrows(PodFailure.Invalid.class, () -> MstNode.read(new byte[] {1}, -1));
    assertThrows(
        PodFailure.Invalid.class, () -> MstNode.read(MstNode.above(MstNode.EMPTY).block(), -1));
  }

  private static Map<Cid, MstNode> all(Mst tree) {
    Map<Cid, MstNode> nodes = new HashMap<>();
    tree.preOrder(
        new Mst.Visitor() {
          @Override
          public void node(MstNode node) {
            nodes.put(node.cid(), node);
          }

          @Override
          public void leaf(String key, Cid value) {}
        });
    return nodes;
  }

  private static Map<Cid, byte[]> blocks(Map<Cid, MstNode> nodes) {
    Map<Cid, byte[]> blocks = new HashMap<>();
    nodes.forEach((cid, node) -> blocks.put(cid, node.block()));
    return blocks;
  }

  private static String key(Random random, TreeMap<String, Cid> model) {
    if (!model.isEmpty() && random.nextBoolean()) {
      int skip = random.nextInt(model.size());
      return model.keySet().stream().skip(skip).findFirst().orElseThrow();
    }
    return "com.example.c" + random.nextInt(3) + "/" + random.nextInt(2000);
  }

  private static Mst rebuilt(Mst tree) {
    List<Mst.Leaf> leaves = new ArrayList<>();
    tree.forEach((key, value) -> leaves.add(Mst.Leaf.of(key, value)));
    return Mst.of(leaves);
  }

  static Cid cid(String text) {
    return Cid.ofDagCbor(text.getBytes(StandardCharsets.UTF_8));
  }
}
