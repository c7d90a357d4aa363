package tripod.identity.oauth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;

/** The documents by which clients find out what this server can do. */
final class OAuthMetadata {
  private static final List<String> PROOF_ALGORITHMS =
      List.of("ES256", "ES384", "ES512", "RS256", "PS256", "EdDSA");

  private final String origin;

  OAuthMetadata(URI origin) {
    this.origin = origin.toString();
  }

  /** For Solid: OpenID Connect Discovery and Solid-OIDC section 6. */
  ObjectNode openId() {
    ObjectNode json = common();
    list(json, "scopes_supported", "openid", "webid", "offline_access", "profile", "activitypub");
    list(
        json, "grant_types_supported", "authorization_code", "refresh_token", "client_credentials");
    list(
        json,
        "token_endpoint_auth_methods_supported",
        "client_secret_basic",
        "client_secret_post",
        "none");
    list(json, "id_token_signing_alg_values_supported", "ES256");
    list(json, "claims_supported", "webid", "sub", "iss", "aud", "azp", "exp", "iat");
    list(json, "response_types_supported", "code");
    json.put("registration_endpoint", origin + "/oauth/register");
    return json;
  }

  /** For ATProto: RFC 8414 with the profile's demands (atproto.md 5.2). */
  ObjectNode authorizationServer() {
    ObjectNode json = common();
    list(
        json,
        "scopes_supported",
        "atproto",
        "transition:email",
        "transition:generic",
        "transition:chat.bsky");
    list(json, "grant_types_supported", "authorization_code", "refresh_token");
    list(json, "token_endpoint_auth_methods_supported", "none", "private_key_jwt");
    list(
        json,
        "token_endpoint_auth_signing_alg_values_supported",
        PROOF_ALGORITHMS.toArray(String[]::new));
    list(json, "response_types_supported", "code");
    list(json, "ui_locales_supported", "en-US");
    list(json, "display_values_supported", "page", "popup", "touch");
    list(json, "prompt_values_supported", "none", "login", "consent", "select_account", "create");
    list(json, "request_object_signing_alg_values_supported", "ES256");
    json.put("pushed_authorization_request_endpoint", origin + "/oauth/par");
    json.put("require_pushed_authorization_requests", true);
    json.put("client_id_metadata_document_supported", true);
    json.put("require_request_uri_registration", true);
    list(json, "protected_resources", origin);
    return json;
  }

  /** Who guards what is served here: RFC 9728. */
  ObjectNode protectedResource() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("resource", origin);
    list(json, "authorization_servers", origin);
    json.putArray("scopes_supported");
    list(json, "bearer_methods_supported", "header");
    json.put("resource_documentation", "https://atproto.com");
    return json;
  }

  private ObjectNode common() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("issuer", origin);
    json.put("authorization_endpoint", origin + "/oauth/authorize");
    json.put("token_endpoint", origin + "/oauth/token");
    json.put("revocation_endpoint", origin + "/oauth/revoke");
    json.put("jwks_uri", origin + "/oauth/jwks");
    list(json, "subject_types_supported", "public");
    list(json, "response_modes_supported", "query", "fragment", "form_post");
    list(json, "code_challenge_methods_supported", "S256");
    json.put("authorization_response_iss_parameter_supported", true);
    ArrayNode algorithms = json.putArray("dpop_signing_alg_values_supported");
    PROOF_ALGORITHMS.forEach(algorithms::add);
    return json;
  }

  private static void list(ObjectNode json, String name, String... values) {
    ArrayNode array = json.putArray(name);
    for (String value : values) {
      array.add(value);
    }
  }
}
