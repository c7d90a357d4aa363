package tripod.atproto.repo;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tripod.podstore.PodFailure;
import tripod.syntax.Cid;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

/**
 * A repository read from an archive, checked as far as it can be without its key (SEC-35): every
 * block is what it is called, the tree is canonical, and every record it names is there.
 */
final class RepoArchive {
  private final RepoCommit commit;
  private final List<Mst.Leaf> leaves;
  private final Map<Cid, byte[]> blocks;

  private RepoArchive(RepoCommit commit, List<Mst.Leaf> leaves, Map<Cid, byte[]> blocks) {
    this.commit = commit;
    this.leaves = leaves;
    this.blocks = blocks;
  }

  /**
   * Reads an archive.
   *
   * @throws PodFailure.Invalid when anything that its root reaches is wrong or missing
   * @throws PodFailure.TooLarge past a limit of {@link CarReader}
   */
  static RepoArchive read(InputStream car) {
    CarReader reader = new CarReader(car);
    Cid root = reader.root();
    Map<Cid, byte[]> blocks = new HashMap<>();
    for (Optional<CarReader.Block> b = reader.next(); b.isPresent(); b = reader.next()) {
      blocks.put(b.get().cid(), b.get().bytes());
    }
    RepoCommit commit = RepoCommit.read(block(blocks, root, "the commit"));
    List<Mst.Leaf> leaves = new ArrayList<>();
    walk(blocks, commit.data(), -1, leaves);
    checkOrder(leaves);
    if (!Mst.of(leaves).rootCid().equals(commit.data())) {
      throw new PodFailure.Invalid("the tree is not in its canonical form");
    }
    for (Mst.Leaf leaf : leaves) {
      checkName(leaf.key());
      block(blocks, leaf.value(), leaf.key());
    }
    return new RepoArchive(commit, leaves, blocks);
  }

  private static void walk(Map<Cid, byte[]> blocks, Cid cid, int layer, List<Mst.Leaf> leaves) {
    MstNode node = MstNode.read(block(blocks, cid, "a tree node"), layer);
    if (node.layer > MstLimits.LAYERS_MAX || leaves.size() > MstLimits.KEYS_MAX) {
      throw new PodFailure.TooLarge("the tree is too large");
    }
    String[] keys = node.keys();
    for (int i = 0; i <= keys.length; i++) {
      MstNode tree = node.tree(i);
      if (tree != null) {
        walk(blocks, tree.cid(), tree.layer, leaves);
      }
      if (i < keys.length) {
        leaves.add(new Mst.Leaf(keys[i], node.value(i), node.layer));
      }
    }
  }

  private static void checkOrder(List<Mst.Leaf> leaves) {
    for (int i = 1; i < leaves.size(); i++) {
      if (leaves.get(i - 1).key().compareTo(leaves.get(i).key()) >= 0) {
        throw new PodFailure.Invalid("the tree has keys out of order");
      }
    }
  }

  private static void checkName(String key) {
    int slash = key.indexOf('/');
    if (slash < 0
        || !Nsid.isValid(key.substring(0, slash))
        || !RecordKey.isValid(key.substring(slash + 1))) {
      throw new PodFailure.Invalid("the tree has the key " + key + ", which names no record");
    }
  }

  private static byte[] block(Map<Cid, byte[]> blocks, Cid cid, String what) {
    byte[] block = blocks.get(cid);
    if (block == null) {
      throw new PodFailure.Invalid("archive lacks " + what + ", " + cid);
    }
    return block;
  }

  RepoCommit commit() {
    return commit;
  }

  List<Mst.Leaf> leaves() {
    return leaves;
  }

  byte[] record(Mst.Leaf leaf) {
    return block(blocks, leaf.value(), leaf.key());
  }
}
