package tripod.atproto.repo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import tripod.podstore.Partition;
import tripod.syntax.Cid;
import tripod.syntax.PodId;

/**
 * The last trees of pods, found by the CID of their root, which says all about them: a tree of a
 * commit that failed is never asked for, and harms nobody. Safe between threads.
 */
public final class MstCache {
  /** Keys of all cached trees together; some 200 bytes each. */
  public static final long KEYS_MAX = 400_000;

  /** What a tree costs besides its keys, counted in keys, so that small ones are bounded too. */
  private static final int TREE_KEYS = 16;

  private final Cache<PodId, Versions> trees;

  /**
   * Makes an empty cache.
   *
   * @param keysMax how many keys all trees may have together
   */
  public MstCache(long keysMax) {
    trees =
        Caffeine.newBuilder()
            .maximumWeight(keysMax)
            .weigher((PodId pod, Versions versions) -> versions.last().size() + TREE_KEYS)
            .executor(Runnable::run)
            .build();
  }

  /** Returns the tree of a root, built from the leaves when it is not at hand. */
  Mst get(PodId pod, Cid root, Partition rows) {
    Versions known = trees.getIfPresent(pod);
    if (known != null) {
      if (known.last().rootCid().equals(root)) {
        return known.last();
      }
      if (known.before().rootCid().equals(root)) {
        return known.before();
      }
    }
    List<Mst.Leaf> leaves = new ArrayList<>();
    RepoRows.leaves(rows, leaf -> leaves.add(leaf.toLeaf()));
    Mst built = Mst.of(leaves);
    if (!built.rootCid().equals(root)) {
      throw new IllegalStateException(
          "rows of the repository give the root " + built.rootCid() + ", the head says " + root);
    }
    trees.put(pod, new Versions(built, built));
    return built;
  }

  /** Keeps the tree after a commit beside the one before it, with which it shares nearly all. */
  void put(PodId pod, Mst before, Mst after) {
    trees.put(pod, new Versions(after, before));
  }

  private record Versions(Mst last, Mst before) {}
}
