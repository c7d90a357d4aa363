package tripod.activitypub.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tripod.activitypub.activity.Activity;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.As2;
import tripod.activitypub.activity.Terms;
import tripod.activitypub.actor.Follower;
import tripod.activitypub.actor.Following;
import tripod.activitypub.delivery.Outgoing;
import tripod.activitypub.object.ObjectView;
import tripod.activitypub.object.Reactions;
import tripod.activitypub.object.RemoteObject;
import tripod.activitypub.object.ReplyApproval;
import tripod.podstore.PodPath;
import tripod.podstore.PodWriter;
import tripod.podstore.social.PublicResource;
import tripod.syntax.ActorIri;
import tripod.syntax.PodNames;

/** What activities about objects change: Create, Update and Delete of what others wrote. */
final class ObjectEffects {
  private final ObjectView objects;
  private final ReplyApproval replies;

  ObjectEffects(ObjectView objects) {
    this.objects = objects;
    this.replies = new ReplyApproval(objects);
  }

  boolean create(
      PodWriter pod, PodNames names, Activity.Create create, Authentic.Thing thing, byte[] bytes) {
    if (Terms.types(thing.document()).stream().anyMatch(As2::isActor)) {
      throw new ActivityFailure.Forbidden("an actor cannot be created here");
    }
    if (SeenIds.has(pod, gone(thing.id()))) {
      return false; // its Delete came first
    }
    keep(pod, thing);
    Optional<PodPath> parent =
        Terms.single(thing.document(), "inReplyTo")
            .flatMap(id -> Relevance.local(id, names))
            .filter(path -> pod.get(path).isPresent());
    if (parent.isPresent() && replies.isApproved(pod, parent.get(), thing.owner(), names)) {
      Reactions.add(
          pod, Reactions.Kind.REPLY, parent.get(), thing.owner(), Optional.of(thing.id()));
      forward(pod, names, create.head(), parent.get(), bytes, thing.id());
    }
    return true;
  }

  /** Keeps an object, and once only: an object that is held changes by Update alone. */
  void keep(PodWriter pod, Authentic.Thing thing) {
    if (RemoteObject.find(pod, thing.id()).isEmpty()) {
      RemoteObject.save(pod, thing.id(), thing.owner(), thing.document());
    }
  }

  boolean update(PodWriter pod, PodNames names, Activity.Update update, Received received) {
    String id = update.object().requireId();
    Optional<RemoteObject> held = RemoteObject.find(pod, id);
    if (held.isEmpty()) {
      return false;
    }
    requireOwner(held.get().owner(), update.actor());
    ObjectNode next =
        received
            .object()
            .map(Authentic.Thing::document)
            .orElseThrow(
                () -> new ActivityFailure.Forbidden("the update is not of the actor's own object"));
    if (!Terms.types(next).contains(held.get().type())) {
      throw new ActivityFailure.Forbidden("an update cannot change what kind a thing is");
    }
    Optional<Instant> before = held.get().document(pod).flatMap(old -> Terms.time(old, "updated"));
    Optional<Instant> now = Terms.time(next, "updated");
    if (before.isPresent() && now.isPresent() && now.get().isBefore(before.get())) {
      return true; // an older form that came late
    }
    RemoteObject.save(pod, id, update.actor(), next);
    parent(pod, names, next)
        .ifPresent(path -> forward(pod, names, update.head(), path, received.bytes(), id));
    return true;
  }

  boolean delete(PodWriter pod, PodNames names, Activity.Delete delete, byte[] bytes) {
    ActorIri actor = delete.actor();
    String id = delete.object().requireId();
    if (id.equals(actor.value())) {
      Follower.remove(pod, actor);
      Following.remove(pod, actor);
      RemoteObject.removeAllOf(pod, actor);
      return true;
    }
    if (!Authentic.isAtOrigin(id, actor)) {
      throw new ActivityFailure.Forbidden("what is deleted is not the actor's own");
    }
    Optional<RemoteObject> held = RemoteObject.find(pod, id);
    if (held.isPresent()) {
      requireOwner(held.get().owner(), actor);
      Optional<PodPath> parent =
          held.get().document(pod).flatMap(document -> parent(pod, names, document));
      held.get().remove(pod);
      Reactions.remove(pod, id, actor);
      parent.ifPresent(path -> forward(pod, names, delete.head(), path, bytes, id));
      SeenIds.add(pod, gone(id));
    }
    return true;
  }

  private static Optional<PodPath> parent(PodWriter pod, PodNames names, ObjectNode document) {
    return Terms.single(document, "inReplyTo")
        .flatMap(id -> Relevance.local(id, names))
        .filter(path -> pod.get(path).isPresent());
  }

  private static void requireOwner(ActorIri owner, ActorIri actor) {
    if (!owner.equals(actor)) {
      throw new ActivityFailure.Forbidden("the object is somebody else's");
    }
  }

  /**
   * Passes an activity about a public post on to the member's followers when its sender addressed
   * them, byte for byte.
   *
   * @see <a href="https://www.w3.org/TR/activitypub/#inbox-forwarding">ActivityPub, 7.1.2</a>
   */
  private void forward(
      PodWriter pod,
      PodNames names,
      Activity.Head head,
      PodPath about,
      byte[] bytes,
      String object) {
    boolean addressed = head.recipients().contains(names.actor() + "/followers");
    boolean open = head.recipients().stream().anyMatch(As2::isPublic);
    boolean shown =
        objects
            .see(pod, about, names)
            .flatMap(ObjectView.Seen::shown)
            .filter(PublicResource::isListed)
            .isPresent();
    if (addressed && open && shown) {
      new Outgoing(bytes, false, object, List.of(), true, Optional.of(head.actor().host()))
          .emit(pod);
    }
  }

  private static String gone(String id) {
    return "gone " + id;
  }
}
