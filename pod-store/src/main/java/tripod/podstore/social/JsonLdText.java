package tripod.podstore.social;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.JsonDocument;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.jspecify.annotations.Nullable;
import tripod.podstore.PodFailure;

/** Reads JSON-LD whose contexts are in the document itself, or the one of ActivityStreams. */
final class JsonLdText {
  private static final Duration EXPANSION_TIME_MAX = Duration.ofSeconds(1);
  private static final String CONTEXT_IRI = "https://www.w3.org/ns/activitystreams";

  /** The terms of ActivityStreams that a social resource is read by. */
  private static final String CONTEXT =
      """
      {"@context": {
        "@vocab": "_:",
        "as": "https://www.w3.org/ns/activitystreams#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "id": "@id", "type": "@type",
        "Note": "as:Note", "Article": "as:Article", "Question": "as:Question", "Like": "as:Like",
        "Announce": "as:Announce", "Follow": "as:Follow", "Block": "as:Block",
        "Mention": "as:Mention", "Hashtag": "as:Hashtag", "Link": "as:Link", "Image": "as:Image",
        "Document": "as:Document", "Video": "as:Video", "Audio": "as:Audio",
        "Person": "as:Person", "Public": {"@id": "as:Public", "@type": "@id"},
        "actor": {"@id": "as:actor", "@type": "@id"},
        "object": {"@id": "as:object", "@type": "@id"},
        "attributedTo": {"@id": "as:attributedTo", "@type": "@id"},
        "to": {"@id": "as:to", "@type": "@id"},
        "cc": {"@id": "as:cc", "@type": "@id"},
        "inReplyTo": {"@id": "as:inReplyTo", "@type": "@id"},
        "tag": {"@id": "as:tag", "@type": "@id"},
        "attachment": {"@id": "as:attachment", "@type": "@id"},
        "icon": {"@id": "as:icon", "@type": "@id"},
        "image": {"@id": "as:image", "@type": "@id"},
        "href": {"@id": "as:href", "@type": "@id"},
        "url": {"@id": "as:url", "@type": "@id"},
        "name": "as:name", "nameMap": {"@id": "as:name", "@container": "@language"},
        "summary": "as:summary", "mediaType": "as:mediaType", "rel": "as:rel",
        "content": "as:content",
        "contentMap": {"@id": "as:content", "@container": "@language"},
        "sensitive": "as:sensitive",
        "published": {"@id": "as:published", "@type": "xsd:dateTime"},
        "updated": {"@id": "as:updated", "@type": "xsd:dateTime"},
        "width": {"@id": "as:width", "@type": "xsd:nonNegativeInteger"},
        "height": {"@id": "as:height", "@type": "xsd:nonNegativeInteger"}
      }}
      """;

  private JsonLdText() {}

  /**
   * Reads a document.
   *
   * @throws PodFailure.Invalid when it is not JSON-LD, or names a context that would be fetched
   */
  static Graph read(byte[] bytes, String base) {
    String text = RdfText.utf8(bytes);
    RdfText.checkJsonDepth(text);
    Graph graph = GraphFactory.createDefaultGraph();
    Map<String, Node> blanks = new HashMap<>();
    try {
      JsonLdOptions options =
          new JsonLdOptions(
              (url, any) -> {
                if (url.toString().equals(CONTEXT_IRI)) {
                  return JsonDocument.of(new StringReader(CONTEXT));
                }
                throw new JsonLdError(
                    JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED,
                    "context " + url + " is unknown");
              });
      options.setBase(URI.create(base));
      options.setTimeout(EXPANSION_TIME_MAX);
      JsonLd.toRdf(JsonDocument.of(new StringReader(text)))
          .options(options)
          .provide(
              (subject, predicate, object, datatype, language, direction, name) -> {
                if (name == null && !predicate.startsWith("_:")) {
                  graph.add(
                      Triple.create(
                          node(subject, null, null, blanks),
                          node(predicate, null, null, blanks),
                          node(object, datatype, language, blanks)));
                }
                return null;
              });
    } catch (JsonLdError | IllegalArgumentException | jakarta.json.JsonException e) {
      throw new PodFailure.Invalid("not JSON-LD: " + e.getMessage(), e);
    }
    return graph;
  }

  private static Node node(
      String text, @Nullable String datatype, @Nullable String language, Map<String, Node> blanks) {
    if (language != null && !language.isEmpty()) {
      return NodeFactory.createLiteralLang(text, language);
    }
    if (datatype != null) {
      return NodeFactory.createLiteralDT(
          text, TypeMapper.getInstance().getSafeTypeByName(datatype));
    }
    return text.startsWith("_:")
        ? blanks.computeIfAbsent(text, any -> NodeFactory.createBlankNode())
        : NodeFactory.createURI(text);
  }
}
