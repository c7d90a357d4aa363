package tripod.atproto.repo;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import tripod.syntax.Cid;

/**
 * A Merkle search tree from keys {@code collection/rkey} to CIDs.
 *
 * <p>Immutable: {@link #put} and {@link #delete} give another tree that shares all but one path
 * with this one. Its shape, and so its root's CID, is a function of the keys and values alone. Safe
 * between threads.
 *
 * @see <a href="https://atproto.com/specs/repository#mst-structure">Repository: MST structure</a>
 */
public final class Mst {
  /** The tree without keys. */
  public static final Mst EMPTY = new Mst(MstNode.EMPTY, 0);

  private final MstNode root;
  private final int size;

  Mst(MstNode root, int size) {
    this.root = root;
    this.size = size;
  }

  /**
   * Builds a tree from leaves.
   *
   * @param leaves in strict order of their keys
   */
  public static Mst of(List<Leaf> leaves) {
    MstBuilder builder = new MstBuilder();
    for (Leaf leaf : leaves) {
      builder.add(leaf.key(), leaf.value(), leaf.depth());
    }
    return builder.build();
  }

  /** Returns the layer of a key: half the leading zero bits of its SHA-256. */
  static int depth(String key) {
    byte[] hash = sha256(key.getBytes(StandardCharsets.UTF_8));
    int zeros = 0;
    for (byte b : hash) {
      if (b != 0) {
        return (zeros + Integer.numberOfLeadingZeros(b & 0xff) - 24) / 2;
      }
      zeros += 8;
    }
    return zeros / 2;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }

  /** Returns the CID of the root node. */
  public Cid rootCid() {
    return root.cid();
  }

  /** Returns how many keys there are; not known of a tree read from a proof. */
  public int size() {
    return size;
  }

  MstNode root() {
    return root;
  }

  /** Returns a key's value. */
  public Optional<Cid> get(String key) {
    MstNode node = root;
    while (node != null) {
      int at = node.search(key);
      if (at >= 0) {
        return Optional.of(node.value(at));
      }
      node = node.tree(-1 - at);
    }
    return Optional.empty();
  }

  /** Returns the tree with a key put; this one when it already has that value. */
  public Mst put(String key, Cid value) {
    Optional<Cid> known = get(key);
    if (known.isPresent() && known.get().equals(value)) {
      return this;
    }
    MstNode next = put(root, key, value, depth(key), isEmpty(root));
    return new Mst(next, known.isPresent() ? size : size + 1);
  }

  private static boolean isEmpty(MstNode root) {
    return root.keys().length == 0 && root.tree(0) == null;
  }

  private static MstNode put(MstNode node, String key, Cid value, int depth, boolean whole) {
    if (whole) {
      return fresh(depth, key, value, depth);
    }
    if (depth > node.layer) {
      Split split = split(node, key);
      MstNode left = split.left();
      MstNode right = split.right();
      for (int layer = node.layer + 1; layer < depth; layer++) {
        left = left == null ? null : MstNode.above(left);
        right = right == null ? null : MstNode.above(right);
      }
      return new MstNode(
          depth, new String[] {key}, new Cid[] {value}, new @Nullable MstNode[] {left, right});
    }
    int at = node.search(key);
    if (at >= 0) {
      return node.withValue(at, value);
    }
    int gap = -1 - at;
    MstNode tree = node.tree(gap);
    if (depth == node.layer) {
      Split split = split(tree, key);
      return node.withKey(gap, key, value, split.left(), split.right());
    }
    return node.withTree(
        gap,
        tree == null
            ? fresh(node.layer - 1, key, value, depth)
            : put(tree, key, value, depth, false));
  }

  private static MstNode fresh(int layer, String key, Cid value, int depth) {
    MstNode node =
        new MstNode(depth, new String[] {key}, new Cid[] {value}, new @Nullable MstNode[2]);
    while (node.layer < layer) {
      node = MstNode.above(node);
    }
    return node;
  }

  private record Split(@Nullable MstNode left, @Nullable MstNode right) {}

  private static Split split(@Nullable MstNode node, String key) {
    if (node == null) {
      return new Split(null, null);
    }
    int gap = -1 - node.search(key);
    Split inner = split(node.tree(gap), key);
    return new Split(node.before(gap, inner.left()), node.behind(gap, inner.right()));
  }

  /** Returns the tree without a key; this one when it is not there. */
  public Mst delete(String key) {
    if (get(key).isEmpty()) {
      return this;
    }
    MstNode next = delete(root, key);
    while (next != null && next.keys().length == 0) {
      next = next.tree(0);
    }
    return next == null ? EMPTY : new Mst(next, size - 1);
  }

  private static @Nullable MstNode delete(MstNode node, String key) {
    int at = node.search(key);
    if (at >= 0) {
      return node.withoutKey(at);
    }
    int gap = -1 - at;
    MstNode tree = node.tree(gap);
    if (tree == null) {
      return node;
    }
    MstNode next = delete(tree, key);
    return next == null && node.keys().length == 0 ? null : node.withTree(gap, next);
  }

  /** Visits all keys with their values, in order. */
  public void forEach(BiConsumer<String, Cid> visitor) {
    forEach(root, visitor);
  }

  private static void forEach(@Nullable MstNode node, BiConsumer<String, Cid> visitor) {
    if (node == null) {
      return;
    }
    String[] keys = node.keys();
    forEach(node.tree(0), visitor);
    for (int i = 0; i < keys.length; i++) {
      visitor.accept(keys[i], node.value(i));
      forEach(node.tree(i + 1), visitor);
    }
  }

  /**
   * Visits nodes and keys depth first: a node, then for each of its slots what is below it and the
   * key behind it. So a reader can check each block when it comes.
   */
  void preOrder(Visitor visitor) {
    preOrder(root, visitor);
  }

  static void preOrder(MstNode node, Visitor visitor) {
    visitor.node(node);
    String[] keys = node.keys();
    for (int i = 0; i <= keys.length; i++) {
      MstNode tree = node.tree(i);
      if (tree != null) {
        preOrder(tree, visitor);
      }
      if (i < keys.length) {
        visitor.leaf(keys[i], node.value(i));
      }
    }
  }

  /** Sees a tree in order. */
  interface Visitor {
    /** Sees a node before all that is below it. */
    void node(MstNode node);

    /** Sees a key. */
    void leaf(String key, Cid value);
  }

  /** Returns the nodes from the root to a key, or to the gap where it would be. */
  Map<Cid, MstNode> path(String key) {
    Map<Cid, MstNode> nodes = new LinkedHashMap<>();
    MstNode node = root;
    while (node != null) {
      nodes.put(node.cid(), node);
      int at = node.search(key);
      node = at >= 0 ? null : node.tree(-1 - at);
    }
    return nodes;
  }

  /**
   * Adds the nodes needed to undo a change of a key: those to the key, to the key before it and to
   * the key behind it.
   */
  void covering(String key, Map<Cid, MstNode> nodes) {
    MstNode node = root;
    while (node != null) {
      nodes.put(node.cid(), node);
      int at = node.search(key);
      if (at < 0) {
        node = node.tree(-1 - at);
      } else {
        for (MstNode left = node.tree(at); left != null; ) {
          nodes.put(left.cid(), left);
          left = left.tree(left.keys().length);
        }
        for (MstNode right = node.tree(at + 1); right != null; ) {
          nodes.put(right.cid(), right);
          right = right.tree(0);
        }
        node = null;
      }
    }
  }

  /**
   * One key with its value.
   *
   * @param key {@code collection/rkey}
   * @param value what it points to
   * @param depth its layer, which depends on the key alone
   */
  public record Leaf(String key, Cid value, int depth) {
    /** Makes a leaf whose layer is yet to be computed. */
    public static Leaf of(String key, Cid value) {
      return new Leaf(key, value, Mst.depth(key));
    }
  }
}
