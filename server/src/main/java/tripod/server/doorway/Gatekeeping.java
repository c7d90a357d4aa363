package tripod.server.doorway;

import io.javalin.http.Context;
import tripod.identity.Secret;
import tripod.identity.route.Route;

/**
 * What the doorway checks before a handler runs: the admin token where a route wants it, and the
 * announced size of the body (SEC-11). Bodies that announce nothing are counted by who reads them.
 */
public final class Gatekeeping implements HostRouter.Gatekeeper {
  private static final String BEARER = "Bearer ";

  private final Secret adminToken;

  /** Makes the gatekeeper. */
  public Gatekeeping(Secret adminToken) {
    this.adminToken = adminToken;
  }

  @Override
  public boolean admits(Context request, Route route) {
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
