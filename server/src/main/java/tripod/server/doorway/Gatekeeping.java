package tripod.server.doorway;

import io.javalin.http.Context;
import java.util.Collections;
import java.util.List;
import tripod.identity.Secret;
import tripod.identity.route.ClientAddress;
import tripod.identity.route.RateLimiter;
import tripod.identity.route.Route;

/**
 * What the doorway checks before a handler runs: the admin token where a route wants it, and the
 * announced size of the body (SEC-11). Bodies that announce nothing are counted by who reads them.
 */
public final class Gatekeeping implements HostRouter.Gatekeeper {
  private static final String BEARER = "Bearer ";
  private static final String EXPOSED =
      "Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, RateLimit-Policy";

  private final Secret adminToken;
  private final RateLimiter limiter;
  private final int trustedProxies;

  /**
   * Makes the gatekeeper.
   *
   * @param limiter counts requests by class and address; one that is off counts nothing
   * @param trustedProxies how many proxies in front are believed about the client's address
   */
  public Gatekeeping(Secret adminToken, RateLimiter limiter, int trustedProxies) {
    this.adminToken = adminToken;
    this.limiter = limiter;
    this.trustedProxies = trustedProxies;
  }

  @Override
  public boolean admits(Context request, Route route) {
    return isWithinRate(request, route) && mayEnter(request, route);
  }

  /** SEC-15: by class of route and address; the answer says when to come again. */
  private boolean isWithinRate(Context request, Route route) {
    ClientAddress address =
        ClientAddress.find(
            request.ip(),
            trustedProxies == 0
                ? List.of()
                : Collections.list(request.req().getHeaders("X-Forwarded-For")),
            trustedProxies);
    ClientAddress.set(request, address);
    RateLimiter.Decision decision =
        limiter.take(route.rate().name(), address.text(), RateLimiter.limits(route.rate()), 1);
    limiter.fields(decision).forEach(request::header);
    if (decision.allowed()) {
      return true;
    }
    long seconds = Math.max(1, decision.reset().toSeconds());
    request.header("Retry-After", String.valueOf(seconds));
    request.header("Access-Control-Expose-Headers", EXPOSED);
    Problems.answer(request, 429, "too many requests; try again in " + seconds + " s");
    return false;
  }

  private boolean mayEnter(Context request, Route route) {
    if (route.access() == Route.Access.ADMIN && !isAdmin(request)) {
      request.header("WWW-Authenticate", "Bearer");
      Problems.answer(request, 401, "this address wants the admin token");
      return false;
    }
    long announced = request.req().getContentLengthLong();
    if (announced > route.bodyBytesMax() && route.bodyBytesMax() > 0) {
      Problems.answer(
          request,
          413,
          "a body here has at most %d bytes; %d were announced"
              .formatted(route.bodyBytesMax(), announced));
      return false;
    }
    return true;
  }

  private boolean isAdmin(Context request) {
    String field = request.header("Authorization");
    return field != null
        && field.regionMatches(true, 0, BEARER, 0, BEARER.length())
        && adminToken.matches(Secret.of(field.substring(BEARER.length()).strip()));
  }
}
