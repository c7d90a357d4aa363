package tripod.atproto.repo;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks a repository's tree in pre-order straight from its sorted leaves, without ever having the
 * whole tree: in memory are the keys of the upper layers, some one of 256, and one tree below them
 * at a time, which is built twice, once for its name and once to be shown.
 */
final class TreeWalk {
  /** Layers below this one are built piece by piece. */
  static final int UPPER_LAYER = 4;

  /** Gives the leaves in the order of their keys, from the first, whenever it is asked. */
  @FunctionalInterface
  interface Leaves {
    Iterator<Mst.Leaf> iterator();
  }

  private final Leaves leaves;

  TreeWalk(Leaves leaves) {
    this.leaves = leaves;
  }

  /** Visits nodes and keys as {@link Mst#preOrder} does. */
  void preOrder(Mst.Visitor visitor) {
    MstNode upper = upper();
    Pieces pieces = new Pieces(leaves.iterator());
    if (upper == null) {
      Mst.of(pieces.next()).preOrder(visitor);
    } else {
      show(upper, pieces, visitor);
    }
  }

  private static void show(MstNode node, Pieces pieces, Mst.Visitor visitor) {
    visitor.node(node);
    String[] keys = node.keys();
    for (int i = 0; i <= keys.length; i++) {
      MstNode tree = node.tree(i);
      if (tree != null && tree.isStub()) {
        MstNode built = piece(pieces.next());
        if (built == null || !built.cid().equals(tree.cid())) {
          throw new IllegalStateException("the leaves changed while they were read");
        }
        Mst.preOrder(built, visitor);
      } else if (tree != null) {
        show(tree, pieces, visitor);
      } else {
        pieces.next(); // nothing lies between two upper keys
      }
      if (i < keys.length) {
        visitor.leaf(keys[i], pieces.upper().value());
      }
    }
  }

  /** Builds the upper layers, with names alone of what is below; null when there are none. */
  private @Nullable MstNode upper() {
    Pieces pieces = new Pieces(leaves.iterator());
    List<Mst.Leaf> keys = new ArrayList<>();
    List<@Nullable MstNode> below = new ArrayList<>();
    int top = 0;
    while (true) {
      MstNode built = piece(pieces.next());
      below.add(built == null ? null : MstNode.stub(built.layer, built.cid()));
      if (!pieces.hasUpper()) {
        break;
      }
      Mst.Leaf key = pieces.upper();
      keys.add(key);
      top = Math.max(top, key.depth());
    }
    return keys.isEmpty() ? null : range(keys, below, 0, keys.size(), top);
  }

  private static @Nullable MstNode piece(List<Mst.Leaf> leaves) {
    if (leaves.isEmpty()) {
      return null;
    }
    MstNode node = Mst.of(leaves).root();
    while (node.layer < UPPER_LAYER - 1) {
      node = MstNode.above(node);
    }
    return node;
  }

  /** Builds the tree of some upper keys; the tree before a key has the key's index. */
  private static @Nullable MstNode range(
      List<Mst.Leaf> keys, List<@Nullable MstNode> below, int from, int to, int layer) {
    if (layer < UPPER_LAYER) {
      return below.get(from);
    }
    List<String> names = new ArrayList<>();
    List<tripod.syntax.Cid> values = new ArrayList<>();
    List<@Nullable MstNode> trees = new ArrayList<>();
    int start = from;
    for (int i = from; i < to; i++) {
      if (keys.get(i).depth() == layer) {
        trees.add(range(keys, below, start, i, layer - 1));
        names.add(keys.get(i).key());
        values.add(keys.get(i).value());
        start = i + 1;
      }
    }
    MstNode last = range(keys, below, start, to, layer - 1);
    if (names.isEmpty() && last == null) {
      return null;
    }
    trees.add(last);
    return new MstNode(
        layer,
        names.toArray(new String[0]),
        values.toArray(new tripod.syntax.Cid[0]),
        trees.toArray(new @Nullable MstNode[0]));
  }

  /** Cuts the leaves into those of the upper layers and the runs between them. */
  private static final class Pieces {
    private final Iterator<Mst.Leaf> leaves;
    private Mst.@Nullable Leaf upper;

    Pieces(Iterator<Mst.Leaf> leaves) {
      this.leaves = leaves;
    }

    /** Returns the run up to the next upper key, which is empty when two of them follow. */
    List<Mst.Leaf> next() {
      List<Mst.Leaf> run = new ArrayList<>();
      upper = null;
      while (leaves.hasNext()) {
        Mst.Leaf leaf = leaves.next();
        if (leaf.depth() >= UPPER_LAYER) {
          upper = leaf;
          break;
        }
        run.add(leaf);
      }
      return run;
    }

    boolean hasUpper() {
      return upper != null;
    }

    /** Returns the upper key that ended the last run. */
    Mst.Leaf upper() {
      Mst.Leaf found = upper;
      if (found == null) {
        throw new IllegalStateException("the leaves changed while they were read");
      }
      return found;
    }
  }
}
