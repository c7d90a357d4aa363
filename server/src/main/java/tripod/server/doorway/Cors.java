package tripod.server.doorway;

import io.javalin.http.Context;
import java.util.Set;

/**
 * Answers a browser's question whether another origin may call an address that has no answer of its
 * own.
 */
final class Cors {
  private Cors() {}

  /** Allows any origin: none of these addresses looks at cookies. */
  static void preflight(Context request, Set<String> methods) {
    request.header("Access-Control-Allow-Origin", "*");
    request.header("Access-Control-Allow-Methods", String.join(", ", methods));
    String asked = request.header("Access-Control-Request-Headers");
    request.header("Access-Control-Allow-Headers", asked == null ? "*" : asked);
    request.header("Access-Control-Max-Age", "86400");
    request.header("Allow", String.join(", ", methods) + ", OPTIONS");
    request.status(204);
  }
}
