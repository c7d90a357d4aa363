package tripod.identity.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.did.DidDocuments;
import tripod.identity.key.HostKeys;
import tripod.identity.route.Route;
import tripod.identity.token.BearerTokens;
import tripod.identity.token.ClientCredentials;
import tripod.identity.token.Dpop;
import tripod.identity.token.SolidTokens;

/** The addresses of the authorization server, and the service's own DID document. */
public final class OAuthRoutes {
  private static final long FORM_BYTES_MAX = 64 * 1024;

  private final IdentityConfig config;
  private final HostKeys keys;
  private final TokenPost tokenPost;

  /** Serves one issuer. */
  public OAuthRoutes(
      IdentityConfig config,
      HostKeys keys,
      Accounts accounts,
      ClientCredentials clients,
      Dpop dpop,
      SolidTokens solid,
      BearerTokens bearers) {
    this.config = config;
    this.keys = keys;
    this.tokenPost = new TokenPost(accounts, clients, dpop, solid, bearers, config.origin());
  }

  /** Returns the routes. */
  public List<Route> routes() {
    OAuthMetadata metadata = new OAuthMetadata(config.origin());
    List<Route> routes = new ArrayList<>();
    routes.add(get("/.well-known/openid-configuration", metadata::openId));
    routes.add(get("/.well-known/oauth-authorization-server", metadata::authorizationServer));
    routes.add(get("/.well-known/oauth-protected-resource", metadata::protectedResource));
    routes.add(get("/.well-known/did.json", () -> DidDocuments.ofService(config)));
    routes.add(
        Route.get(
            Route.HostKind.SERVICE, "/oauth/jwks", json(() -> keys.publicKeys().toString(true))));
    routes.add(
        Route.post(
            Route.HostKind.SERVICE,
            "/oauth/token",
            Route.Access.TOKEN,
            FORM_BYTES_MAX,
            Route.RateClass.SIGN_IN,
            tokenPost));
    return routes;
  }

  private static Route get(String path, Supplier<ObjectNode> document) {
    return Route.get(Route.HostKind.SERVICE, path, json(() -> document.get().toString()));
  }

  private static Handler json(Supplier<String> document) {
    return request ->
        request
            .header("Access-Control-Allow-Origin", "*")
            .header("Cache-Control", "public, max-age=300")
            .contentType("application/json")
            .result(document.get());
  }
}
