package tripod.identity.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Set;

/**
 * {@code POST /oauth/register}: Solid apps make themselves known.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591">RFC 7591</a>
 */
final class RegisterPost implements Handler {
  private static final Set<String> METHODS =
      Set.of("none", "client_secret_basic", "client_secret_post");
  private static final int REDIRECTS_MAX = 20;

  private final Exchange exchange;
  private final RegisteredClients clients;

  RegisterPost(Exchange exchange, RegisteredClients clients) {
    this.exchange = exchange;
    this.clients = clients;
  }

  @Override
  public void handle(Context request) {
    exchange.answer(request, 201, this::register);
  }

  private String register(Context request) {
    JsonNode asked = Params.jsonBody(request);
    List<String> redirects = ClientMetadata.texts(asked, "redirect_uris");
    if (redirects.isEmpty() || redirects.size() > REDIRECTS_MAX) {
      throw new OAuthFailure(
          "invalid_redirect_uri", "expected 1 to " + REDIRECTS_MAX + " redirect_uris");
    }
    redirects.forEach(RedirectUris::checkOwn);
    String method = asked.path("token_endpoint_auth_method").asText("client_secret_basic").strip();
    if (!METHODS.contains(method)) {
      throw OAuthFailure.metadata("token_endpoint_auth_method is none or client_secret_basic");
    }
    RegisteredClients.Made made =
        clients.register(
            new RegisteredClients.Wanted(
                Dialect.SOLID,
                ClientMetadata.name(asked),
                RedirectUris.parse(asked.path("client_uri").asText("")),
                redirects,
                Set.of(),
                !method.equals("none")));
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("client_id", made.clientId());
    json.put("client_id_issued_at", made.createdMs() / 1000);
    if (made.secret().isPresent()) {
      json.put("client_secret", made.secret().get());
      json.put(
          "client_secret_expires_at",
          made.createdMs() / 1000 + RegisteredClients.SECRET_LIFE.toSeconds());
    }
    ClientMetadata.name(asked).ifPresent(name -> json.put("client_name", name));
    redirects.forEach(json.putArray("redirect_uris")::add);
    json.put("token_endpoint_auth_method", method);
    json.putArray("grant_types").add("authorization_code").add("refresh_token");
    json.putArray("response_types").add("code");
    json.put("id_token_signed_response_alg", "ES256");
    json.put("dpop_bound_access_tokens", true);
    return json.toString();
  }
}
