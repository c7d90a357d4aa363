package tripod.atproto.repo;

import java.util.List;
import java.util.Map;
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
  private final MstCache trees;

  /** Makes them. */
  public RepoEvents(RepoSigner signer, MstCache trees) {
    this.signer = signer;
    this.trees = trees;
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
    WritablePartition rows = rows(writer);
    RepoRows.head(rows)
        .ifPresent(
            head -> {
              if (head.status().isActive()) {
                RepoRows.told(rows, head.point());
              }
              RepoRows.head(rows, head.with(status));
              new RepoFrames(writer).account(head.did(), status);
            });
  }

  /**
   * Notes that an account is active again, with a commit signed anew: after a move the last one
   * bears the signature of the old host's key.
   *
   * <p>When the tree is the one that the network was last told of, here or by the old host, the
   * commit follows from that; else the network learns where the repository stands now, and fetches
   * it.
   */
  public void activated(PodWriter writer, Handle handle) {
    WritablePartition rows = rows(writer);
    RepoHead before = RepoRows.head(rows).orElseThrow();
    Optional<RepoPoint> told = RepoRows.told(rows);
    RepoFrames frames = new RepoFrames(writer);
    frames.account(before.did(), RepoStatus.ACTIVE);
    frames.identity(before.did(), handle);
    signAnew(writer, before.with(RepoStatus.ACTIVE), told, frames);
    RepoRows.forgetTold(rows);
  }

  /**
   * Notes that the repository may have gone back behind what the network knows of it: with a commit
   * later than any before, it learns where the repository stands now, and fetches it. A repository
   * that sleeps stays silent.
   */
  public void wentBack(PodWriter writer) {
    RepoRows.head(rows(writer))
        .filter(head -> head.status().isActive())
        .ifPresent(head -> signAnew(writer, head, Optional.empty(), new RepoFrames(writer)));
  }

  /**
   * Notes that an account's signing key is another: the head must always verify with the key that
   * the identity's document names.
   */
  public void keyChanged(PodWriter writer, Handle handle) {
    Optional<RepoHead> before = RepoRows.head(rows(writer));
    if (before.isEmpty()) {
      return;
    }
    RepoHead head = before.get();
    if (head.status().isActive()) {
      RepoFrames frames = new RepoFrames(writer);
      frames.identity(head.did(), handle);
      signAnew(writer, head, Optional.of(head.point()), frames);
    } else {
      RepoRows.head(rows(writer), sign(writer, head, head.rev()));
    }
  }

  private void signAnew(
      PodWriter writer, RepoHead before, Optional<RepoPoint> told, RepoFrames frames) {
    WritablePartition rows = rows(writer);
    Tid last = before.rev();
    if (told.isPresent() && told.get().rev().compareTo(last) > 0) {
      last = told.get().rev();
    }
    RepoHead head = sign(writer, before, last);
    RepoRows.head(rows, head);
    if (told.isPresent() && told.get().root().equals(head.root())) {
      Mst tree = trees.get(writer.pod(), head.root(), rows);
      byte[] blocks = CommitBlocks.archive(head, tree, List.of(), Map.of()).orElseThrow();
      frames.commit(head, told, List.of(), blocks);
    }
    frames.sync(head);
  }

  private RepoHead sign(PodWriter writer, RepoHead before, Tid last) {
    return RepoHead.signed(
        before.did(),
        before.status(),
        RepoHead.above(writer.rev(), last),
        before.root(),
        bytes -> signer.sign(writer.pod(), bytes));
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
