package tripod.atproto.repo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import tripod.syntax.Cid;
import tripod.syntax.Did;
import tripod.syntax.Tid;

/**
 * Where a repository stands.
 *
 * @param did whose it is
 * @param status what the network is told of its account
 * @param rev the revision of the last commit
 * @param commit its CID
 * @param root the root of the tree
 * @param block its block
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RepoHead(Did did, RepoStatus status, Tid rev, Cid commit, Cid root, byte[] block) {
  private static final byte VERSION = 1;

  /** Makes the next head and signs it. */
  static RepoHead signed(
      Did did,
      RepoStatus status,
      Tid rev,
      Cid root,
      java.util.function.UnaryOperator<byte[]> signer) {
    byte[] block = RepoCommit.signed(did, root, rev, signer);
    return new RepoHead(did, status, rev, Cid.ofDagCbor(block), root, block);
  }

  /** Returns what the network needs to know of it to follow. */
  RepoPoint point() {
    return new RepoPoint(rev, root);
  }

  /** Says that the next commit must be above a revision. */
  RepoHead at(Tid later) {
    return new RepoHead(did, status, later, commit, root, block);
  }

  /** Returns the revision of the next commit: a pod's own, unless this head is at or above it. */
  Tid next(Tid pending) {
    return above(pending, rev);
  }

  static Tid above(Tid pending, Tid last) {
    return pending.compareTo(last) > 0
        ? pending
        : Tid.of(last.microseconds() + 1, pending.clockId());
  }

  RepoHead with(RepoStatus next) {
    return new RepoHead(did, next, rev, commit, root, block);
  }

  byte[] toRow() {
    byte[] name = did.value().getBytes(UTF_8);
    return ByteBuffer.allocate(4 + name.length + Long.BYTES + 2 * Cid.LENGTH + block.length)
        .put(VERSION)
        .put(status.code())
        .putShort((short) name.length)
        .put(name)
        .putLong(rev.toLong())
        .put(commit.bytes())
        .put(root.bytes())
        .put(block)
        .array();
  }

  static RepoHead ofRow(byte[] bytes) {
    ByteBuffer row = ByteBuffer.wrap(bytes);
    byte version = row.get();
    if (version != VERSION) {
      throw new IllegalStateException("repository head row of version " + version);
    }
    RepoStatus status = RepoStatus.of(row.get());
    byte[] name = new byte[row.getShort()];
    row.get(name);
    Tid rev = Tid.ofLong(row.getLong());
    int at = row.position();
    byte[] block = new byte[bytes.length - at - 2 * Cid.LENGTH];
    row.get(at + 2 * Cid.LENGTH, block);
    return new RepoHead(
        new Did(new String(name, UTF_8)),
        status,
        rev,
        Cid.ofBytes(bytes, at),
        Cid.ofBytes(bytes, at + Cid.LENGTH),
        block);
  }
}
