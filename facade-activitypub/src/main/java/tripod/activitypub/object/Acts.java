package tripod.activitypub.object;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.As2;
import tripod.activitypub.actor.Following;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodWriter;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.ActorIri;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/** Writes the acts of a member as resources of the pod: follows, likes, boosts, blocks. */
public final class Acts {
  private Acts() {}

  /** Begins to follow somebody; the answer is theirs. */
  public static PodPath follow(PodWriter pod, PodNames names, ActorIri target) {
    PodPath path = SocialPaths.FOLLOWS.member(pod.rev().value());
    ObjectNode follow = act("Follow", path, pod, names, target.value());
    new Addressing(List.of(target.value()), List.of(), List.of()).write(follow);
    put(pod, path, follow);
    PrivateAccess.write(pod, names, path, false, List.of(target.value()));
    new Following(target, names.iri(path.value()), false).save(pod);
    return path;
  }

  /** Ends a follow at the pod; peers are told by the delivery worker. */
  public static void unfollow(PodWriter pod, PodNames names, Following following) {
    names.path(following.followId()).map(PodPath::new).ifPresent(pod::delete);
    Following.remove(pod, following.actor());
  }

  /** Likes something, with an emoji perhaps. */
  public static PodPath like(
      PodWriter pod,
      PodNames names,
      String object,
      Optional<String> reaction,
      Addressing addressing) {
    PodPath path = SocialPaths.LIKES.member(pod.rev().value());
    ObjectNode like = act("Like", path, pod, names, object);
    reaction.ifPresent(emoji -> like.put("content", emoji));
    return put(pod, names, path, like, addressing);
  }

  /**
   * Answers an event (EVT-3).
   *
   * @param type Join, TentativeAccept or Leave
   */
  public static PodPath rsvp(
      PodWriter pod, PodNames names, String type, String event, Addressing addressing) {
    PodPath path = SocialPaths.RSVPS.member(pod.rev().value());
    ObjectNode answer = act(type, path, pod, names, event);
    return put(pod, names, path, answer, addressing);
  }

  /** Boosts something. */
  public static PodPath announce(
      PodWriter pod, PodNames names, String object, Addressing addressing) {
    PodPath path = SocialPaths.ANNOUNCES.member(pod.rev().value());
    ObjectNode announce = act("Announce", path, pod, names, object);
    return put(pod, names, path, announce, addressing);
  }

  /** Blocks somebody; nobody is told (BLK-1). */
  public static PodPath block(PodWriter pod, PodNames names, ActorIri target) {
    PodPath path = SocialPaths.BLOCKS.member(pod.rev().value());
    put(pod, path, act("Block", path, pod, names, target.value()));
    PrivateAccess.write(pod, names, path, false, List.of());
    return path;
  }

  private static ObjectNode act(
      String type, PodPath path, PodWriter pod, PodNames names, String object) {
    ObjectNode act = ActivityJson.object();
    act.put("@context", As2.CONTEXT);
    act.put("id", names.iri(path.value()));
    act.put("type", type);
    act.put("actor", names.actor().value());
    act.put("published", Activities.time(pod.now()));
    act.put("object", object);
    return act;
  }

  /** VIS-4: an act that is not for all has an access list of its own. */
  private static PodPath put(
      PodWriter pod, PodNames names, PodPath path, ObjectNode act, Addressing addressing) {
    addressing.write(act);
    put(pod, path, act);
    if (!addressing.audience(names).isOpen()) {
      PrivateAccess.write(
          pod, names, path, addressing.hasFollowers(names), addressing.actors(names));
    }
    return path;
  }

  private static void put(PodWriter pod, PodPath path, ObjectNode act) {
    if (act.get("to") instanceof ArrayNode to && to.size() > Addressing.RECIPIENTS_MAX) {
      throw new ActivityFailure.TooLarge("more than " + Addressing.RECIPIENTS_MAX + " recipients");
    }
    pod.put(path, new Content.Document(MediaType.ACTIVITY_JSON, ActivityJson.write(act)));
  }
}
