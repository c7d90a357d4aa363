package tripod.atproto.repo;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tripod.podstore.PodFailure;
import tripod.podstore.cbor.DagCborReader;
import tripod.podstore.cbor.DagCborWriter;
import tripod.syntax.Cid;

/**
 * One node of a tree: keys of one depth with their values, and the trees between them.
 *
 * <p>Immutable; the block and its CID are computed when first asked for. Keys are ASCII, so that
 * the order of Java's strings is that of bytes. A node known by its CID alone is a stub: it can
 * stand in a tree, and whoever looks into it fails.
 */
final class MstNode {
  private static final String[] NO_KEYS = {};
  private static final Cid[] NO_VALUES = {};

  /** The root of an empty tree. */
  static final MstNode EMPTY = new MstNode(0, NO_KEYS, NO_VALUES, new MstNode[1]);

  final int layer;
  private final String @Nullable [] keys;
  private final Cid[] values;
  private final @Nullable MstNode[] trees;
  private @Nullable Cid cid;

  MstNode(int layer, String[] keys, Cid[] values, @Nullable MstNode[] trees) {
    this.layer = layer;
    this.keys = keys;
    this.values = values;
    this.trees = trees;
  }

  private MstNode(int layer, Cid cid) {
    this.layer = layer;
    this.keys = null;
    this.values = NO_VALUES;
    this.trees = new MstNode[0];
    this.cid = cid;
  }

  /** Makes a node of which only the name is known. */
  static MstNode stub(int layer, Cid cid) {
    return new MstNode(layer, cid);
  }

  /** Makes a node without keys above another, since no layer may be skipped. */
  static MstNode above(MstNode child) {
    return new MstNode(child.layer + 1, NO_KEYS, NO_VALUES, new MstNode[] {child});
  }

  /** Says whether only the name of this node is known. */
  boolean isStub() {
    return keys == null;
  }

  String[] keys() {
    if (keys == null) {
      throw new PodFailure.Invalid("tree lacks the node " + cid);
    }
    return keys;
  }

  Cid value(int index) {
    return values[index];
  }

  @Nullable MstNode tree(int index) {
    keys();
    return trees[index];
  }

  /** Returns the position of a key, or of the gap it falls into as {@code -1 - gap}. */
  int search(String key) {
    return Arrays.binarySearch(keys(), key);
  }

  /** Returns this node with one value exchanged. */
  MstNode withValue(int index, Cid value) {
    Cid[] next = values.clone();
    next[index] = value;
    return new MstNode(layer, keys(), next, trees);
  }

  /** Returns this node with one tree exchanged. */
  MstNode withTree(int index, @Nullable MstNode tree) {
    @Nullable MstNode[] next = trees.clone();
    next[index] = tree;
    return new MstNode(layer, keys(), values, next);
  }

  /** Returns this node with a key put into a gap, and what was in the gap on either side of it. */
  MstNode withKey(int gap, String key, Cid value, @Nullable MstNode left, @Nullable MstNode right) {
    int count = keys().length;
    String[] nextKeys = new String[count + 1];
    Cid[] nextValues = new Cid[count + 1];
    @Nullable MstNode[] nextTrees = new MstNode[count + 2];
    System.arraycopy(keys(), 0, nextKeys, 0, gap);
    System.arraycopy(values, 0, nextValues, 0, gap);
    System.arraycopy(trees, 0, nextTrees, 0, gap);
    nextKeys[gap] = key;
    nextValues[gap] = value;
    nextTrees[gap] = left;
    nextTrees[gap + 1] = right;
    System.arraycopy(keys(), gap, nextKeys, gap + 1, count - gap);
    System.arraycopy(values, gap, nextValues, gap + 1, count - gap);
    System.arraycopy(trees, gap + 1, nextTrees, gap + 2, count - gap);
    return new MstNode(layer, nextKeys, nextValues, nextTrees);
  }

  /** Returns this node without a key; what was on either side of it is one tree now. */
  @Nullable MstNode withoutKey(int index) {
    MstNode joined = join(trees[index], trees[index + 1]);
    int count = keys().length;
    if (count == 1 && joined == null) {
      return null;
    }
    String[] nextKeys = new String[count - 1];
    Cid[] nextValues = new Cid[count - 1];
    @Nullable MstNode[] nextTrees = new MstNode[count];
    System.arraycopy(keys(), 0, nextKeys, 0, index);
    System.arraycopy(values, 0, nextValues, 0, index);
    System.arraycopy(trees, 0, nextTrees, 0, index);
    nextTrees[index] = joined;
    System.arraycopy(keys(), index + 1, nextKeys, index, count - 1 - index);
    System.arraycopy(values, index + 1, nextValues, index, count - 1 - index);
    System.arraycopy(trees, index + 2, nextTrees, index + 1, count - 1 - index);
    return new MstNode(layer, nextKeys, nextValues, nextTrees);
  }

  /** Returns what of this node lies before a gap, or null when nothing does. */
  @Nullable MstNode before(int gap, @Nullable MstNode last) {
    if (gap == 0 && last == null) {
      return null;
    }
    @Nullable MstNode[] nextTrees = Arrays.copyOf(trees, gap + 1);
    nextTrees[gap] = last;
    return new MstNode(layer, Arrays.copyOf(keys(), gap), Arrays.copyOf(values, gap), nextTrees);
  }

  /** Returns what of this node lies behind a gap, or null when nothing does. */
  @Nullable MstNode behind(int gap, @Nullable MstNode first) {
    int count = keys().length;
    if (gap == count && first == null) {
      return null;
    }
    @Nullable MstNode[] nextTrees = Arrays.copyOfRange(trees, gap, count + 1);
    nextTrees[0] = first;
    return new MstNode(
        layer,
        Arrays.copyOfRange(keys(), gap, count),
        Arrays.copyOfRange(values, gap, count),
        nextTrees);
  }

  private static @Nullable MstNode join(@Nullable MstNode left, @Nullable MstNode right) {
    if (left == null) {
      return right;
    }
    if (right == null) {
      return left;
    }
    int n = left.keys().length;
    int m = right.keys().length;
    String[] nextKeys = Arrays.copyOf(left.keys(), n + m);
    Cid[] nextValues = Arrays.copyOf(left.values, n + m);
    @Nullable MstNode[] nextTrees = Arrays.copyOf(left.trees, n + m + 1);
    System.arraycopy(right.keys(), 0, nextKeys, n, m);
    System.arraycopy(right.values, 0, nextValues, n, m);
    System.arraycopy(right.trees, 1, nextTrees, n + 1, m);
    nextTrees[n] = join(left.trees[n], right.trees[0]);
    return new MstNode(left.layer, nextKeys, nextValues, nextTrees);
  }

  /** Returns the CID of the block. */
  Cid cid() {
    Cid known = cid;
    if (known == null) {
      known = Cid.ofDagCbor(block());
      cid = known; // a race computes the same value twice
    }
    return known;
  }

  /**
   * Returns the block.
   *
   * @see <a href="https://atproto.com/specs/repository#mst-structure">Repository: MST structure</a>
   */
  byte[] block() {
    String[] all = keys();
    DagCborWriter out = new DagCborWriter(64 + all.length * 150);
    out.map(2).text("e").list(all.length);
    String previous = "";
    for (int i = 0; i < all.length; i++) {
      String key = all[i];
      int shared = sharedPrefix(previous, key);
      out.map(4).text("k").ascii(key, shared).text("p").integer(shared).text("t");
      link(out, trees[i + 1]);
      out.text("v").link(values[i]);
      previous = key;
    }
    out.text("l");
    link(out, trees[0]);
    return out.toByteArray();
  }

  private static void link(DagCborWriter out, @Nullable MstNode tree) {
    if (tree == null) {
      out.nil();
    } else {
      out.link(tree.cid());
    }
  }

  /** Returns how many characters two keys share at their beginning. */
  static int sharedPrefix(String a, String b) {
    int max = Math.min(a.length(), b.length());
    int i = 0;
    while (i < max && a.charAt(i) == b.charAt(i)) {
      i++;
    }
    return i;
  }

  /**
   * Reads a block; the trees it links to are stubs.
   *
   * @param layer where the node stands, or -1 to find out by its first key
   * @throws PodFailure.Invalid when it is no node in canonical form
   */
  static MstNode read(byte[] block, int layer) {
    DagCborReader in = DagCborReader.of(block);
    expect(in.map() == 2 && in.text().equals("e"), "begins with e");
    int count = in.list();
    expect(count <= MstLimits.ENTRIES_MAX, "has at most " + MstLimits.ENTRIES_MAX + " entries");
    String[] keys = new String[count];
    Cid[] values = new Cid[count];
    @Nullable Cid[] links = new Cid[count + 1];
    String previous = "";
    for (int i = 0; i < count; i++) {
      expect(in.map() == 4 && in.text().equals("k"), "has entries of k, p, t, v");
      String rest = ascii(in.bytes());
      expect(in.text().equals("p"), "has entries of k, p, t, v");
      long shared = in.integer();
      expect(shared >= 0 && shared <= previous.length(), "has a prefix of the key before");
      String key = previous.substring(0, (int) shared) + rest;
      expect(sharedPrefix(previous, key) == shared, "has the longest prefix");
      expect(i == 0 || previous.compareTo(key) < 0, "has keys in order");
      expect(in.text().equals("t"), "has entries of k, p, t, v");
      links[i + 1] = in.skipNull() ? null : in.link();
      expect(in.text().equals("v"), "has entries of k, p, t, v");
      values[i] = in.link();
      keys[i] = key;
      previous = key;
    }
    expect(in.text().equals("l"), "ends with l");
    links[0] = in.skipNull() ? null : in.link();
    in.end();
    int own = layer;
    if (own < 0) {
      expect(count > 0 || links[0] == null, "is no root without keys");
      own = count == 0 ? 0 : Mst.depth(keys[0]);
    }
    for (String key : keys) {
      expect(Mst.depth(key) == own, "holds keys of its own depth");
    }
    @Nullable MstNode[] trees = new MstNode[count + 1];
    for (int i = 0; i <= count; i++) {
      Cid link = links[i];
      if (link != null) {
        expect(own > 0, "has no tree below the lowest layer");
        trees[i] = stub(own - 1, link);
      }
    }
    return new MstNode(own, keys, values, trees);
  }

  private static String ascii(byte[] bytes) {
    for (byte b : bytes) {
      expect(b > ' ', "has keys of printable ASCII");
    }
    return new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static void expect(boolean truth, String what) {
    if (!truth) {
      throw new PodFailure.Invalid("not a tree node that " + what);
    }
  }
}
