package tripod.podstore.rdf;

import com.apicatalog.jsonld.JsonLd;
import com.apicatalog.jsonld.JsonLdError;
import com.apicatalog.jsonld.JsonLdErrorCode;
import com.apicatalog.jsonld.JsonLdOptions;
import com.apicatalog.jsonld.document.Document;
import com.apicatalog.jsonld.document.JsonDocument;
import com.apicatalog.rdf.api.RdfQuadConsumer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.jspecify.annotations.Nullable;
import tripod.podstore.PodFailure;

/** Reads JSON-LD with the contexts that come with Tripod, and with no other (SEC-32). */
public final class JsonLdReading {
  private static final Map<String, String> BUNDLED =
      Map.of(
          "https://www.w3.org/ns/activitystreams", "activitystreams.jsonld",
          "http://www.w3.org/ns/activitystreams", "activitystreams.jsonld",
          "https://w3id.org/security/v1", "security-v1.jsonld",
          "https://www.w3.org/ns/solid/notifications-context/v1", "notifications.jsonld",
          "https://www.w3.org/ns/solid/notification/v1", "notifications.jsonld");
  private static final ConcurrentHashMap<String, JsonStructure> READ = new ConcurrentHashMap<>();
  private static final JsonObject NOTHING =
      Json.createObjectBuilder().add("@context", Json.createObjectBuilder()).build();

  private JsonLdReading() {}

  /**
   * Reads a document.
   *
   * @param lenient whether a context that is not bundled says nothing, as servers of the fediverse
   *     take it; else it is refused
   * @param sink takes the triples and counts them; what it throws ends the reading
   * @throws PodFailure.Invalid when it is no JSON-LD, or one that is not taken
   */
  public static void read(byte[] bytes, String base, boolean lenient, Consumer<Triple> sink) {
    DepthScan.json(bytes);
    if (new String(bytes, StandardCharsets.UTF_8).contains("\"@import\"")) {
      throw new PodFailure.Invalid("a context with @import is not taken");
    }
    if (bytes.length > RdfLimits.CONTEXT_CHARS_MAX) {
      checkContexts(bytes);
    }
    var options = new JsonLdOptions((url, _) -> context(url, lenient));
    options.setBase(URI.create(base));
    options.setTimeout(Duration.ofMillis(RdfLimits.JSON_LD_MS_MAX));
    options.setOrdered(false);
    try {
      JsonLd.toRdf(JsonDocument.of(new ByteArrayInputStream(bytes)))
          .options(options)
          .provide(new Quads(sink));
    } catch (JsonLdError e) {
      throw new PodFailure.Invalid("the document is no JSON-LD: " + reason(e), e);
    } catch (IllegalArgumentException | IllegalStateException | JsonException e) {
      throw new PodFailure.Invalid("the document is no JSON-LD", e);
    }
  }

  /** SEC-32: a document too small for a context that is too long is not looked at for one. */
  private static void checkContexts(byte[] bytes) {
    try (JsonReader reader = Json.createReader(new ByteArrayInputStream(bytes))) {
      checkContexts(reader.readValue());
    } catch (JsonException e) {
      throw new PodFailure.Invalid("the document is no JSON-LD", e);
    }
  }

  private static void checkContexts(JsonValue value) {
    switch (value) {
      case JsonObject object -> {
        JsonValue context = object.get("@context");
        if (context != null && context.toString().length() > RdfLimits.CONTEXT_CHARS_MAX) {
          throw new PodFailure.Invalid(
              "a context has at most " + RdfLimits.CONTEXT_CHARS_MAX + " characters");
        }
        object.values().forEach(JsonLdReading::checkContexts);
      }
      case JsonArray array -> array.forEach(JsonLdReading::checkContexts);
      default -> {
        // a string, number or word has no context
      }
    }
  }

  private static String reason(JsonLdError error) {
    String message = error.getMessage();
    return message == null
        ? String.valueOf(error.getCode())
        : message.lines().findFirst().orElse("");
  }

  private static Document context(URI address, boolean lenient) throws JsonLdError {
    String file = BUNDLED.get(address.toString());
    if (file != null) {
      return JsonDocument.of(READ.computeIfAbsent(file, JsonLdReading::load));
    }
    if (lenient) {
      return JsonDocument.of(NOTHING);
    }
    throw new JsonLdError(
        JsonLdErrorCode.LOADING_REMOTE_CONTEXT_FAILED,
        "the context " + address + " is not one of those bundled here");
  }

  private static JsonStructure load(String file) {
    try (InputStream in = JsonLdReading.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("missing from the build: " + file);
      }
      try (var reader = Json.createReader(in)) {
        return reader.readObject();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Turns the processor's words into terms. */
  private static final class Quads implements RdfQuadConsumer {
    private static final String STRING = "http://www.w3.org/2001/XMLSchema#string";

    private final Consumer<Triple> sink;
    private final Map<String, Node> blanks = new HashMap<>();

    Quads(Consumer<Triple> sink) {
      this.sink = sink;
    }

    @Override
    public RdfQuadConsumer quad(
        String subject,
        String predicate,
        String object,
        @Nullable String datatype,
        @Nullable String language,
        @Nullable String direction,
        @Nullable String graph) {
      if (graph != null) {
        throw new PodFailure.Invalid("a document is one graph; this one names another");
      }
      sink.accept(
          Triple.create(
              resource(subject), resource(predicate), object(object, datatype, language)));
      return this;
    }

    private Node object(String object, @Nullable String datatype, @Nullable String language) {
      if (language != null && !language.isEmpty()) {
        return NodeFactory.createLiteralLang(object, language);
      }
      if (datatype == null) {
        return resource(object);
      }
      return datatype.equals(STRING)
          ? NodeFactory.createLiteralString(object)
          : NodeFactory.createLiteralDT(
              object, TypeMapper.getInstance().getSafeTypeByName(datatype));
    }

    private Node resource(String name) {
      return name.startsWith("_:")
          ? blanks.computeIfAbsent(name, _ -> NodeFactory.createBlankNode())
          : NodeFactory.createURI(name);
    }
  }
}
