package tripod.activitypub.vocab;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tripod.podstore.social.NoteView;
import tripod.podstore.social.ReplyRule;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.PodNames;

/** Who may answer a post, as the interaction policy of its object (GAT-1). Pure. */
public final class ReplyPolicy {
  private ReplyPolicy() {}

  /**
   * Returns the policy that a gate gives its post.
   *
   * @param mentioned the actors whom the post names
   */
  public static ObjectNode of(Social.ThreadGate gate, List<String> mentioned, PodNames names) {
    Set<String> approved = new LinkedHashSet<>();
    Optional<List<ReplyRule>> rules = gate.allow();
    if (rules.isEmpty()) {
      approved.add(NoteView.PUBLIC);
    } else {
      approved.add(names.actor().value()); // nobody is shut out of a thread of their own
      for (ReplyRule rule : rules.get()) {
        switch (rule) {
          case ReplyRule.Mentioned m -> approved.addAll(mentioned);
          case ReplyRule.Followers f -> approved.add(names.iri(NoteView.FOLLOWERS));
          case ReplyRule.Followed f -> approved.add(names.actor().value() + "/following");
          case ReplyRule.Listed l ->
              SocialPaths.path(l.list(), names)
                  .ifPresent(path -> approved.add(names.iri(path.value())));
        }
      }
    }
    ObjectNode policy = As2Json.MAPPER.createObjectNode();
    ObjectNode canReply = policy.putObject("canReply");
    ArrayNode automatic = canReply.putArray("automaticApproval");
    approved.forEach(automatic::add);
    canReply.putArray("manualApproval");
    return policy;
  }

  /** Returns the actors whom an object names. */
  public static List<String> mentioned(ObjectNode object) {
    return As2Json.each(object, "tag").stream()
        .filter(tag -> As2Json.type(tag).equals("Mention"))
        .flatMap(tag -> As2Json.text(tag, "href").stream())
        .toList();
  }
}
