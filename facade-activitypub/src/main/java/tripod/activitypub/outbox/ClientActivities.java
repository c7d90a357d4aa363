package tripod.activitypub.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.As2;
import tripod.activitypub.activity.Terms;
import tripod.activitypub.actor.Blocks;
import tripod.activitypub.actor.Follower;
import tripod.activitypub.actor.Following;
import tripod.activitypub.delivery.Outgoing;
import tripod.activitypub.object.Activities;
import tripod.activitypub.object.Acts;
import tripod.activitypub.object.Addressing;
import tripod.activitypub.object.Featured;
import tripod.podstore.PodPath;
import tripod.podstore.PodWriter;
import tripod.podstore.social.Mutes;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.ActorIri;
import tripod.syntax.Datetime;
import tripod.syntax.PodNames;

/** The side effects of activities that a member's own program posts. */
final class ClientActivities {
  private static final Set<String> ACTIVITIES =
      Set.of(
          "Create",
          "Update",
          "Delete",
          "Follow",
          "Undo",
          "Like",
          "EmojiReact",
          "Announce",
          "Block",
          "Ignore",
          "Join",
          "TentativeAccept",
          "Leave",
          "Add",
          "Remove",
          "Accept",
          "Reject");

  private final ClientObjects objects;

  ClientActivities(ClientObjects objects) {
    this.objects = objects;
  }

  /** Says whether a type is an activity; anything else is an object to be wrapped in a Create. */
  static boolean isActivity(String type) {
    return ACTIVITIES.contains(type);
  }

  /**
   * Does what an activity says and returns its id.
   *
   * @param subject what is known of the object of a Like, an Announce or an answer
   */
  String perform(PodWriter pod, PodNames names, ObjectNode activity, Subject subject) {
    return switch (Terms.type(activity)) {
      case "Create" -> create(pod, names, activity);
      case "Update" -> {
        PodPath path = ownPath(names, object(activity));
        objects.update(pod, names, path, embedded(activity));
        yield names.iri(path.value()) + "#update-" + pod.rev();
      }
      case "Delete" -> {
        PodPath path = ownPath(names, object(activity));
        if (!pod.delete(path)) {
          throw new ActivityFailure.Missing("there is no such object");
        }
        yield names.iri(path.value()) + "#delete-" + pod.rev();
      }
      case "Follow" -> follow(pod, names, object(activity));
      case "Undo" -> undo(pod, names, activity);
      case "Like", "EmojiReact" ->
          id(
              names,
              Acts.like(
                  pod,
                  names,
                  object(activity),
                  Terms.text(activity, "content"),
                  subject.told(Addressing.of(activity), names)));
      case "Announce" ->
          id(
              names,
              Acts.announce(
                  pod, names, object(activity), subject.boosted(Addressing.of(activity), names)));
      case "Block" -> block(pod, names, object(activity));
      case "Ignore" -> mute(pod, names, activity);
      case "Join", "TentativeAccept", "Leave" ->
          id(
              names,
              Acts.rsvp(
                  pod,
                  names,
                  Terms.type(activity),
                  object(activity),
                  subject.told(Addressing.of(activity), names)));
      case "Add" -> feature(pod, names, activity, true);
      case "Remove" -> feature(pod, names, activity, false);
      case "Accept" -> answer(pod, names, activity, "Accept");
      case "Reject" -> answer(pod, names, activity, "Reject");
      default -> throw new ActivityFailure.Malformed("this activity is not done here");
    };
  }

  private String create(PodWriter pod, PodNames names, ObjectNode activity) {
    ObjectNode object = embedded(activity);
    if (isActivity(Terms.type(object))) {
      throw new ActivityFailure.Malformed("an activity cannot be created by a Create");
    }
    Addressing addressing = Addressing.of(activity, object);
    return id(names, objects.create(pod, names, object, addressing)) + "#create";
  }

  private static String follow(PodWriter pod, PodNames names, String target) {
    ActorIri actor = actor(target);
    if (actor.equals(names.actor())) {
      throw new ActivityFailure.Malformed("nobody follows themselves");
    }
    Optional<Following> before = Following.find(pod, actor);
    if (before.isPresent()) {
      // Asked again: peers lose state, and a second resource would be a second follow.
      Optional<PodPath> path = names.path(before.get().followId()).map(PodPath::new);
      if (path.isPresent() && pod.get(path.get()).isPresent()) {
        ObjectNode again = ActivityJson.object();
        again.put("id", before.get().followId()).put("type", "Follow");
        again.put("actor", names.actor().value()).put("object", target);
        Outgoing.of(again, before.get().followId(), List.of(target)).emit(pod);
        return before.get().followId();
      }
    }
    return id(names, Acts.follow(pod, names, actor));
  }

  /** MUT-1: kept in a document of the owner's, and told to nobody. */
  private static String mute(PodWriter pod, PodNames names, ObjectNode activity) {
    String target = actor(object(activity)).value();
    Optional<Instant> until =
        Terms.text(activity, "endTime")
            .filter(Datetime::isValid)
            .map(Datetime::new)
            .filter(Datetime::hasInstant)
            .map(Datetime::instant);
    Mutes.put(pod, names, new Mutes.Mute(target, until));
    return id(names, Mutes.PATH) + "#ignore-" + pod.rev();
  }

  private static String undo(PodWriter pod, PodNames names, ObjectNode activity) {
    if (activity.get("object") instanceof ObjectNode inner && Terms.type(inner).equals("Ignore")) {
      if (!Mutes.remove(pod, names, object(inner))) {
        throw new ActivityFailure.Missing("there is nothing of yours to undo");
      }
      return id(names, Mutes.PATH) + "#undo-" + pod.rev();
    }
    Optional<String> id = Terms.single(activity, "object");
    Optional<PodPath> path = id.flatMap(names::path).flatMap(ClientActivities::act);
    if (path.isEmpty() && activity.get("object") instanceof ObjectNode inner) {
      path = undone(pod, names, inner);
    }
    PodPath act =
        path.filter(there -> pod.get(there).isPresent())
            .orElseThrow(() -> new ActivityFailure.Missing("there is nothing of yours to undo"));
    String iri = names.iri(act.value());
    for (Following following : Following.list(pod, "", 1000)) {
      if (following.followId().equals(iri)) {
        Following.remove(pod, following.actor());
      }
    }
    pod.delete(act);
    return iri + "#undo-" + pod.rev();
  }

  /** Finds a follow or block by whom it is about, for programs that kept no id. */
  private static Optional<PodPath> undone(PodWriter pod, PodNames names, ObjectNode inner) {
    ActorIri target =
        actor(
            Terms.single(inner, "object")
                .orElseThrow(() -> new ActivityFailure.Malformed("the object has no id")));
    return switch (Terms.type(inner)) {
      case "Follow" ->
          Following.find(pod, target)
              .flatMap(following -> names.path(following.followId()))
              .map(PodPath::new);
      case "Block" -> Blocks.path(pod, names, target);
      default -> Optional.empty();
    };
  }

  private static Optional<PodPath> act(String path) {
    int fragment = path.indexOf('#');
    PodPath whole = new PodPath(fragment < 0 ? path : path.substring(0, fragment));
    boolean isAct =
        whole.isUnder(SocialPaths.FOLLOWS)
            || whole.isUnder(SocialPaths.LIKES)
            || whole.isUnder(SocialPaths.ANNOUNCES)
            || whole.isUnder(SocialPaths.RSVPS)
            || whole.isUnder(SocialPaths.BLOCKS);
    return isAct ? Optional.of(whole) : Optional.empty();
  }

  private static String block(PodWriter pod, PodNames names, String target) {
    ActorIri actor = actor(target);
    Follower.remove(pod, actor);
    Following.find(pod, actor).ifPresent(following -> Acts.unfollow(pod, names, following));
    Optional<PodPath> before = Blocks.path(pod, names, actor);
    return id(names, before.orElseGet(() -> Acts.block(pod, names, actor)));
  }

  private static String feature(PodWriter pod, PodNames names, ObjectNode activity, boolean isAdd) {
    String featured = names.actor() + "/featured";
    if (!Terms.single(activity, "target").map(featured::equals).orElse(false)) {
      throw new ActivityFailure.Malformed("the target must be your featured collection");
    }
    PodPath path = ownPath(names, object(activity));
    if (isAdd) {
      Featured.add(pod, path);
    } else {
      Featured.remove(pod, path);
    }
    ObjectNode told = ActivityJson.object();
    told.put("id", names.actor() + "#feature-" + pod.rev());
    told.put("type", isAdd ? "Add" : "Remove");
    told.put("actor", names.actor().value());
    told.putArray("to").add(As2.PUBLIC);
    told.put("object", names.iri(path.value()));
    told.put("target", featured);
    new Outgoing(
            ActivityJson.write(told),
            true,
            names.iri(path.value()),
            List.of(),
            true,
            Optional.empty())
        .emit(pod);
    return Terms.id(told).orElseThrow();
  }

  private static String answer(PodWriter pod, PodNames names, ObjectNode activity, String type) {
    ObjectNode asked = embedded(activity);
    ActorIri asker =
        actor(
            Terms.single(asked, "actor")
                .orElseThrow(() -> new ActivityFailure.Malformed("the object has no actor")));
    if (type.equals("Reject")) {
      Follower.remove(pod, asker);
    }
    ObjectNode told = Activities.answer(type, asked, asker.value(), pod.rev(), names);
    Outgoing.of(told, asker.value(), List.of(asker.value())).emit(pod);
    return Terms.id(told).orElseThrow();
  }

  private static String object(ObjectNode activity) {
    return Terms.single(activity, "object")
        .orElseThrow(() -> new ActivityFailure.Malformed("the activity needs one object"));
  }

  private static ObjectNode embedded(ObjectNode activity) {
    if (activity.get("object") instanceof ObjectNode object) {
      return object;
    }
    throw new ActivityFailure.Malformed("the activity needs its object inside");
  }

  private static PodPath ownPath(PodNames names, String id) {
    PodPath path =
        names
            .path(id)
            .map(PodPath::new)
            .orElseThrow(() -> new ActivityFailure.Forbidden("the object is not yours"));
    if (!path.isUnder(SocialPaths.SOCIAL) || path.isContainer()) {
      throw new ActivityFailure.Forbidden("this is no object of your outbox");
    }
    return path;
  }

  private static ActorIri actor(String iri) {
    if (!ActorIri.isValid(iri)) {
      throw new ActivityFailure.Malformed("not the id of an actor");
    }
    return new ActorIri(iri);
  }

  private static String id(PodNames names, PodPath path) {
    return names.iri(path.value());
  }
}
