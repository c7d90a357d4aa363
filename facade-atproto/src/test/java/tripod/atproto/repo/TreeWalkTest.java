package tripod.atproto.repo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tripod.syntax.Cid;

class TreeWalkTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 40, 300, 2_000, 20_000})
  void preOrder_isThatOfTheWholeTree(int count) {
    List<Mst.Leaf> leaves = leaves(count, 42 + count);
    assertEquals(seen(Mst.of(leaves)), seen(leaves));
  }

  @Test
  void preOrder_ofUpperKeysAlone_isThatOfTheWholeTree() {
    List<Mst.Leaf> upper =
        leaves(50_000, 7).stream().filter(leaf -> leaf.depth() >= TreeWalk.UPPER_LAYER).toList();
    assertTrue(upper.size() > 50);
    assertEquals(seen(Mst.of(upper)), seen(upper));
    List<Mst.Leaf> top = upper.stream().filter(leaf -> leaf.depth() > 5).toList();
    assertEquals(seen(Mst.of(top)), seen(top));
  }

  @Test
  void preOrder_ofLeavesThatChange_fails() {
    List<Mst.Leaf> leaves = leaves(3_000, 1);
    List<List<Mst.Leaf>> versions = new ArrayList<>(List.of(leaves, leaves.subList(0, 2_900)));
    TreeWalk walk = new TreeWalk(() -> versions.removeFirst().iterator());
    assertThrows(IllegalStateException.class, () -> walk.preOrder(new Seen()));
  }

  @Test
  void preOrder_ofManyLeaves_retainsLittle() {
    Cid cid = Cid.ofDagCbor(new byte[] {1});
    int count = 150_000;
    TreeWalk walk =
        new TreeWalk(
            () ->
                java.util.stream.IntStream.range(0, count)
                    .mapToObj(i -> Mst.Leaf.of("com.example.thing/%07d".formatted(i), cid))
                    .iterator());
    long before = used();
    long[] most = {0};
    int[] seen = {0};
    walk.preOrder(
        new Mst.Visitor() {
          @Override
          public void node(MstNode node) {
            assertTrue(node.block().length > 0);
          }

          @Override
          public void leaf(String key, Cid value) {
            if (++seen[0] % (count / 3) == 0) {
              most[0] = Math.max(most[0], used() - before);
            }
          }
        });
    assertEquals(count, seen[0]);
    assertTrue(most[0] < 8 << 20, most[0] + " bytes retained");
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private static List<Mst.Leaf> leaves(int count, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    TreeSet<String> keys = new TreeSet<>();
    while (keys.size() < count) {
      keys.add("com.example." + "abc".charAt(random.nextInt(3)) + "/" + random.nextInt());
    }
    return keys.stream()
        .map(key -> Mst.Leaf.of(key, Cid.ofDagCbor(key.getBytes(StandardCharsets.UTF_8))))
        .toList();
  }

  private static List<String> seen(Mst tree) {
    Seen seen = new Seen();
    tree.preOrder(seen);
    return seen.all;
  }

  private static List<String> seen(List<Mst.Leaf> leaves) {
    Seen seen = new Seen();
    new TreeWalk(leaves::iterator).preOrder(seen);
    return seen.all;
  }

  private static final class Seen implements Mst.Visitor {
    private final List<String> all = new ArrayList<>();

    @Override
    public void node(MstNode node) {
      all.add(node.cid().toString());
    }

    @Override
    public void leaf(String key, Cid value) {
      all.add(key + " " + value);
    }
  }
}
