package tripod.activitypub.vocab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tripod.podstore.social.Audience;
import tripod.podstore.social.Audiences;
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
    return of(gate.allow(), mentioned, names);
  }

  static ObjectNode of(Optional<List<ReplyRule>> rules, List<String> mentioned, PodNames names) {
    Set<String> approved = new LinkedHashSet<>();
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

  /**
   * Returns the rules that an object's own policy comes to; empty when it has none, or lets
   * everybody in. What ATProto has no rule for lets nobody in (GAT-1).
   */
  static Optional<List<ReplyRule>> read(ObjectNode object, PodNames names) {
    JsonNode canReply = object.path("interactionPolicy").path("canReply");
    if (!canReply.isObject()) {
      return Optional.empty();
    }
    Set<String> approved = new LinkedHashSet<>();
    for (String member : List.of("automaticApproval", "always")) { // the second is an older name
      approved.addAll(As2Json.references(canReply, member));
    }
    if (Audiences.of(List.copyOf(approved), List.of(), names).audience() == Audience.PUBLIC) {
      return Optional.empty();
    }
    List<ReplyRule> rules = new ArrayList<>();
    List<String> mentioned = mentioned(object);
    if (!mentioned.isEmpty() && approved.containsAll(mentioned)) {
      rules.add(new ReplyRule.Mentioned());
    }
    for (String who : approved) {
      if (who.equals(names.iri(NoteView.FOLLOWERS))) {
        rules.add(new ReplyRule.Followers());
      } else if (who.equals(names.actor().value() + "/following")) {
        rules.add(new ReplyRule.Followed());
      } else {
        SocialPaths.path(who, names)
            .filter(path -> path.isUnder(SocialPaths.LISTS))
            .flatMap(path -> SocialPaths.atUri(path, names))
            .ifPresent(list -> rules.add(new ReplyRule.Listed(list)));
      }
    }
    return Optional.of(rules);
  }

  /** Returns the actors whom an object names. */
  public static List<String> mentioned(ObjectNode object) {
    return As2Json.each(object, "tag").stream()
        .filter(tag -> As2Json.type(tag).equals("Mention"))
        .flatMap(tag -> As2Json.text(tag, "href").stream())
        .toList();
  }
}
