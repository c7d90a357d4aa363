package tripod.activitypub.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import tripod.activitypub.activity.Activity;
import tripod.activitypub.activity.Terms;
import tripod.podstore.PodPath;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.PodNames;

/** Says whether something that nobody asked for still concerns a member. Pure. */
final class Relevance {
  private Relevance() {}

  /** Says whether an activity is addressed to a member, mentions them, or is about their things. */
  static boolean names(Activity activity, PodNames names) {
    String me = names.actor().value();
    if (activity.head().recipients().contains(me)) {
      return true;
    }
    for (JsonNode value : Terms.each(activity.head().raw().get("object"))) {
      if (Terms.reference(value).flatMap(id -> local(id, names)).isPresent()) {
        return true;
      }
      if (value instanceof ObjectNode object && names(object, me, names)) {
        return true;
      }
    }
    return false;
  }

  private static boolean names(ObjectNode object, String me, PodNames names) {
    if (Terms.references(object, "to").contains(me)
        || Terms.references(object, "cc").contains(me)
        || Terms.single(object, "inReplyTo").flatMap(id -> local(id, names)).isPresent()) {
      return true;
    }
    for (JsonNode tag : Terms.each(object.get("tag"))) {
      if (tag instanceof ObjectNode mention
          && Terms.text(mention, "href").map(me::equals).orElse(false)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the path of a member's own social resource. */
  static Optional<PodPath> local(String id, PodNames names) {
    return SocialPaths.path(id, names).filter(path -> path.isUnder(SocialPaths.SOCIAL));
  }
}
