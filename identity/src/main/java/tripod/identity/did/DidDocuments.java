package tripod.identity.did;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tripod.identity.IdentityConfig;
import tripod.identity.key.Curve;
import tripod.identity.key.DidKey;
import tripod.syntax.Did;

/**
 * Reads and writes DID documents. What is not understood is skipped; only the id must be right
 * (atproto.md 3.3).
 */
public final class DidDocuments {
  private static final int ENTRIES_MAX = 100;

  private DidDocuments() {}

  /** Reads a document that came for an identity; empty if it is somebody else's. */
  public static Optional<DidDocument> read(Did did, JsonNode json) {
    if (!json.isObject() || !did.value().equals(json.path("id").textValue())) {
      return Optional.empty();
    }
    List<String> names = new ArrayList<>();
    for (JsonNode name : json.path("alsoKnownAs")) {
      if (name.isTextual() && names.size() < ENTRIES_MAX) {
        names.add(name.textValue());
      }
    }
    return Optional.of(new DidDocument(did, names, keys(did, json), services(did, json), json));
  }

  private static Map<String, String> keys(Did did, JsonNode json) {
    Map<String, String> keys = new HashMap<>();
    for (JsonNode method : json.path("verificationMethod")) {
      Optional<String> name = fragment(did, method);
      if (name.isEmpty()
          || keys.containsKey(name.get())
          || keys.size() >= ENTRIES_MAX
          || !did.value().equals(method.path("controller").textValue())) {
        continue;
      }
      key(method).ifPresent(key -> keys.put(name.get(), key.toString()));
    }
    return keys;
  }

  private static Optional<DidKey> key(JsonNode method) {
    String text = method.path("publicKeyMultibase").asText("");
    try {
      return switch (method.path("type").asText("")) {
        case "Multikey" -> Optional.of(DidKey.parseMultikey(text));
        case "EcdsaSecp256k1VerificationKey2019" ->
            Optional.of(DidKey.parsePoint(Curve.K256, text));
        case "EcdsaSecp256r1VerificationKey2019" ->
            Optional.of(DidKey.parsePoint(Curve.P256, text));
        default -> Optional.empty();
      };
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Map<String, DidDocument.Service> services(Did did, JsonNode json) {
    Map<String, DidDocument.Service> services = new LinkedHashMap<>();
    for (JsonNode service : json.path("service")) {
      Optional<String> name = fragment(did, service);
      Optional<URI> endpoint = origin(service.path("serviceEndpoint").asText(""));
      if (name.isPresent() && endpoint.isPresent() && services.size() < ENTRIES_MAX) {
        services.putIfAbsent(
            name.get(), new DidDocument.Service(service.path("type").asText(""), endpoint.get()));
      }
    }
    return services;
  }

  /** Names may be relative or absolute. */
  private static Optional<String> fragment(Did did, JsonNode entry) {
    String id = entry.path("id").asText("");
    if (id.startsWith("#")) {
      return Optional.of(id.substring(1));
    }
    String prefix = did + "#";
    return id.startsWith(prefix) ? Optional.of(id.substring(prefix.length())) : Optional.empty();
  }

  private static Optional<URI> origin(String text) {
    try {
      URI uri = URI.create(text);
      boolean plain =
          ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      return plain ? Optional.of(uri) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Writes the document of the service itself, at {@code /.well-known/did.json}. */
  public static ObjectNode ofService(IdentityConfig config) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("@context").add("https://www.w3.org/ns/did/v1");
    json.put("id", config.serviceDid().value());
    json.putArray("service")
        .addObject()
        .put("id", "#atproto_pds")
        .put("type", "AtprotoPersonalDataServer")
        .put("serviceEndpoint", config.origin().toString());
    return json;
  }
}
