package tripod.activitypub.inbox;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tripod.activitypub.actor.RemoteActors;
import tripod.activitypub.delivery.Outgoing;
import tripod.activitypub.object.ObjectView;
import tripod.activitypub.signature.IntegrityProof;
import tripod.activitypub.signature.RemoteDocuments;
import tripod.activitypub.signature.RemoteKeys;
import tripod.activitypub.signature.SignatureVerifier;
import tripod.identity.Accounts;
import tripod.podstore.PodStore;
import tripod.syntax.PodId;

/** Puts the parts of the inbox together. */
public final class Inbox {
  private static final int PODS_PAGE = 100;

  private final PodStore store;
  private final PostInbox handlers;

  /** Makes the inbox of all members and of the server. */
  public Inbox(
      PodStore store, Accounts accounts, ObjectView objects, Peers peers, URI serviceOrigin) {
    this.store = store;
    Acquaintance acquaintance = new Acquaintance(store);
    Intake intake =
        new Intake(
            store,
            accounts,
            new Authentic(peers.documents()),
            peers.actors(),
            acquaintance,
            new Effects(new ObjectEffects(objects)));
    this.handlers =
        new PostInbox(
            accounts,
            peers.verifier(),
            new IntegrityProof(peers.keys()),
            acquaintance,
            new Audience(accounts, acquaintance),
            intake,
            serviceOrigin);
  }

  /**
   * What is known of other servers.
   *
   * @param documents fetches their documents
   * @param keys their keys
   * @param actors their actors
   * @param verifier checks their signatures
   */
  public record Peers(
      RemoteDocuments documents,
      RemoteKeys keys,
      RemoteActors actors,
      SignatureVerifier verifier) {}

  /** Returns the handlers. */
  public PostInbox handlers() {
    return handlers;
  }

  /** Forgets ids of activities that are older than seven days, and what was told before that. */
  public void sweep(InstantSource clock) {
    store.journal().prune(Outgoing.STREAM, clock.instant().minus(SeenIds.KEPT));
    Optional<PodId> after = Optional.empty();
    List<PodId> page;
    do {
      page = store.pods(after, PODS_PAGE);
      page.forEach(pod -> SeenIds.sweep(store, pod, clock.instant()));
      after = page.isEmpty() ? after : Optional.of(page.getLast());
    } while (page.size() == PODS_PAGE);
  }
}
