package tripod.activitypub.inbox;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.activitypub.activity.Activity;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.actor.Blocks;
import tripod.activitypub.actor.Following;
import tripod.activitypub.actor.RemoteActor;
import tripod.activitypub.actor.RemoteActors;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.podstore.PodStore;
import tripod.syntax.ActorIri;
import tripod.syntax.PodNames;

/** Takes a proved activity into the pods it concerns: fetches first, then writes. */
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  private final PodStore store;
  private final Accounts accounts;
  private final Authentic authentic;
  private final RemoteActors remote;
  private final Acquaintance acquaintance;
  private final Effects effects;

  Intake(
      PodStore store,
      Accounts accounts,
      Authentic authentic,
      RemoteActors remote,
      Acquaintance acquaintance,
      Effects effects) {
    this.store = store;
    this.accounts = accounts;
    this.authentic = authentic;
    this.remote = remote;
    this.acquaintance = acquaintance;
    this.effects = effects;
  }

  void take(Activity activity, byte[] bytes, List<Account> members, boolean isPersonal) {
    List<Account> open =
        members.stream().filter(member -> concerns(activity, member, isPersonal)).toList();
    if (open.isEmpty()) {
      return;
    }
    Received received = fetch(activity, bytes, open);
    for (Account member : open) {
      PodNames names = accounts.names(member);
      boolean kept =
          store.write(
              member.pod(),
              pod -> {
                String id = activity.head().id().orElseThrow();
                if (SeenIds.has(pod, id)) {
                  return false;
                }
                SeenIds.add(pod, id);
                return effects.apply(pod, names, received);
              });
      if (kept) {
        acquaintance.note(activity.actor(), member.pod());
      }
    }
  }

  /** Blocked, seen before, or nothing to do with this member: said in one look before any fetch. */
  private boolean concerns(Activity activity, Account member, boolean isPersonal) {
    PodNames names = accounts.names(member);
    return store.read(
        member.pod(),
        view -> {
          if (Blocks.isBlocked(view, names, activity.actor())
              || SeenIds.has(view, activity.head().id().orElseThrow())) {
            return false;
          }
          boolean unasked =
              !isPersonal
                  && (activity instanceof Activity.Create || activity instanceof Activity.Announce)
                  && !Following.isFollowing(view, activity.actor())
                  && !Relevance.names(activity, names);
          return !unasked;
        });
  }

  /** Fetches what the effect needs; nothing is fetched inside a write. */
  private Received fetch(Activity activity, byte[] bytes, List<Account> members) {
    Optional<Authentic.Thing> object = Optional.empty();
    Optional<RemoteActor> sender = Optional.empty();
    Optional<RemoteActor> target = Optional.empty();
    switch (activity) {
      case Activity.Create create -> object = Optional.of(created(create));
      case Activity.Announce announce -> object = announced(announce, members);
      case Activity.Follow follow -> sender = Optional.of(actor(follow.actor()));
      case Activity.Move move -> target = target(move);
      case Activity.Update update -> {
        if (update.object().id().map(update.actor().value()::equals).orElse(false)) {
          sender = Optional.of(refreshed(update.actor()));
        } else {
          object = Authentic.embedded(update.object(), update.actor());
        }
      }
      case Activity.Accept a -> {}
      case Activity.Reject r -> {}
      case Activity.Undo u -> {}
      case Activity.Delete d -> {}
      case Activity.Like l -> {}
      case Activity.Block b -> {}
      case Activity.Flag f -> {}
      case Activity.Add a -> {}
      case Activity.Remove r -> {}
      case Activity.Unknown u -> {}
    }
    return new Received(activity, bytes, object, sender, target);
  }

  /** A created object must be the actor's own, whether it is inside or has to be fetched. */
  private Authentic.Thing created(Activity.Create create) {
    Optional<Authentic.Thing> inside = Authentic.embedded(create.object(), create.actor());
    if (inside.isPresent()) {
      return inside.get();
    }
    String id = create.object().requireId();
    if (create.object().embedded().filter(Authentic::namesOwner).isPresent()) {
      throw new ActivityFailure.Forbidden("the created object is somebody else's");
    }
    if (!Authentic.isAtOrigin(id, create.actor())) {
      throw new ActivityFailure.Forbidden("the created object is not at its actor's origin");
    }
    Authentic.Thing fetched = authentic.fetch(id);
    if (!fetched.owner().equals(create.actor())) {
      throw new ActivityFailure.Forbidden("the created object is somebody else's");
    }
    return fetched;
  }

  /** What is boosted is fetched when somebody here follows the booster; strangers cost nothing. */
  private Optional<Authentic.Thing> announced(Activity.Announce announce, List<Account> members) {
    String id = announce.object().id().orElse("");
    boolean ours = members.stream().anyMatch(member -> isOf(member, id));
    boolean followed =
        members.stream()
            .anyMatch(
                member ->
                    store.read(
                        member.pod(), view -> Following.isFollowing(view, announce.actor())));
    if (ours || !followed || id.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(authentic.fetch(id));
    } catch (ActivityFailure.Unreachable | ActivityFailure.Forbidden e) {
      LOG.debug("what {} boosts cannot be had: {}", announce.actor(), e.getMessage());
      return Optional.empty();
    }
  }

  private boolean isOf(Account member, String id) {
    return accounts.names(member).path(id).isPresent();
  }

  private Optional<RemoteActor> target(Activity.Move move) {
    Optional<ActorIri> to = move.target().filter(ActorIri::isValid).map(ActorIri::new);
    try {
      return to.map(remote::refresh);
    } catch (ActivityFailure.Unreachable e) {
      return Optional.empty(); // a Move that cannot be confirmed is no Move
    }
  }

  private RemoteActor actor(ActorIri id) {
    try {
      return remote.get(id);
    } catch (ActivityFailure.Unreachable e) {
      throw new ActivityFailure.Forbidden("the actor's document cannot be had");
    }
  }

  private RemoteActor refreshed(ActorIri id) {
    try {
      return remote.refresh(id);
    } catch (ActivityFailure.Unreachable e) {
      throw new ActivityFailure.Forbidden("the actor's document cannot be had");
    }
  }
}
