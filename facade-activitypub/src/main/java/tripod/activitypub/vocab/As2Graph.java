package tripod.activitypub.vocab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import org.apache.jena.sys.JenaSystem;
import org.apache.jena.vocabulary.RDF;
import tripod.podstore.social.Audiences;
import tripod.podstore.social.NoteView;
import tripod.podstore.social.RefReading;
import tripod.syntax.AtUri;
import tripod.syntax.PodNames;

/**
 * Reads a stored object as the RDF graph that Solid readers see: the members that ActivityStreams
 * defines, by a fixed table, whatever the object's own context says.
 *
 * <p>Without blank nodes: parts are named by fragments, as {@code #tag-1}.
 */
final class As2Graph {
  private static final String AS = "https://www.w3.org/ns/activitystreams#";
  private static final String TP = "https://w3id.org/tripod/ns#";
  private static final Set<String> IRIS =
      Set.of(
          "attributedTo",
          "actor",
          "object",
          "to",
          "cc",
          "inReplyTo",
          "href",
          "context",
          "items",
          "target");
  private static final Set<String> PARTS =
      Set.of("tag", "attachment", "url", "icon", "image", "location");
  private static final Set<String> TIMES = Set.of("published", "updated", "startTime", "endTime");
  private static final Set<String> TEXTS = Set.of("name", "summary", "mediaType", "rel");
  private static final Set<String> NUMBERS = Set.of("width", "height");
  private static final Map<String, String> TYPES =
      Map.of(
          "PropertyValue", "http://schema.org/PropertyValue",
          "Emoji", "http://joinmastodon.org/ns#Emoji");

  static {
    JenaSystem.init(); // before any of its terms is made
  }

  private final Graph graph = GraphFactory.createDefaultGraph();
  private final String id;
  private final PodNames names;

  private As2Graph(String id, PodNames names) {
    this.id = id;
    this.names = names;
  }

  static Graph of(ObjectNode object, String id, PodNames names) {
    As2Graph reading = new As2Graph(id, names);
    Node self = NodeFactory.createURI(id);
    reading.node(self, object);
    if (As2Json.type(object).equals("Follow")) {
      // FOL-2: open until the other side has accepted.
      reading.graph.add(
          self, NodeFactory.createURI(TP + "acceptState"), NodeFactory.createURI(TP + "pending"));
    }
    return reading.graph;
  }

  private void node(Node self, ObjectNode object) {
    for (JsonNode type : As2Json.each(object, "type")) {
      if (type.isTextual()) {
        iri(self, RDF.type.asNode(), TYPES.getOrDefault(type.textValue(), AS + type.textValue()));
      }
    }
    content(self, object);
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      String name = member.getKey();
      if (IRIS.contains(name)) {
        As2Json.references(object, name).forEach(value -> iri(self, as(name), spelled(value)));
      } else if (PARTS.contains(name)) {
        parts(self, name, As2Json.each(object, name));
      } else if (name.equals("quote")) {
        As2Json.reference(object, name)
            .ifPresent(
                value ->
                    iri(self, NodeFactory.createURI("https://w3id.org/fep/044f#quote"), value));
      } else {
        literal(self, name, member.getValue());
      }
    }
  }

  private void content(Node self, ObjectNode object) {
    As2Json.text(object, "content")
        .ifPresent(
            html -> {
              String language = "";
              if (object.get("contentMap") instanceof ObjectNode map) {
                for (Map.Entry<String, JsonNode> entry : map.properties()) {
                  if (language.isEmpty() && entry.getValue().asText().equals(html)) {
                    language = entry.getKey();
                  }
                }
              }
              graph.add(
                  self,
                  as("content"),
                  language.isEmpty()
                      ? NodeFactory.createLiteralString(html)
                      : NodeFactory.createLiteralLang(html, language));
            });
  }

  private void parts(Node self, String name, List<JsonNode> values) {
    int number = 0;
    for (JsonNode value : values) {
      if (value instanceof ObjectNode part) {
        Node node = NodeFactory.createURI(id + "#" + name + "-" + ++number);
        graph.add(self, as(name), node);
        node(node, part);
      } else if (value.isTextual()) {
        iri(self, as(name), value.textValue());
      }
    }
  }

  private void literal(Node self, String name, JsonNode value) {
    if (TIMES.contains(name) && value.isTextual()) {
      graph.add(
          self, as(name), NodeFactory.createLiteralDT(value.textValue(), XSDDatatype.XSDdateTime));
    } else if (TEXTS.contains(name) && value.isTextual()) {
      graph.add(self, as(name), NodeFactory.createLiteralString(value.textValue()));
    } else if (NUMBERS.contains(name) && value.isIntegralNumber()) {
      graph.add(
          self, as(name), NodeFactory.createLiteralDT(value.asText(), XSDDatatype.XSDinteger));
    } else if (name.equals("sensitive") && value.isBoolean()) {
      graph.add(
          self, as(name), NodeFactory.createLiteralDT(value.asText(), XSDDatatype.XSDboolean));
    }
  }

  /** The public collection has three spellings in JSON, and an at-uri its own in RDF (NAM-2). */
  private String spelled(String value) {
    if (Audiences.of(List.of(value), List.of(), names).audience().isOpen()) {
      return NoteView.PUBLIC;
    }
    return value.startsWith("at://")
        ? RefReading.of(value).at().map(AtUri::toIri).orElse(value)
        : value;
  }

  private void iri(Node self, Node predicate, String iri) {
    if (RefReading.isIri(iri)) {
      graph.add(self, predicate, NodeFactory.createURI(iri));
    }
  }

  private static Node as(String name) {
    return NodeFactory.createURI(AS + name);
  }
}
