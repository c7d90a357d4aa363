package tripod.activitypub.delivery;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tripod.activitypub.actor.Follower;
import tripod.activitypub.actor.RemoteActor;
import tripod.activitypub.actor.RemoteActors;
import tripod.podstore.PodReader;
import tripod.syntax.ActorIri;

/** Turns the people who get something into inboxes, one shared inbox for a server. */
final class Recipients {
  private final RemoteActors remote;

  Recipients(RemoteActors remote) {
    this.remote = remote;
  }

  /**
   * One place to deliver to.
   *
   * @param host whose turn it takes
   * @param inbox where to; empty when the actor must be asked first
   * @param actor whose inbox it is; empty for a shared one
   */
  record Place(String host, Optional<String> inbox, Optional<ActorIri> actor) {}

  List<Place> places(
      PodReader view, boolean toFollowers, List<String> actors, Optional<String> exceptHost) {
    Map<String, Place> places = new LinkedHashMap<>();
    Set<String> shared = new LinkedHashSet<>();
    if (toFollowers) {
      for (Follower follower : Follower.all(view)) {
        if (follower.sharedInbox().isPresent()) {
          String box = follower.sharedInbox().get();
          shared.add(box);
          places.putIfAbsent(box, place(box, Optional.empty()));
        } else {
          places.putIfAbsent(
              follower.inbox(), place(follower.inbox(), Optional.of(follower.actor())));
        }
      }
    }
    for (String iri : actors) {
      ActorIri actor = new ActorIri(iri);
      Optional<Place> place = personal(view, actor, shared);
      place.ifPresent(to -> places.putIfAbsent(to.inbox().orElse(iri), to));
    }
    return places.values().stream()
        .filter(place -> !exceptHost.filter(place.host()::equals).isPresent())
        .toList();
  }

  /** Returns somebody's own inbox, unless their server gets it at a shared one already. */
  private Optional<Place> personal(PodReader view, ActorIri actor, Set<String> shared) {
    Optional<Follower> follower = Follower.find(view, actor);
    if (follower.isPresent()) {
      return follower.get().sharedInbox().filter(shared::contains).isPresent()
          ? Optional.empty()
          : Optional.of(place(follower.get().inbox(), Optional.of(actor)));
    }
    Optional<RemoteActor> known = remote.peek(actor);
    if (known.isPresent()) {
      return known.get().sharedInbox().filter(shared::contains).isPresent()
          ? Optional.empty()
          : Optional.of(place(known.get().inbox(), Optional.of(actor)));
    }
    return Optional.of(new Place(actor.host(), Optional.empty(), Optional.of(actor)));
  }

  private static Place place(String inbox, Optional<ActorIri> actor) {
    return new Place(new ActorIri(inbox).host(), Optional.of(inbox), actor);
  }
}
