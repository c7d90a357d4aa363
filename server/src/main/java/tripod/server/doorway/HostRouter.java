package tripod.server.doorway;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tripod.identity.route.PathParams;
import tripod.identity.route.Route;

/**
 * Decides which door answers a request: host, path, method and accepted types, in this order.
 *
 * <p>An unknown host name is 421 (SEC-13), but for the question whose handle it is. On a pod's host
 * what no route has declared goes to the Solid door; on the service host it is 404. The port in
 * {@code Host} is not compared.
 */
public final class HostRouter implements Handler {
  private static final Set<String> LOOPBACK_NAMES = Set.of("127.0.0.1", "[::1]", "localhost");

  /** Longest path and query together, in bytes (SEC-10). */
  private static final int URI_BYTES_MAX = 8 * 1024;

  /** Most header fields (SEC-10). */
  private static final int FIELDS_MAX = 100;

  private static final String WHOSE_HANDLE = "/.well-known/atproto-did";

  private final RouteTable table;
  private final String serviceHost;
  private final boolean loopback;
  private final PodHosts pods;
  private final Handler door;
  private final Gatekeeper gatekeeper;

  /**
   * Makes the router.
   *
   * @param serviceHost the service's own host name, lower case, without a port
   * @param loopback whether loopback addresses also name the service
   * @param pods which host names are pods'
   * @param door takes what is left on a pod's host
   * @param gatekeeper admin token, rate limits and body sizes
   */
  public HostRouter(
      RouteTable table,
      String serviceHost,
      boolean loopback,
      PodHosts pods,
      Handler door,
      Gatekeeper gatekeeper) {
    this.table = table;
    this.serviceHost = serviceHost;
    this.loopback = loopback;
    this.pods = pods;
    this.door = door;
    this.gatekeeper = gatekeeper;
  }

  @Override
  public void handle(Context request) throws Exception {
    if (isTooLong(request)) {
      return;
    }
    String host = hostName(request.header("Host"));
    Route.HostKind kind;
    if (isService(host)) {
      kind = Route.HostKind.SERVICE;
    } else if (pods.admit(request, host)) {
      kind = Route.HostKind.POD;
    } else if (pods.isGone(host)) {
      Problems.answer(request, 410, "the pod that lived here is gone");
      return;
    } else if (pods.isHandle(host) && request.path().equals(WHOSE_HANDLE)) {
      nobodys(request);
      return;
    } else {
      Problems.answer(request, 421, "no pod and no service answers to this host name here");
      return;
    }
    String method = request.req().getMethod();
    Optional<RequestTarget> target = RequestTarget.parse(request.req().getRequestURI());
    if (target.isEmpty()) {
      Problems.answer(request, 400, "the path cannot be decoded");
      return;
    }
    Optional<RouteTable.Found> found =
        table.find(kind, target.get().segments(), target.get().path());
    if (found.isEmpty()) {
      leftOver(request, kind);
      return;
    }
    route(request, kind, method, found.get());
  }

  /** SEC-10: address and number of fields; the head as a whole is counted by the listener. */
  private static boolean isTooLong(Context request) {
    String query = request.req().getQueryString();
    int uri = request.req().getRequestURI().length() + (query == null ? 0 : query.length());
    if (uri > URI_BYTES_MAX) {
      Problems.answer(request, 414, "an address here has at most " + URI_BYTES_MAX + " bytes");
      return true;
    }
    int fields = 0;
    for (String name : Collections.list(request.req().getHeaderNames())) {
      fields += Collections.list(request.req().getHeaders(name)).size();
    }
    if (fields > FIELDS_MAX) {
      Problems.answer(request, 431, "a request here has at most " + FIELDS_MAX + " header fields");
      return true;
    }
    return false;
  }

  /** Says whether a host name, as {@link #hostName} gives it, is the service's. */
  public boolean isService(String host) {
    return host.equals(serviceHost) || (loopback && LOOPBACK_NAMES.contains(host));
  }

  /**
   * Answers who has a handle that could be a member's and is nobody's: not found, as resolvers of
   * handles expect it, and the one path where an unknown host is not 421.
   */
  private static void nobodys(Context request) {
    request.status(404);
    request.header("Access-Control-Allow-Origin", "*");
    request.contentType("text/plain; charset=utf-8");
    request.result("User not found");
  }

  private void route(Context request, Route.HostKind kind, String method, RouteTable.Found found)
      throws Exception {
    List<Route> routes = found.of(method);
    boolean shared = found.isShared();
    boolean fallback = kind == Route.HostKind.POD && shared;
    if (routes.isEmpty()) {
      if (method.equals("OPTIONS") && !fallback) {
        Cors.preflight(request, found.methods());
      } else if (fallback) {
        door.handle(request);
      } else {
        request.header("Allow", String.join(", ", found.methods()));
        Problems.answer(
            request,
            Problems.isXrpc(request) ? 400 : 405, // atproto.md 1.1
            "this address takes " + String.join(", ", found.methods()));
      }
      return;
    }
    Optional<Route> chosen =
        AcceptField.choose(routes, Optional.ofNullable(request.header("Accept")), fallback);
    if (chosen.isPresent()) {
      run(request, found, chosen.get());
    } else if (fallback) {
      door.handle(request);
    } else if (shared) {
      // Nothing that is offered was asked for: the first form is better than none for GET.
      run(request, found, routes.getFirst());
    } else {
      Problems.answer(request, 406, "none of the types asked for is offered here");
    }
  }

  private void run(Context request, RouteTable.Found found, Route route) throws Exception {
    if (gatekeeper.admits(request, route)) {
      PathParams.set(request, found.params(route));
      route.handler().handle(request);
    }
  }

  private void leftOver(Context request, Route.HostKind kind) throws Exception {
    if (kind == Route.HostKind.POD) {
      door.handle(request);
    } else if (request.req().getMethod().equals("OPTIONS")) {
      Cors.preflight(request, Set.of("GET", "HEAD", "POST"));
    } else {
      Problems.answer(request, 404, "there is nothing at this address");
    }
  }

  /** Returns a host name in lower case without its port and trailing dot; empty when missing. */
  public static String hostName(@org.jspecify.annotations.Nullable String field) {
    if (field == null) {
      return "";
    }
    String host = field.strip().toLowerCase(Locale.ROOT);
    int colon = host.lastIndexOf(':');
    if (colon >= 0 && host.indexOf(']') < colon) {
      host = host.substring(0, colon);
    }
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** Which host names are pods'. */
  @FunctionalInterface
  public interface PodHosts {
    /** Notes the account of a pod's host on the request and says whether there is one. */
    boolean admit(Context request, String host);

    /** Says whether a host name is below a domain in which members get their names. */
    default boolean isHandle(String host) {
      return false;
    }

    /** Says whether a pod lived under a host name that is nobody's now. */
    default boolean isGone(String host) {
      return false;
    }
  }

  /** Checks what a route's declaration asks for; answers by itself when it refuses. */
  @FunctionalInterface
  public interface Gatekeeper {
    /** Says whether the handler may run. */
    boolean admits(Context request, Route route);
  }
}
