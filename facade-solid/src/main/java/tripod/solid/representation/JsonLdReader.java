package tripod.solid.representation;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.jsonld.loader.DocumentLoader;
import com.apicatalog.rdf.api.RdfQuadConsumer;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;

/** Reads JSON-LD 1.1 with bundled contexts alone (SEC-32). */
final class JsonLdReader {
  /** Longest time an expansion may take. */
  private static final Duration EXPANSION_TIME_MAX = Duration.ofSeconds(1);

  private final DocumentLoader loader;

  JsonLdReader(JsonLdContexts contexts) {
    this.loader =
        (url, options) ->
            JsonDocument.of(
                contexts
                    .find(url.toString())
                    .orElseThrow(
                        () ->
                            new JsonLdError(
                                JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED,
                                "the context " + url + " is not one of those bundled here")));
  }

  void read(byte[] bytes, String base, CountingSink sink) {
    NestingScan.json(bytes);
    if (NestingScan.utf8(bytes).contains("\"@import\"")) {
      throw new MalformedRdf("a context with @import is not taken");
    }
    JsonLdOptions options = new JsonLdOptions(loader);
    options.setBase(URI.create(base));
    options.setTimeout(EXPANSION_TIME_MAX);
    options.setOrdered(false);
    try {
      JsonLd.toRdf(JsonDocument.of(new ByteArrayInputStream(bytes)))
          .options(options)
          .provide(new Quads(sink));
    } catch (JsonLdError e) {
      throw new MalformedRdf("JSON-LD: " + reason(e), e);
    } catch (IllegalArgumentException | IllegalStateException | jakarta.json.JsonException e) {
      throw new MalformedRdf("not JSON-LD", e);
    }
  }

  private static String reason(JsonLdError error) {
    String message = error.getMessage();
    return message == null
        ? String.valueOf(error.getCode())
        : message.lines().findFirst().orElse("");
  }

  /** Turns the processor's strings into terms. */
  private static final class Quads implements RdfQuadConsumer {
    private static final String XSD_STRING = "http://www.w3.org/2001/XMLSchema#string";

    private final CountingSink sink;
    private final Map<String, Node> blanks = new HashMap<>();

    Quads(CountingSink sink) {
      this.sink = sink;
    }

    @Override
    public RdfQuadConsumer quad(
        String subject,
        String predicate,
        String object,
        String datatype,
        String language,
        String direction,
        String graph) {
      if (graph != null) {
        throw new MalformedRdf("a document is one graph, and this one names another");
      }
      sink.triple(
          Triple.create(
              resource(subject), resource(predicate), object(object, datatype, language)));
      return this;
    }

    private Node object(String object, String datatype, String language) {
      if (language != null && !language.isEmpty()) {
        return NodeFactory.createLiteralLang(object, language);
      }
      if (datatype == null) {
        return resource(object);
      }
      return datatype.equals(XSD_STRING)
          ? NodeFactory.createLiteralString(object)
          : NodeFactory.createLiteralDT(
              object, TypeMapper.getInstance().getSafeTypeByName(datatype));
    }

    private Node resource(String name) {
      return name.startsWith("_:")
          ? blanks.computeIfAbsent(name, any -> NodeFactory.createBlankNode())
          : NodeFactory.createURI(name);
    }
  }
}
