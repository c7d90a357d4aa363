package tripod.activitypub.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import tripod.activitypub.activity.Activity;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.Terms;
import tripod.activitypub.actor.Follower;
import tripod.activitypub.actor.Following;
import tripod.activitypub.actor.RemoteActor;
import tripod.activitypub.delivery.Outgoing;
import tripod.activitypub.object.Activities;
import tripod.activitypub.object.Acts;
import tripod.activitypub.object.Reactions;
import tripod.activitypub.object.RemoteObject;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodWriter;
import tripod.syntax.ActorIri;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/**
 * What an activity changes in one pod; each in the transaction it is given.
 *
 * <p>Each returns whether the pod has to do with the actor from now on.
 */
final class Effects {
  private final ObjectEffects objects;

  Effects(ObjectEffects objects) {
    this.objects = objects;
  }

  boolean apply(PodWriter pod, PodNames names, Received received) {
    return switch (received.activity()) {
      case Activity.Follow follow -> follow(pod, names, follow, received.sender().orElseThrow());
      case Activity.Accept accept -> accept(pod, names, accept);
      case Activity.Reject reject -> reject(pod, names, reject);
      case Activity.Undo undo -> undo(pod, names, undo);
      case Activity.Create create ->
          objects.create(pod, names, create, received.object().orElseThrow(), received.bytes());
      case Activity.Update update ->
          received.sender().isPresent()
              ? moved(pod, received.sender().get())
              : objects.update(pod, names, update, received);
      case Activity.Delete delete -> objects.delete(pod, names, delete, received.bytes());
      case Activity.Like like -> react(pod, names, Reactions.Kind.LIKE, like.object(), like.head());
      case Activity.Announce announce -> {
        boolean own = react(pod, names, Reactions.Kind.SHARE, announce.object(), announce.head());
        received
            .object()
            .ifPresent(
                thing -> {
                  objects.keep(pod, thing);
                  keep(pod, announce.head());
                });
        yield own || received.object().isPresent();
      }
      case Activity.Block block -> block(pod, names, block);
      case Activity.Move move -> move(pod, names, move, received.target());
      case Activity.Flag flag -> keep(pod, flag.head());
      case Activity.Add add -> false; // collections of others are not mirrored
      case Activity.Remove remove -> false;
      case Activity.Unknown unknown -> keep(pod, unknown.head());
    };
  }

  private static boolean follow(
      PodWriter pod, PodNames names, Activity.Follow follow, RemoteActor sender) {
    if (!follow.object().id().map(names.actor().value()::equals).orElse(false)) {
      return false;
    }
    ActorIri actor = follow.actor();
    new Follower(actor, sender.inbox(), sender.sharedInbox(), follow.head().id()).save(pod);
    // A repeated Follow is accepted again: its sender may have lost the first answer.
    ObjectNode accept =
        Activities.answer("Accept", follow.head().raw(), actor.value(), pod.rev(), names);
    Outgoing.of(accept, actor.value(), List.of(actor.value())).emit(pod);
    return true;
  }

  /** Returns our follow of an actor that an answer of theirs speaks of. */
  private static Optional<Following> answered(
      PodWriter pod, PodNames names, ActorIri actor, Activity.Thing object) {
    return Following.find(pod, actor)
        .filter(
            following -> {
              if (object.id().map(following.followId()::equals).orElse(false)) {
                return true;
              }
              // Some peers rewrite ids: then actor and object must be the pair.
              return object.embedded().isPresent()
                  && Terms.single(object.embedded().get(), "actor")
                      .map(names.actor().value()::equals)
                      .orElse(false)
                  && Terms.single(object.embedded().get(), "object")
                      .map(actor.value()::equals)
                      .orElse(false);
            });
  }

  private static boolean accept(PodWriter pod, PodNames names, Activity.Accept accept) {
    Optional<Following> ours = answered(pod, names, accept.actor(), accept.object());
    ours.ifPresent(
        following -> new Following(following.actor(), following.followId(), true).save(pod));
    return ours.isPresent();
  }

  private static boolean reject(PodWriter pod, PodNames names, Activity.Reject reject) {
    answered(pod, names, reject.actor(), reject.object())
        .ifPresent(following -> Following.remove(pod, following.actor()));
    return false;
  }

  private static boolean undo(PodWriter pod, PodNames names, Activity.Undo undo) {
    ActorIri actor = undo.actor();
    Optional<String> id = undo.object().id();
    Optional<ObjectNode> inner = undo.object().embedded();
    if (inner.isPresent()
        && Terms.single(inner.get(), "actor")
            .filter(who -> !who.equals(actor.value()))
            .isPresent()) {
      throw new ActivityFailure.Forbidden("what is undone is somebody else's");
    }
    // A late original of what is undone is dropped.
    id.filter(undone -> Authentic.isAtOrigin(undone, actor))
        .ifPresent(undone -> SeenIds.add(pod, undone));
    String type = inner.map(Terms::type).orElse("");
    Optional<PodPath> about =
        inner.flatMap(node -> Terms.single(node, "object")).flatMap(o -> Relevance.local(o, names));
    switch (type) {
      case "Follow" -> Follower.remove(pod, actor);
      case "Like", "EmojiReact" ->
          about.ifPresent(path -> Reactions.remove(pod, Reactions.Kind.LIKE, path, actor));
      case "Announce" ->
          about.ifPresent(path -> Reactions.remove(pod, Reactions.Kind.SHARE, path, actor));
      default ->
          id.ifPresent(
              undone -> {
                Reactions.remove(pod, undone, actor);
                Follower.find(pod, actor)
                    .filter(row -> row.followId().map(undone::equals).orElse(false))
                    .ifPresent(row -> Follower.remove(pod, actor));
              });
    }
    return true;
  }

  private static boolean react(
      PodWriter pod,
      PodNames names,
      Reactions.Kind kind,
      Activity.Thing object,
      Activity.Head head) {
    Optional<PodPath> path =
        object
            .id()
            .flatMap(id -> Relevance.local(id, names))
            .filter(there -> pod.get(there).isPresent());
    path.ifPresent(there -> Reactions.add(pod, kind, there, head.actor(), head.id()));
    return path.isPresent();
  }

  private static boolean block(PodWriter pod, PodNames names, Activity.Block block) {
    if (block.object().id().map(names.actor().value()::equals).orElse(false)) {
      Follower.remove(pod, block.actor());
      Following.remove(pod, block.actor());
    }
    return false;
  }

  /** Follows the new account for the old one, when the new one says that it is the same. */
  private static boolean move(
      PodWriter pod, PodNames names, Activity.Move move, Optional<RemoteActor> target) {
    boolean own = move.object().id().map(move.actor().value()::equals).orElse(false);
    Optional<RemoteActor> confirmed =
        target.filter(
            actor ->
                actor.aliases().contains(move.actor().value())
                    && !actor.id().equals(names.actor()));
    Optional<Following> old = Following.find(pod, move.actor()).filter(Following::accepted);
    if (!own || confirmed.isEmpty() || old.isEmpty()) {
      return false;
    }
    if (Following.find(pod, confirmed.get().id()).isEmpty()) {
      Acts.follow(pod, names, confirmed.get().id());
    }
    Acts.unfollow(pod, names, old.get());
    return true;
  }

  /** Takes over where an actor's inbox is now. */
  private static boolean moved(PodWriter pod, RemoteActor actor) {
    Optional<Follower> row = Follower.find(pod, actor.id());
    row.ifPresent(
        old ->
            new Follower(old.actor(), actor.inbox(), actor.sharedInbox(), old.followId())
                .save(pod));
    return row.isPresent();
  }

  /** Keeps an activity as it came. */
  private static boolean keep(PodWriter pod, Activity.Head head) {
    PodPath path = RemoteObject.INBOX.member(pod.rev() + "-activity");
    pod.put(path, new Content.Document(MediaType.ACTIVITY_JSON, ActivityJson.write(head.raw())));
    return true;
  }
}
