package tripod.activitypub.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tripod.activitypub.activity.As2;
import tripod.activitypub.activity.Terms;
import tripod.activitypub.actor.Follower;
import tripod.activitypub.actor.Following;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.ActorIri;
import tripod.syntax.PodNames;

/**
 * Decides whether what somebody answers to a post counts as an answer (GAT-1, where replies are
 * received). Whoever is not approved is not shown below the post, and nothing is passed on for
 * them; what they wrote is theirs.
 */
public final class ReplyApproval {
  private final ObjectView objects;

  /** Makes it. */
  public ReplyApproval(ObjectView objects) {
    this.objects = objects;
  }

  /** Says whether an actor may answer a post; everybody may where it has no policy. */
  public boolean isApproved(PodReader view, PodPath post, ActorIri actor, PodNames names) {
    return objects
        .see(view, post, names)
        .map(seen -> seen.object().path("interactionPolicy").path("canReply"))
        .filter(JsonNode::isObject)
        .map(policy -> isApproved(view, (ObjectNode) policy, actor, names))
        .orElse(true);
  }

  private boolean isApproved(PodReader view, ObjectNode policy, ActorIri actor, PodNames names) {
    Set<String> approved = new LinkedHashSet<>();
    for (String member : List.of("automaticApproval", "always")) { // the second is an older name
      approved.addAll(Terms.references(policy, member));
    }
    if (actor.equals(names.actor()) || approved.contains(actor.value())) {
      return true;
    }
    for (String who : approved) {
      boolean holds =
          As2.isPublic(who)
              || (who.equals(names.actor() + "/followers")
                  && Follower.find(view, actor).isPresent())
              || (who.equals(names.actor() + "/following") && Following.isFollowing(view, actor))
              || isListed(view, who, actor, names);
      if (holds) {
        return true;
      }
    }
    return false;
  }

  private boolean isListed(PodReader view, String list, ActorIri actor, PodNames names) {
    Optional<PodPath> path =
        SocialPaths.path(list, names).filter(place -> place.isUnder(SocialPaths.LISTS));
    return path.flatMap(place -> objects.see(view, place, names))
        .map(seen -> objects.shownToOthers(view, seen, names))
        .filter(shown -> Terms.references(shown, "items").contains(actor.value()))
        .isPresent();
  }
}
