package tripod.atproto.repo;

import java.nio.ByteBuffer;
import tripod.syntax.Cid;
import tripod.syntax.Tid;

/**
 * A state of a repository as the network knows it.
 *
 * @param rev the revision
 * @param root the root of the tree
 */
record RepoPoint(Tid rev, Cid root) {
  byte[] toRow() {
    return ByteBuffer.allocate(Long.BYTES + Cid.LENGTH)
        .putLong(rev.toLong())
        .put(root.bytes())
        .array();
  }

  static RepoPoint ofRow(byte[] row) {
    return new RepoPoint(Tid.ofLong(ByteBuffer.wrap(row).getLong()), Cid.ofBytes(row, Long.BYTES));
  }
}
