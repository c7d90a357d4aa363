package tripod.identity.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.jwk.JWKSet;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tripod.identity.scope.Permissions;

/**
 * Understands what clients publish of themselves.
 *
 * @see <a href="https://atproto.com/specs/oauth#clients">AT Protocol: OAuth clients</a>
 * @see <a href="https://solidproject.org/TR/oidc#clientids-document">Solid-OIDC, section 5.1</a>
 */
final class ClientMetadata {
  /** What Solid documents say to be. */
  static final String SOLID_CONTEXT = "https://www.w3.org/ns/solid/oidc-context.jsonld";

  private static final String LOOPBACK = "http://localhost";
  private static final int NAME_CHARS_MAX = 200;
  private static final int REDIRECTS_MAX = 50;

  private ClientMetadata() {}

  /** Reads the document of an ATProto client (atproto.md 5.3). */
  static Client atproto(String clientId, URI where, JsonNode json) {
    checkId(clientId, json);
    List<String> redirects = texts(json, "redirect_uris");
    List<String> scopes = List.of(json.path("scope").asText("").split(" ", -1));
    if (!texts(json, "grant_types").contains("authorization_code")
        || !texts(json, "response_types").contains("code")) {
      throw OAuthFailure.metadata("expected the grant type authorization_code and the type code");
    }
    if (!json.path("dpop_bound_access_tokens").asBoolean(false)) {
      throw OAuthFailure.metadata("expected dpop_bound_access_tokens to be true");
    }
    if (!scopes.contains("atproto") || Set.copyOf(new ArrayList<>(scopes)).size() < scopes.size()) {
      throw OAuthFailure.metadata("expected the scope atproto, and each scope once");
    }
    String kind = json.path("application_type").asText("web");
    if (!kind.equals("web") && !kind.equals("native")) {
      throw OAuthFailure.metadata("application_type is web or native");
    }
    boolean isNative = kind.equals("native");
    if (redirects.isEmpty() || redirects.size() > REDIRECTS_MAX) {
      throw OAuthFailure.metadata("expected 1 to " + REDIRECTS_MAX + " redirect_uris");
    }
    redirects.forEach(one -> RedirectUris.checkAtproto(one, where.getHost(), isNative));
    Client.Auth auth = auth(json, isNative);
    return new Client(
        clientId,
        Dialect.ATPROTO,
        name(json),
        home(json, where),
        redirects,
        Set.copyOf(scopes),
        isNative,
        texts(json, "grant_types").contains("refresh_token"),
        auth);
  }

  /** Reads the document of a Solid client; its context is not fetched (solid.md 3.2 O3). */
  static Client solid(String clientId, JsonNode json) {
    checkId(clientId, json);
    JsonNode context = json.path("@context");
    boolean known =
        context.asText("").equals(SOLID_CONTEXT)
            || texts(json, "@context").stream().anyMatch(SOLID_CONTEXT::equals);
    List<String> redirects = texts(json, "redirect_uris");
    if (!known || redirects.isEmpty() || redirects.size() > REDIRECTS_MAX) {
      throw OAuthFailure.metadata("expected the context of Solid-OIDC and redirect_uris");
    }
    redirects.forEach(RedirectUris::checkOwn);
    boolean listsTypes = json.has("grant_types");
    return new Client(
        clientId,
        Dialect.SOLID,
        name(json),
        Optional.empty(),
        redirects,
        Set.of(),
        true,
        !listsTypes || texts(json, "grant_types").contains("refresh_token"),
        new Client.Auth.None());
  }

  /** Says whether a client id is one of those that stand for a program under development. */
  static boolean isLoopback(String clientId) {
    return clientId.equals(LOOPBACK)
        || clientId.equals(LOOPBACK + "/")
        || clientId.startsWith(LOOPBACK + "?")
        || clientId.startsWith(LOOPBACK + "/?");
  }

  /** Makes the client that a loopback client id stands for; nothing is fetched. */
  static Client loopback(String clientId) {
    List<String> redirects = new ArrayList<>();
    Set<String> scopes = new LinkedHashSet<>();
    int question = clientId.indexOf('?');
    String query = question < 0 ? "" : clientId.substring(question + 1);
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (pair.isEmpty()) {
        continue;
      }
      String value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
      switch (equals < 0 ? pair : pair.substring(0, equals)) {
        case "redirect_uri" -> {
          URI uri =
              RedirectUris.parse(value)
                  .filter(RedirectUris::isLoopback)
                  .orElseThrow(
                      () ->
                          new OAuthFailure(
                              "invalid_redirect_uri", "expected http://127.0.0.1 or http://[::1]"));
          redirects.add(uri.toString());
        }
        case "scope" -> scopes.addAll(Permissions.split(value));
        default -> throw new OAuthFailure("invalid_client_id", "only redirect_uri and scope");
      }
    }
    if (redirects.isEmpty()) {
      redirects.add("http://127.0.0.1/");
      redirects.add("http://[::1]/");
    }
    if (scopes.isEmpty()) {
      scopes.add("atproto");
    }
    if (!scopes.contains("atproto")) {
      throw new OAuthFailure("invalid_client_id", "expected the scope atproto");
    }
    return new Client(
        clientId,
        Dialect.ATPROTO,
        Optional.empty(),
        Optional.empty(),
        redirects,
        scopes,
        true,
        true,
        new Client.Auth.None());
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new OAuthFailure("invalid_client_id", "the client id cannot be read", e);
    }
  }

  private static void checkId(String clientId, JsonNode json) {
    if (!json.path("client_id").asText("").equals(clientId)) {
      throw OAuthFailure.metadata("the document is not about this client id");
    }
  }

  private static Client.Auth auth(JsonNode json, boolean isNative) {
    String method = json.path("token_endpoint_auth_method").asText("none");
    boolean names = json.has("token_endpoint_auth_signing_alg");
    if (method.equals("none")) {
      if (names) {
        throw OAuthFailure.metadata("a client without keys names no signing algorithm");
      }
      return new Client.Auth.None();
    }
    if (!method.equals("private_key_jwt") || isNative) {
      throw OAuthFailure.metadata("token_endpoint_auth_method is none, or private_key_jwt on web");
    }
    if (!names || json.has("jwks") == json.has("jwks_uri")) {
      throw OAuthFailure.metadata("expected a signing algorithm, and jwks or jwks_uri");
    }
    return json.has("jwks")
        ? new Client.Auth.Keys(Optional.of(keys(json.path("jwks"))), Optional.empty())
        : new Client.Auth.Keys(
            Optional.empty(),
            Optional.of(
                RedirectUris.parse(json.path("jwks_uri").asText(""))
                    .orElseThrow(() -> OAuthFailure.metadata("jwks_uri is no address"))));
  }

  /** Reads a set of keys. */
  static JWKSet keys(JsonNode json) {
    try {
      return JWKSet.parse(json.toString()).toPublicJWKSet();
    } catch (ParseException | IllegalArgumentException e) {
      throw new OAuthFailure("invalid_client_metadata", "the client's keys do not read", e);
    }
  }

  private static Optional<URI> home(JsonNode json, URI where) {
    if (!json.has("client_uri")) {
      return Optional.empty();
    }
    URI home =
        RedirectUris.parse(json.path("client_uri").asText(""))
            .orElseThrow(() -> OAuthFailure.metadata("client_uri is no address"));
    String path = home.getRawPath() == null ? "" : home.getRawPath();
    String folder = path.endsWith("/") ? path : path + "/";
    String own = where.getRawPath();
    if (!where.getScheme().equals(home.getScheme())
        || !where.getAuthority().equals(home.getAuthority())
        || !(own.startsWith(folder) || own.equals(path))) {
      throw OAuthFailure.metadata("client_uri must be above the client id");
    }
    return Optional.of(home);
  }

  /** Returns what a client calls itself, made fit to be shown. */
  static Optional<String> name(JsonNode json) {
    return shown(json.path("client_name").asText(""));
  }

  /** Makes a name fit to be shown: one line, not too long; empty when nothing is left. */
  static Optional<String> shown(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", " ").strip();
    return plain.isEmpty()
        ? Optional.empty()
        : Optional.of(plain.substring(0, Math.min(plain.length(), NAME_CHARS_MAX)));
  }

  /** Returns the texts of a list. */
  static List<String> texts(JsonNode json, String name) {
    List<String> texts = new ArrayList<>();
    for (JsonNode one : json.path(name)) {
      if (one.isTextual()) {
        texts.add(one.textValue());
      }
    }
    return texts;
  }
}
