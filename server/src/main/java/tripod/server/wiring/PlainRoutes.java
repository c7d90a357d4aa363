package tripod.server.wiring;

import io.javalin.http.Context;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.route.Route;

/** Small addresses that belong to no door (atproto.md 1.5). */
final class PlainRoutes {
  private static final int HOST_CHARS_MAX = 253;

  private final Accounts accounts;
  private final URI origin;

  PlainRoutes(Accounts accounts, URI origin) {
    this.accounts = accounts;
    this.origin = origin;
  }

  List<Route> routes() {
    return List.of(
        Route.get(Route.HostKind.SERVICE, "/robots.txt", PlainRoutes::robots),
        Route.get(
            Route.HostKind.SERVICE, "/.well-known/change-password", PlainRoutes::changePassword),
        Route.get(Route.HostKind.ADMIN, "/internal/tls-allow", this::tlsAllow));
  }

  private static void robots(Context request) {
    request.contentType("text/plain; charset=utf-8");
    request.result("User-agent: *\nAllow: /\n");
  }

  private static void changePassword(Context request) {
    request.status(302);
    request.header("Location", "/console");
  }

  /**
   * Says to a proxy whether it may get a certificate for a host name (identity-byod.md 7): asked at
   * every first handshake, so that what is answered is in memory.
   */
  private void tlsAllow(Context request) {
    String domain =
        Optional.ofNullable(request.queryParam("domain")).orElse("").toLowerCase(Locale.ROOT);
    if (domain.isEmpty() || domain.length() > HOST_CHARS_MAX) {
      request.status(400);
      request.json(new Problem("InvalidRequest", "expected the host name as domain"));
    } else if (!domain.equals(origin.getHost())
        && accounts.byHost(domain).filter(Account::isActive).isEmpty()) {
      request.status(404);
      request.json(new Problem("NotFound", "no pod answers to this host name"));
    } else {
      request.json(new Allowed(true));
    }
  }

  private record Problem(String error, String message) {}

  private record Allowed(boolean success) {}
}
