package tripod.activitypub.actor;

import java.util.Optional;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.social.Link;
import tripod.podstore.social.Links;
import tripod.syntax.ActorIri;
import tripod.syntax.PodNames;

/** Whom a member has blocked, at whichever door (mapping BLK-1, SEC-74). */
public final class Blocks {
  private Blocks() {}

  /** Says whether an actor is blocked. */
  public static boolean isBlocked(PodReader view, PodNames names, ActorIri actor) {
    return path(view, names, actor).isPresent();
  }

  /** Returns the resource that blocks an actor. */
  public static Optional<PodPath> path(PodReader view, PodNames names, ActorIri actor) {
    return Links.subjects(view, names, Link.Predicate.BLOCK, actor.value(), Optional.empty(), 1)
        .stream()
        .findFirst();
  }
}
