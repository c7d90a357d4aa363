package tripod.identity.oauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.scope.Permissions;
import tripod.identity.token.BearerTokens;
import tripod.identity.token.ClientCredentials;
import tripod.identity.token.SolidAccess;
import tripod.identity.token.SolidTokens;
import tripod.syntax.PodId;

/**
 * Tokens for scripts that act for one person: the grant of client credentials.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-4.4">RFC 6749, section 4.4</a>
 */
final class CredentialsGrant {
  private static final String WEBID = "webid";
  private static final String ACTIVITYPUB = "activitypub";
  private static final Set<String> WITH_WEBID =
      Set.of(WEBID, "openid", "profile", "offline_access");

  private final Exchange exchange;
  private final Accounts accounts;
  private final ClientCredentials clients;
  private final SolidTokens solid;
  private final BearerTokens bearers;

  CredentialsGrant(
      Exchange exchange,
      Accounts accounts,
      ClientCredentials clients,
      SolidTokens solid,
      BearerTokens bearers) {
    this.exchange = exchange;
    this.accounts = accounts;
    this.clients = clients;
    this.solid = solid;
    this.bearers = bearers;
  }

  ObjectNode answer(Context request, Params params) {
    Clients.Shown shown = Exchange.shown(request, params);
    PodId pod =
        shown
            .secret()
            .flatMap(secret -> clients.check(shown.clientId(), secret))
            .orElseThrow(() -> OAuthFailure.client("unknown client or wrong secret"));
    if (accounts.byPod(pod).filter(Account::isActive).isEmpty()) {
      throw OAuthFailure.grant("the account is not active");
    }
    List<String> scopes = Permissions.split(params.find("scope").orElse(WEBID));
    if (scopes.equals(List.of(ACTIVITYPUB))) {
      String token = bearers.issue(pod, shown.clientId(), ACTIVITYPUB);
      return token(token, "Bearer", BearerTokens.LIFE.toSeconds(), ACTIVITYPUB);
    }
    if (!scopes.contains(WEBID) || !WITH_WEBID.containsAll(scopes)) {
      throw new OAuthFailure("invalid_scope", "scope must be webid or activitypub");
    }
    String thumbprint = exchange.proof(request, /* withNonce= */ false);
    return token(
        solid.issue(pod, shown.clientId(), thumbprint, Optional.of(shown.clientId())),
        "DPoP",
        SolidAccess.LIFE.toSeconds(),
        WEBID);
  }

  private static ObjectNode token(String token, String type, long seconds, String scope) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("access_token", token)
        .put("token_type", type)
        .put("expires_in", seconds)
        .put("scope", scope);
  }
}
