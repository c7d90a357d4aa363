package tripod.identity.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import tripod.identity.IdentityConfig;
import tripod.identity.did.DidDocuments;
import tripod.identity.key.HostKeys;
import tripod.identity.route.Route;

/** The addresses of the authorization server, and the service's own DID document. */
final class OAuthRoutes {
  private final IdentityConfig config;
  private final HostKeys keys;
  private final Posts posts;

  /** What clients post to. */
  record Posts(Handler par, Handler token, Handler revoke, Handler register, Handler apps) {}

  OAuthRoutes(IdentityConfig config, HostKeys keys, Posts posts) {
    this.config = config;
    this.keys = keys;
    this.posts = posts;
  }

  List<Route> routes() {
    OAuthMetadata metadata = new OAuthMetadata(config.origin());
    List<Route> routes = new ArrayList<>();
    routes.add(get("/.well-known/openid-configuration", metadata::openId));
    routes.add(get("/.well-known/oauth-authorization-server", metadata::authorizationServer));
    routes.add(get("/.well-known/oauth-protected-resource", metadata::protectedResource));
    routes.add(get("/.well-known/did.json", () -> DidDocuments.ofService(config)));
    routes.add(
        Route.get(
            Route.HostKind.SERVICE, "/oauth/jwks", json(() -> keys.publicKeys().toString(true))));
    routes.add(post(Route.HostKind.SERVICE, "/oauth/par", posts.par(), Route.RateClass.READ));
    routes.add(post(Route.HostKind.SERVICE, "/oauth/token", posts.token(), Route.RateClass.READ));
    routes.add(post(Route.HostKind.SERVICE, "/oauth/revoke", posts.revoke(), Route.RateClass.READ));
    routes.add(
        post(Route.HostKind.SERVICE, "/oauth/register", posts.register(), Route.RateClass.SIGN_IN));
    // Members' hosts: for clients made for Mastodon, which know no other host.
    routes.add(post(Route.HostKind.POD, "/api/v1/apps", posts.apps(), Route.RateClass.SIGN_IN));
    routes.add(post(Route.HostKind.POD, "/oauth/token", posts.token(), Route.RateClass.READ));
    routes.add(post(Route.HostKind.POD, "/oauth/revoke", posts.revoke(), Route.RateClass.READ));
    routes.add(Route.get(Route.HostKind.POD, Authorizations.PATH, this::toService));
    return routes;
  }

  /** Pages that ask for passwords are on the service's own host alone (SEC-13). */
  private void toService(Context request) {
    String query = request.queryString();
    request
        .status(303)
        .header("Cache-Control", "no-store")
        .header(
            "Location", config.origin() + Authorizations.PATH + (query == null ? "" : "?" + query));
  }

  /**
   * What is posted here cannot be guessed, and one app's server refreshes for all its members: only
   * what makes rows for nobody yet is counted as strictly as signing in.
   */
  private static Route post(
      Route.HostKind host, String path, Handler handler, Route.RateClass rate) {
    return Route.post(host, path, Route.Access.TOKEN, Params.BODY_BYTES_MAX, rate, handler);
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
