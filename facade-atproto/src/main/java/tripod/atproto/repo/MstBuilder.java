package tripod.atproto.repo;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tripod.syntax.Cid;

/**
 * Builds a tree bottom up from leaves that come in the order of their keys, in one pass and without
 * a list of them. Belongs to one thread.
 */
final class MstBuilder {
  private final List<Level> levels = new ArrayList<>();
  private String previous = "";
  private int size;

  /** The node of a layer that may still get keys, and the tree below its last key. */
  private static final class Level {
    final List<String> keys = new ArrayList<>();
    final List<Cid> values = new ArrayList<>();
    final List<@Nullable MstNode> trees = new ArrayList<>();
    @Nullable MstNode last;

    boolean isEmpty() {
      return keys.isEmpty() && last == null;
    }
  }

  /**
   * Adds the next leaf.
   *
   * @param depth its layer, which depends on the key alone
   * @throws IllegalArgumentException when the key is not behind the one before it
   */
  void add(String key, Cid value, int depth) {
    if (previous.compareTo(key) >= 0) {
      throw new IllegalArgumentException("keys out of order: " + previous + ", " + key);
    }
    previous = key;
    size++;
    while (levels.size() <= depth) {
      levels.add(new Level());
    }
    for (int layer = 0; layer < depth; layer++) {
      close(layer);
    }
    Level level = levels.get(depth);
    level.trees.add(level.last);
    level.last = null;
    level.keys.add(key);
    level.values.add(value);
  }

  /** Makes the node of a layer, if there is anything for it, the last tree of the layer above. */
  private void close(int layer) {
    Level level = levels.get(layer);
    if (!level.isEmpty()) {
      levels.get(layer + 1).last = take(layer, level);
    }
  }

  private MstNode take(int layer, Level level) {
    @Nullable MstNode[] trees = level.trees.toArray(new @Nullable MstNode[level.keys.size() + 1]);
    trees[level.keys.size()] = level.last;
    MstNode node =
        new MstNode(
            layer, level.keys.toArray(new String[0]), level.values.toArray(new Cid[0]), trees);
    level.keys.clear();
    level.values.clear();
    level.trees.clear();
    level.last = null;
    return node;
  }

  /** Returns the tree of all leaves; the builder is used up. */
  Mst build() {
    if (size == 0) {
      return Mst.EMPTY;
    }
    int top = levels.size() - 1;
    for (int layer = 0; layer < top; layer++) {
      close(layer);
    }
    return new Mst(take(top, levels.get(top)), size);
  }
}
