package tripod.atproto.repo;

import java.util.Map;
import java.util.Optional;
import tripod.syntax.Cid;

/** Reads as much of a tree as there are blocks for; the rest stays stubs. */
final class PartialMst {
  private PartialMst() {}

  static Mst read(Cid root, Map<Cid, byte[]> blocks) {
    return new Mst(node(root, -1, blocks), -1);
  }

  private static MstNode node(Cid cid, int layer, Map<Cid, byte[]> blocks) {
    byte[] block = blocks.get(cid);
    if (block == null) {
      return MstNode.stub(layer, cid);
    }
    MstNode node = MstNode.read(block, layer);
    for (int i = 0; i <= node.keys().length; i++) {
      MstNode tree = node.tree(i);
      if (tree != null) {
        node = node.withTree(i, node(tree.cid(), tree.layer, blocks));
      }
    }
    return node;
  }

  /** Undoes changes one by one, the last first, as a relay does. */
  static Cid undo(Mst tree, java.util.List<RepoOp> ops) {
    Mst undone = tree;
    for (RepoOp op : ops.reversed()) {
      Optional<Cid> before = op.before();
      undone = before.isPresent() ? undone.put(op.key(), before.get()) : undone.delete(op.key());
    }
    return undone.rootCid();
  }
}
