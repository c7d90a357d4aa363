package tripod.solid.notify;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDF;
import tripod.solid.representation.GraphWriter;
import tripod.solid.representation.IriForm;
import tripod.solid.representation.RdfDocument;
import tripod.solid.representation.RdfSyntax;

/**
 * One message.
 *
 * @param id IRI of the message
 * @param type a class of ActivityStreams
 * @param object what it happened to
 * @param target the container it was added to or removed from
 * @param state the topic's state afterwards
 * @param published when it happened
 */
record Notice(
    String id,
    String type,
    String object,
    Optional<String> target,
    Optional<String> state,
    Instant published) {
  private static final String AS = "https://www.w3.org/ns/activitystreams#";

  String text(boolean turtle) {
    return turtle ? turtle() : json();
  }

  private String json() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add(
                "@context",
                Json.createArrayBuilder()
                    .add("https://www.w3.org/ns/activitystreams")
                    .add("https://www.w3.org/ns/solid/notification/v1"))
            .add("id", id)
            .add("type", type)
            .add("object", object);
    target.ifPresent(container -> json.add("target", container));
    state.ifPresent(known -> json.add("state", known));
    return json.add("published", time()).build().toString();
  }

  private String turtle() {
    Map<String, String> prefixes = new LinkedHashMap<>();
    prefixes.put("as", AS);
    prefixes.put("notify", Notify.NS);
    prefixes.put("xsd", "http://www.w3.org/2001/XMLSchema#");
    Set<Triple> triples = new LinkedHashSet<>();
    triples.add(triple(RDF.type.asNode(), NodeFactory.createURI(AS + type)));
    triples.add(triple(NodeFactory.createURI(AS + "object"), NodeFactory.createURI(object)));
    target
        .map(NodeFactory::createURI)
        .ifPresent(
            container -> triples.add(triple(NodeFactory.createURI(AS + "target"), container)));
    state
        .map(NodeFactory::createLiteralString)
        .ifPresent(known -> triples.add(triple(Notify.term("state"), known)));
    triples.add(
        triple(
            NodeFactory.createURI(AS + "published"),
            NodeFactory.createLiteralDT(time(), XSDDatatype.XSDdateTime)));
    return new String(
        GraphWriter.bytes(new RdfDocument(triples, prefixes), RdfSyntax.TURTLE, IriForm.ABSOLUTE),
        StandardCharsets.UTF_8);
  }

  private Triple triple(Node predicate, Node object) {
    return Triple.create(NodeFactory.createURI(id), predicate, object);
  }

  private String time() {
    return published.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
