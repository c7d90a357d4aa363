package tripod.atproto.repo;

import java.util.Optional;
import tripod.podstore.PodWriter;
import tripod.podstore.WritablePartition;
import tripod.syntax.Cid;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.Tid;

/**
 * What the repository and the network learn of an account: that it came, sleeps, wakes, has another
 * name, or goes. Each is called within a write on the account's pod.
 *
 * @see <a href="https://atproto.com/specs/sync#account-and-identity-events">Sync: account
 *     events</a>
 */
public final class RepoEvents {
  private final RepoSigner signer;

  /** Makes them. */
  public RepoEvents(RepoSigner signer) {
    this.signer = signer;
  }

  /** Says whether a pod has a repository. */
  public static boolean hasRepository(PodWriter writer) {
    return RepoRows.head(writer.partition(RepoRows.PARTITION)).isPresent();
  }

  /**
   * Begins an empty repository. An active account is announced; one that is being moved here stays
   * silent until {@link #activated}.
   */
  public void created(PodWriter writer, Did did, Handle handle, RepoStatus status) {
    WritablePartition rows = writer.partition(RepoRows.PARTITION);
    RepoRows.did(rows, did);
    RepoRows.status(rows, status);
    RepoHead head = sign(writer, did, Mst.EMPTY.rootCid());
    RepoRows.head(rows, head);
    if (status.isActive()) {
      RepoFrames frames = new RepoFrames(writer);
      frames.identity(did, handle);
      frames.account(did, status);
      byte[] blocks =
          CommitBlocks.archive(
                  head.commit(),
                  head.block(),
                  Mst.EMPTY,
                  java.util.List.of(),
                  java.util.Map.of())
              .orElseThrow();
      frames.commit(
          did, head.rev(), Optional.empty(), head.commit(), java.util.List.of(), blocks);
      frames.sync(did, head.rev(), head.commit(), head.block());
    }
  }

  /** Tells that the identity has another handle, or that its document changed. */
  public void identity(PodWriter writer, Handle handle) {
    did(writer).ifPresent(did -> new RepoFrames(writer).identity(did, handle));
  }

  /** Notes that an account stopped being active, or that the reason is another. */
  public void stopped(PodWriter writer, RepoStatus status) {
    WritablePartition rows = writer.partition(RepoRows.PARTITION);
    RepoRows.status(rows, status);
    did(writer).ifPresent(did -> new RepoFrames(writer).account(did, status));
  }

  /**
   * Notes that an account is active again, with a commit signed anew: after a move the last one
   * bears the signature of the old host's key.
   */
  public void activated(PodWriter writer, Handle handle) {
    WritablePartition rows = writer.partition(RepoRows.PARTITION);
    RepoRows.status(rows, RepoStatus.ACTIVE);
    Did did = did(writer).orElseThrow();
    RepoHead head = sign(writer, did, RepoRows.head(rows).orElseThrow().root());
    RepoRows.head(rows, head);
    RepoFrames frames = new RepoFrames(writer);
    frames.account(did, RepoStatus.ACTIVE);
    frames.identity(did, handle);
    frames.sync(did, head.rev(), head.commit(), head.block());
  }

  /** Tells that an account is gone; called on another pod, since its own is no more. */
  public void deleted(PodWriter anywhere, Did did) {
    new RepoFrames(anywhere).account(did, RepoStatus.DELETED);
  }

  private static Optional<Did> did(PodWriter writer) {
    return RepoRows.did(writer.partition(RepoRows.PARTITION));
  }

  private RepoHead sign(PodWriter writer, Did did, Cid root) {
    Tid rev = writer.rev();
    byte[] block =
        RepoCommit.signed(did, root, rev, bytes -> signer.sign(writer.pod(), bytes));
    return new RepoHead(rev, Cid.ofDagCbor(block), root, block);
  }
}
