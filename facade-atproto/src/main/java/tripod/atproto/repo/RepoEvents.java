package tripod.atproto.repo;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import tripod.podstore.PodWriter;
import tripod.podstore.WritablePartition;
import tripod.syntax.Cid;
import tripod.syntax.Did;
import tripod.syntax.Handle;

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
    RepoHead head = sign(writer, did, status, Mst.EMPTY.rootCid());
    RepoRows.head(rows(writer), head);
    if (status.isActive()) {
      RepoFrames frames = new RepoFrames(writer);
      frames.identity(did, handle);
      frames.account(did, status);
      byte[] blocks = CommitBlocks.archive(head, Mst.EMPTY, List.of(), Map.of()).orElseThrow();
      frames.commit(head, Optional.empty(), List.of(), blocks);
      frames.sync(head);
    }
  }

  /** Tells that the identity has another handle, or that its document changed. */
  public void identity(PodWriter writer, Handle handle) {
    RepoRows.head(rows(writer))
        .ifPresent(head -> new RepoFrames(writer).identity(head.did(), handle));
  }

  /** Notes that an account stopped being active, or that the reason is another. */
  public void stopped(PodWriter writer, RepoStatus status) {
    RepoRows.head(rows(writer))
        .ifPresent(
            head -> {
              RepoRows.head(rows(writer), head.with(status));
              new RepoFrames(writer).account(head.did(), status);
            });
  }

  /**
   * Notes that an account is active again, with a commit signed anew: after a move the last one
   * bears the signature of the old host's key.
   */
  public void activated(PodWriter writer, Handle handle) {
    RepoHead before = RepoRows.head(rows(writer)).orElseThrow();
    RepoHead head = sign(writer, before.did(), RepoStatus.ACTIVE, before.root());
    RepoRows.head(rows(writer), head);
    RepoFrames frames = new RepoFrames(writer);
    frames.account(head.did(), head.status());
    frames.identity(head.did(), handle);
    frames.sync(head);
  }

  /** Tells that an account is gone, and takes back all that was told of it before. */
  public void deleted(PodWriter last, Did did) {
    last.forgetStream(RepoFrames.STREAM);
    new RepoFrames(last).account(did, RepoStatus.DELETED);
  }

  private static WritablePartition rows(PodWriter writer) {
    return writer.partition(RepoRows.PARTITION);
  }

  private RepoHead sign(PodWriter writer, Did did, RepoStatus status, Cid root) {
    return RepoHead.signed(
        did, status, writer.rev(), root, bytes -> signer.sign(writer.pod(), bytes));
  }
}
