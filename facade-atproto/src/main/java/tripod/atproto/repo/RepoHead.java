package tripod.atproto.repo;

import java.nio.ByteBuffer;
import java.util.Arrays;
import tripod.syntax.Cid;
import tripod.syntax.Tid;

/**
 * Where a repository stands.
 *
 * @param rev the revision of the last commit
 * @param commit its CID
 * @param root the root of the tree
 * @param block its block
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RepoHead(Tid rev, Cid commit, Cid root, byte[] block) {
  private static final byte VERSION = 1;
  private static final int FIXED_BYTES = 1 + Long.BYTES + 2 * Cid.LENGTH;

  byte[] toRow() {
    return ByteBuffer.allocate(FIXED_BYTES + block.length)
        .put(VERSION)
        .putLong(rev.toLong())
        .put(commit.bytes())
        .put(root.bytes())
        .put(block)
        .array();
  }

  static RepoHead ofRow(byte[] row) {
    if (row[0] != VERSION) {
      throw new IllegalStateException("repository head row of version " + row[0]);
    }
    return new RepoHead(
        Tid.ofLong(ByteBuffer.wrap(row).getLong(1)),
        Cid.ofBytes(row, 1 + Long.BYTES),
        Cid.ofBytes(row, 1 + Long.BYTES + Cid.LENGTH),
        Arrays.copyOfRange(row, FIXED_BYTES, row.length));
  }
}
