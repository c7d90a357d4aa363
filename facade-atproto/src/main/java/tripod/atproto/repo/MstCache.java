package tripod.atproto.repo;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Optional;
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

  private final Cache<PodId, Slot> trees;

  /**
   * Makes an empty cache.
   *
   * @param keysMax how many keys all trees may have together
   */
  public MstCache(long keysMax) {
    trees =
        Caffeine.newBuilder()
            .maximumWeight(keysMax)
            .weigher((PodId pod, Slot slot) -> slot.weight)
            .executor(Runnable::run)
            .build();
  }

  /** Returns the tree of a root, built from the leaves when it is not at hand. */
  Mst get(PodId pod, Cid root, Partition rows) {
    Optional<Mst> known = find(pod, root);
    if (known.isPresent()) {
      return known.get();
    }
    Mst built = RepoRows.tree(rows, new MstBuilder());
    if (!built.rootCid().equals(root)) {
      throw new IllegalStateException(
          "rows of the repository give the root " + built.rootCid() + ", the head says " + root);
    }
    trees.put(pod, new Slot(new Versions(built, built)));
    return built;
  }

  /** Returns the tree of a root if it is at hand. */
  Optional<Mst> find(PodId pod, Cid root) {
    Slot slot = trees.getIfPresent(pod);
    if (slot == null) {
      return Optional.empty();
    }
    Versions known = slot.versions;
    return known.last().rootCid().equals(root)
        ? Optional.of(known.last())
        : Optional.of(known.before()).filter(tree -> tree.rootCid().equals(root));
  }

  /** Keeps the tree after a commit beside the one before it, with which it shares nearly all. */
  void put(PodId pod, Mst before, Mst after) {
    Slot slot = trees.getIfPresent(pod);
    if (slot != null && after.size() + TREE_KEYS <= slot.weight) {
      slot.versions = new Versions(after, before);
    } else {
      // Weighed anew only when it has outgrown its slot: that costs more than the write itself.
      trees.put(pod, new Slot(new Versions(after, before)));
    }
  }

  private record Versions(Mst last, Mst before) {}

  /** A pod's place in the cache, with some room to grow. */
  private static final class Slot {
    private final int weight;
    private volatile Versions versions;

    Slot(Versions versions) {
      this.versions = versions;
      int size = versions.last().size();
      this.weight = size + size / 4 + TREE_KEYS * 2;
    }
  }
}
