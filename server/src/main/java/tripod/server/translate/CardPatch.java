package tripod.server.translate;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.RiotException;
import org.apache.jena.sparql.graph.GraphFactory;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.social.RdfCard;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/**
 * The person's card before and after a patch whose triples hold no variables.
 *
 * @param before the card
 * @param after the card with the patch applied, and its double names made one again
 */
record CardPatch(Content.Document before, Content.Document after) {
  static CardPatch of(JsonNode input, PodNames names) {
    String text = input.path("before").asText();
    String prefixes =
        text.lines().filter(line -> line.startsWith("@prefix")).reduce("", (a, b) -> a + b + "\n");
    Graph before = graph(text, names);
    Graph after = GraphFactory.createDefaultGraph();
    before.find().forEachRemaining(after::add);
    graph(prefixes + input.path("delete").asText(), names).find().forEachRemaining(after::delete);
    graph(prefixes + input.path("insert").asText(), names).find().forEachRemaining(after::add);
    return new CardPatch(document(before), document(RdfCard.settle(before, after, names)));
  }

  private static Graph graph(String turtle, PodNames names) {
    try {
      return RDFParser.fromString(turtle, Lang.TURTLE)
          .base(names.iri(SocialPaths.CARD.value()))
          .toGraph();
    } catch (RiotException e) {
      throw new PodFailure.Invalid("not Turtle: " + e.getMessage(), e);
    }
  }

  private static Content.Document document(Graph graph) {
    String lines = String.join("\n", NTriplesLines.of(graph)) + "\n";
    return new Content.Document(MediaType.TURTLE, lines.getBytes(StandardCharsets.UTF_8));
  }
}
