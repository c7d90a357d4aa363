package tripod.server.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import tripod.podstore.PodFailure;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.PodNames;

/** Makes inputs of a translation. */
public final class TranslateInput {
  /** The key of what has no name yet. */
  static final String RKEY = "3m6aaaaaaaaa2";

  private TranslateInput() {}

  /** Returns a bare record, object or document as an input of {@link TranslateRun#run}. */
  public static ObjectNode of(String source, String text, JsonNode tree, PodNames names) {
    ObjectNode input = JsonNodeFactory.instance.objectNode();
    switch (source) {
      case "atproto" -> {
        String type = tree.path("$type").asText();
        String rkey = type.equals("app.bsky.actor.profile") ? "self" : RKEY;
        input
            .put("form", "atproto-record")
            .put("uri", "at://" + names.did() + "/" + type + "/" + rkey);
        input.set("record", tree);
      }
      case "activitypub" -> {
        boolean act = tree.has("object");
        input.put("form", act ? "as2-activity" : "as2-object");
        input.set(act ? "activity" : "object", tree);
      }
      case "solid" ->
          input
              .put("form", "turtle")
              .put("container", names.iri(SocialPaths.POSTS.value()))
              .put("body", text)
              .put("acl", "public read")
              .put("publish", true);
      default -> throw new PodFailure.Invalid("no door is called \"" + source + "\"");
    }
    return input;
  }
}
