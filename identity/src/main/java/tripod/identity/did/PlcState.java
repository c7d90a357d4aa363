package tripod.identity.did;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tripod.identity.key.Curve;
import tripod.identity.key.DidKey;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/**
 * What a did:plc identity says of itself between two operations.
 *
 * @param rotationKeys keys that may sign the next operation, the most powerful first
 * @param verificationMethods keys by name, as {@code did:key}
 * @param alsoKnownAs other names, the handle first
 * @param services services by name
 */
public record PlcState(
    List<String> rotationKeys,
    Map<String, String> verificationMethods,
    List<String> alsoKnownAs,
    Map<String, Service> services) {
  private static final String AT = "at://";

  /** Says nothing at all. */
  static final PlcState NOTHING = new PlcState(List.of(), Map.of(), List.of(), Map.of());

  public PlcState {
    rotationKeys = List.copyOf(rotationKeys);
    verificationMethods = Collections.unmodifiableMap(new LinkedHashMap<>(verificationMethods));
    alsoKnownAs = List.copyOf(alsoKnownAs);
    services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
  }

  /**
   * A service.
   *
   * @param type its type
   * @param endpoint its address
   */
  public record Service(String type, String endpoint) {}

  /** Describes a new identity hosted here. */
  public static PlcState of(
      List<String> rotationKeys, String signingKey, Handle handle, String pds) {
    return new PlcState(
        rotationKeys,
        Map.of("atproto", signingKey),
        List.of(AT + handle),
        Map.of("atproto_pds", new Service("AtprotoPersonalDataServer", pds)));
  }

  /** Reads the first operations of 2022, which had other fields. */
  static PlcState legacy(String signingKey, String recoveryKey, String handle, String service) {
    String name = handle.replace("http://", "").replace("https://", "");
    return new PlcState(
        List.of(recoveryKey, signingKey),
        Map.of("atproto", signingKey),
        List.of(name.startsWith(AT) ? name : AT + name),
        Map.of(
            "atproto_pds",
            new Service(
                "AtprotoPersonalDataServer",
                service.startsWith("http") ? service : "https://" + service)));
  }

  /** Returns this state with another handle in the place of the first one. */
  public PlcState withHandle(Handle handle) {
    List<String> names = new ArrayList<>(alsoKnownAs);
    int at = 0;
    while (at < names.size() && !names.get(at).startsWith(AT)) {
      at++;
    }
    if (at < names.size()) {
      names.set(at, AT + handle);
    } else {
      names.addFirst(AT + handle);
    }
    return new PlcState(rotationKeys, verificationMethods, names, services);
  }

  void writeTo(ObjectNode json) {
    ArrayNode rotation = json.putArray("rotationKeys");
    rotationKeys.forEach(rotation::add);
    ObjectNode methods = json.putObject("verificationMethods");
    verificationMethods.forEach(methods::put);
    ArrayNode names = json.putArray("alsoKnownAs");
    alsoKnownAs.forEach(names::add);
    ObjectNode listed = json.putObject("services");
    services.forEach(
        (name, service) ->
            listed.putObject(name).put("type", service.type()).put("endpoint", service.endpoint()));
  }

  /** Returns the state as a directory gives it at {@code /data}. */
  public ObjectNode data(Did did) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("did", did.value());
    writeTo(json);
    return json;
  }

  /** Returns the DID document this state stands for. */
  public ObjectNode document(Did did) {
    Set<String> contexts = new LinkedHashSet<>();
    contexts.add("https://www.w3.org/ns/did/v1");
    contexts.add("https://w3id.org/security/multikey/v1");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode context = json.putArray("@context");
    json.put("id", did.value());
    ArrayNode names = json.putArray("alsoKnownAs");
    alsoKnownAs.forEach(names::add);
    ArrayNode methods = json.putArray("verificationMethod");
    verificationMethods.forEach(
        (name, key) -> {
          context(key, contexts);
          methods
              .addObject()
              .put("id", did + "#" + name)
              .put("type", "Multikey")
              .put("controller", did.value())
              .put("publicKeyMultibase", key.substring("did:key:".length()));
        });
    ArrayNode listed = json.putArray("service");
    services.forEach(
        (name, service) ->
            listed
                .addObject()
                .put("id", "#" + name)
                .put("type", service.type())
                .put("serviceEndpoint", service.endpoint()));
    contexts.forEach(context::add);
    return json;
  }

  private static void context(String key, Set<String> contexts) {
    try {
      contexts.add(
          DidKey.parse(key).curve() == Curve.K256
              ? "https://w3id.org/security/suites/secp256k1-2019/v1"
              : "https://w3id.org/security/suites/ecdsa-2019/v1");
    } catch (IllegalArgumentException e) {
      // Any other kind of key is a Multikey without a suite of its own.
      contexts.add("https://w3id.org/security/multikey/v1");
    }
  }
}
