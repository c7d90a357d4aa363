package tripod.identity.route;

import io.javalin.http.Handler;
import java.util.List;
import java.util.Set;

/**
 * One address a door answers at, with everything the doorway must know before the handler runs
 * (SEC-02).
 *
 * @param host on which kind of host name
 * @param methods HTTP methods, upper case; GET implies HEAD unless HEAD is listed by another route
 * @param path literal segments, {@code {name}} for one segment, and a last {@code *} for the rest
 * @param accepts media types (essences) of which one must be wanted by {@code Accept} for this
 *     route to be taken; empty for any. On one path the route whose type is preferred wins; one
 *     with an empty set is taken when none of the others is wanted
 * @param access who may come in; finer decisions are the handler's
 * @param bodyBytesMax largest request body in bytes, counted after decompression; 0 for none
 * @param rate class of its rate limit
 * @param csrf whether a cookie session may change state here, so that origin and form token are
 *     checked before the handler runs
 * @param handler the door's handler
 */
public record Route(
    HostKind host,
    Set<String> methods,
    String path,
    Set<String> accepts,
    Access access,
    long bodyBytesMax,
    RateClass rate,
    boolean csrf,
    Handler handler) {
  public Route {
    methods = Set.copyOf(methods);
    accepts = Set.copyOf(accepts);
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path " + path);
    }
  }

  /** Makes a route that reads, open to everybody who passes the handler's own checks. */
  public static Route get(HostKind host, String path, Handler handler) {
    return new Route(
        host, Set.of("GET"), path, Set.of(), Access.OPEN, 0, RateClass.READ, false, handler);
  }

  /** Makes a route that takes a body. */
  public static Route post(
      HostKind host,
      String path,
      Access access,
      long bodyBytesMax,
      RateClass rate,
      Handler handler) {
    return new Route(
        host, Set.of("POST"), path, Set.of(), access, bodyBytesMax, rate, false, handler);
  }

  /** Returns this route for requests that want one of these media types. */
  public Route accepting(String... types) {
    return new Route(
        host, methods, path, Set.copyOf(List.of(types)), access, bodyBytesMax, rate, csrf, handler);
  }

  /** On which host names a route answers. */
  public enum HostKind {
    /** The service's own host. */
    SERVICE,
    /** The host of a pod that is known here. */
    POD,
    /** Both. */
    ANY,
    /** The admin listener, which no proxy reaches; in the lab the service's own host. */
    ADMIN
  }

  /** Who may come in; what the declaration says is enforced or audited by the doorway. */
  public enum Access {
    /** Everybody; the handler decides by the access lists or serves public things only. */
    OPEN,
    /** The handler requires a token or a signature and refuses without. */
    TOKEN,
    /** The admin token. */
    ADMIN,
    /** A browser session by cookie, on the service host alone. */
    SESSION
  }

  /** Which rate limit a route counts against (SEC-15). */
  public enum RateClass {
    /** Reading. */
    READ,
    /** Writing to a pod. */
    WRITE,
    /** Signing in and anything that takes a password or a code. */
    SIGN_IN,
    /** Having a code sent by mail. */
    MAIL,
    /** Making an account. */
    SIGN_UP,
    /** Uploading files. */
    UPLOAD,
    /** Delivery by other servers. */
    INBOX,
    /** Exporting a whole repository. */
    EXPORT,
    /** Asking a query. */
    QUERY
  }
}
