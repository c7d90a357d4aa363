package tripod.server.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.AtUri;
import tripod.syntax.PodNames;

/**
 * Answers that need no codec: names, deletions, and files that no door but one shows.
 *
 * @param names what others call the pod
 */
record PlainAnswers(PodNames names) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** FOL-4, DEL-1: deleting the record takes the act back at the other door. */
  ObjectNode deleted(JsonNode input) {
    AtUri uri = AtUri.parse(input.path("uri").asText());
    PodPath path = SocialPaths.path(uri, names).orElseThrow();
    String id = names.iri(path.value());
    String kind = SocialPaths.kindOf(uri.collection().orElseThrow());
    boolean act = input.path("existing").path("object").isTextual();
    ObjectNode gone = NODES.objectNode().put("id", id);
    if (act) {
      gone.put("type", kind).put("actor", names.actor().value());
      gone.put("object", input.get("existing").get("object").asText());
    } else {
      gone.put("type", "Tombstone");
    }
    ObjectNode answer = NODES.objectNode();
    answer.set("atproto", NODES.objectNode().put("deleted", true));
    answer.set(
        "activitypub",
        TranslateRun.in("activity", TranslateRun.activity(act ? "Undo" : "Delete", gone, names)));
    answer.set("rdf", NODES.objectNode().put("graph", id).put("gone", true));
    answer.set("losses", NODES.arrayNode());
    return answer;
  }

  /** SOL-1: what lies outside the social containers is nobody's but the Solid door's. */
  static ObjectNode files(JsonNode input) {
    ObjectNode answer = NODES.objectNode();
    for (JsonNode file : input.path("files")) {
      if (SocialPaths.isSocial(new PodPath(file.path("path").asText()))) {
        throw new PodFailure.Invalid("a file in a social container is translated by itself");
      }
    }
    answer.set("atproto", TranslateRun.absent("no record mapping"));
    answer.set("activitypub", TranslateRun.absent("not a social object"));
    answer.set("rdf", NODES.objectNode());
    answer.set("losses", NODES.arrayNode());
    return answer;
  }

  static ObjectNode spellings(JsonNode input) {
    ObjectNode answer = NODES.objectNode();
    ArrayNode spelled = answer.putArray("rdfSpelling");
    input.path("uris").forEach(uri -> spelled.add(AtUri.parse(uri.asText()).toIri()));
    return answer;
  }

  ObjectNode resource(JsonNode input) {
    PodPath path = new PodPath(input.path("path").asText());
    AtUri uri = SocialPaths.atUri(path, names).orElseThrow();
    return NODES
        .objectNode()
        .put("internalGraph", "pod:" + path)
        .put("atUri", uri.toString())
        .put("rdfSpelling", uri.toIri())
        .put("apId", names.iri(path.value()))
        .put("solid", names.iri(path.value()));
  }
}
