package tripod.identity.oauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityFailure;
import tripod.identity.Secret;
import tripod.identity.token.BearerTokens;
import tripod.identity.token.ClientCredentials;
import tripod.identity.token.Dpop;
import tripod.identity.token.SolidAccess;
import tripod.identity.token.SolidTokens;
import tripod.syntax.PodId;

/**
 * {@code POST /oauth/token}, for scripts that act for one person: the grant of client credentials.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.4">RFC 6749, section 4.4</a>
 */
final class TokenPost implements Handler {
  private static final String WEBID = "webid";
  private static final String ACTIVITYPUB = "activitypub";
  private static final Set<String> WITH_WEBID =
      Set.of(WEBID, "openid", "profile", "offline_access");

  private final Accounts accounts;
  private final ClientCredentials clients;
  private final Dpop dpop;
  private final SolidTokens solid;
  private final BearerTokens bearers;
  private final String url;

  TokenPost(
      Accounts accounts,
      ClientCredentials clients,
      Dpop dpop,
      SolidTokens solid,
      BearerTokens bearers,
      URI origin) {
    this.accounts = accounts;
    this.clients = clients;
    this.dpop = dpop;
    this.solid = solid;
    this.bearers = bearers;
    this.url = origin + "/oauth/token";
  }

  /** What a client says of itself. */
  private record Pair(String clientId, Secret secret) {}

  /** A refusal in the words of RFC 6749 section 5.2. */
  private static final class OAuthRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String error;

    OAuthRefusal(int status, String error, String description) {
      super(description);
      this.status = status;
      this.error = error;
    }
  }

  @Override
  public void handle(Context request) {
    request.header("Cache-Control", "no-store");
    request.header("Access-Control-Allow-Origin", "*");
    try {
      request.contentType("application/json").result(answer(request).toString());
    } catch (OAuthRefusal e) {
      refuse(request, e.status, e.error, e.getMessage());
    } catch (IdentityFailure.BadToken e) {
      refuse(request, 400, "invalid_dpop_proof", e.getMessage());
    }
  }

  private static void refuse(
      Context request, int status, String error, @Nullable String description) {
    if (status == 401) {
      request.header("WWW-Authenticate", "Basic realm=\"oauth\"");
    }
    request
        .status(status)
        .contentType("application/json")
        .result(
            JsonNodeFactory.instance
                .objectNode()
                .put("error", error)
                .put("error_description", description)
                .toString());
  }

  private ObjectNode answer(Context request) {
    String grant = form(request, "grant_type").orElse("");
    if (!grant.equals("client_credentials")) {
      throw new OAuthRefusal(
          400,
          grant.isEmpty() ? "invalid_request" : "unsupported_grant_type",
          "grant_type must be client_credentials");
    }
    Pair pair = pair(request);
    PodId pod =
        clients
            .check(pair.clientId(), pair.secret())
            .orElseThrow(
                () -> new OAuthRefusal(401, "invalid_client", "unknown client or wrong secret"));
    if (accounts.byPod(pod).filter(Account::isActive).isEmpty()) {
      throw new OAuthRefusal(400, "invalid_grant", "the account is not active");
    }
    List<String> scopes =
        Arrays.stream(form(request, "scope").orElse(WEBID).split(" "))
            .filter(scope -> !scope.isEmpty())
            .toList();
    if (scopes.equals(List.of(ACTIVITYPUB))) {
      String token = bearers.issue(pod, pair.clientId(), ACTIVITYPUB);
      return token(token, "Bearer", BearerTokens.LIFE.toSeconds(), ACTIVITYPUB);
    }
    if (!scopes.contains(WEBID) || !WITH_WEBID.containsAll(scopes)) {
      throw new OAuthRefusal(400, "invalid_scope", "scope must be webid or activitypub");
    }
    List<String> proofs = Collections.list(request.req().getHeaders("DPoP"));
    String thumbprint = dpop.verify(proofs, "POST", url, Optional.empty());
    return token(
        solid.issue(pod, pair.clientId(), thumbprint), "DPoP", SolidAccess.LIFE.toSeconds(), WEBID);
  }

  private static ObjectNode token(String token, String type, long seconds, String scope) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("access_token", token)
        .put("token_type", type)
        .put("expires_in", seconds)
        .put("scope", scope);
  }

  private static Pair pair(Context request) {
    String authorization = request.header("Authorization");
    if (authorization == null) {
      return new Pair(
          form(request, "client_id").orElseThrow(TokenPost::noClient),
          Secret.of(form(request, "client_secret").orElseThrow(TokenPost::noClient)));
    }
    if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
      throw noClient();
    }
    try {
      String text =
          new String(
              Base64.getDecoder().decode(authorization.substring(6).strip()),
              StandardCharsets.UTF_8);
      int colon = text.indexOf(':');
      if (colon < 0) {
        throw noClient();
      }
      // RFC 6749 section 2.3.1: both are form-encoded before they are put together.
      return new Pair(
          URLDecoder.decode(text.substring(0, colon), StandardCharsets.UTF_8),
          Secret.of(URLDecoder.decode(text.substring(colon + 1), StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      throw noClient();
    }
  }

  private static OAuthRefusal noClient() {
    return new OAuthRefusal(401, "invalid_client", "expected a client id and secret");
  }

  private static Optional<String> form(Context request, String name) {
    List<String> values = request.formParams(name);
    if (values.size() > 1) {
      throw new OAuthRefusal(400, "invalid_request", name + " came more than once");
    }
    return values.stream().findFirst();
  }
}
