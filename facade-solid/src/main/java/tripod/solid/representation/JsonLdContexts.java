package tripod.solid.representation;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The JSON-LD contexts that a document may name by address: those that come with Tripod, and no
 * other (SEC-32).
 */
public final class JsonLdContexts {
  private static final Map<String, String> BUNDLED =
      Map.of(
          "https://www.w3.org/ns/activitystreams", "activitystreams.jsonld",
          "http://www.w3.org/ns/activitystreams", "activitystreams.jsonld",
          "https://w3id.org/security/v1", "security-v1.jsonld",
          "https://www.w3.org/ns/solid/notifications-context/v1", "notifications.jsonld",
          "https://www.w3.org/ns/solid/notification/v1", "notifications.jsonld");

  private final Map<String, JsonStructure> read = new ConcurrentHashMap<>();

  /** Returns the document behind a context's address, or empty for one that is not bundled. */
  public Optional<JsonStructure> find(String address) {
    String file = BUNDLED.get(address);
    return file == null
        ? Optional.empty()
        : Optional.of(read.computeIfAbsent(file, JsonLdContexts::load));
  }

  private static JsonObject load(String file) {
    try (InputStream in = JsonLdContexts.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("missing from the build: " + file);
      }
      try (var reader =
          Json.createReader(new java.io.InputStreamReader(in, StandardCharsets.UTF_8))) {
        return reader.readObject();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
