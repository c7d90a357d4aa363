package tripod.identity.did;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/**
 * A DID document, read for what this house needs.
 *
 * @param did whose it is
 * @param alsoKnownAs other names claimed, in order
 * @param keys verification methods that could be read, by fragment without the number sign, as
 *     {@code did:key}
 * @param services services by fragment without the number sign
 * @param json the document as it came
 */
public record DidDocument(
    Did did,
    List<String> alsoKnownAs,
    Map<String, String> keys,
    Map<String, Service> services,
    JsonNode json) {
  public DidDocument {
    alsoKnownAs = List.copyOf(alsoKnownAs);
    keys = Map.copyOf(keys);
    services = Map.copyOf(services);
  }

  /** Returns the handle claimed: the first {@code at://} entry, if it is a handle. */
  public Optional<Handle> handle() {
    return alsoKnownAs.stream()
        .filter(name -> name.startsWith("at://"))
        .map(name -> name.substring("at://".length()))
        .filter(Handle::isValid)
        .findFirst()
        .map(Handle::new);
  }

  /** Returns the key that signs the repository, as {@code did:key}. */
  public Optional<String> signingKey() {
    return Optional.ofNullable(keys.get("atproto"));
  }

  /** Returns the origin of the repository's host. */
  public Optional<URI> pds() {
    return Optional.ofNullable(services.get("atproto_pds"))
        .filter(service -> service.type().equals("AtprotoPersonalDataServer"))
        .map(Service::endpoint);
  }

  /**
   * A service entry.
   *
   * @param type its type
   * @param endpoint its address
   */
  public record Service(String type, URI endpoint) {}
}
