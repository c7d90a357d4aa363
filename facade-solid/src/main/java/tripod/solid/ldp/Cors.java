package tripod.solid.ldp;

import io.javalin.http.Context;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What browsers must hear before they let a program of another origin read an answer.
 *
 * <p>Access is never decided here (Solid Protocol 8.1); credentials are tokens, never cookies
 * (SEC-13).
 */
final class Cors {
  private static final String EXPOSED =
      String.join(
          ", ",
          "Accept-Patch",
          "Accept-Post",
          "Accept-Put",
          "Accept-Ranges",
          "Allow",
          "Content-Disposition",
          "Content-Range",
          "DPoP-Nonce",
          "ETag",
          "Last-Modified",
          "Link",
          "Location",
          "Retry-After",
          "Updates-Via",
          "Vary",
          "WAC-Allow",
          "WWW-Authenticate");
  private static final String METHODS = "GET, HEAD, OPTIONS, POST, PUT, PATCH, DELETE";
  private static final Set<String> KNOWN_METHODS = Set.of(METHODS.split(", "));
  private static final String ALWAYS =
      "Accept, Authorization, Content-Type, DPoP, If-Match, If-None-Match, Link, Range, Slug";
  private static final Pattern FIELD_NAMES =
      Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~, -]{0,2000}");

  private Cors() {}

  /** Writes what goes on every answer. */
  static void mark(Context context) {
    context.header("Vary", "Accept, Authorization, Origin");
    String origin = context.header("Origin");
    if (origin != null && isClean(origin)) {
      context.header("Access-Control-Allow-Origin", origin);
      context.header("Access-Control-Allow-Credentials", "true");
      context.header("Access-Control-Expose-Headers", EXPOSED);
    }
  }

  /** Says whether this is a browser's question, and not a plain OPTIONS. */
  static boolean isPreflight(Context request) {
    return request.header("Origin") != null
        && request.header("Access-Control-Request-Method") != null;
  }

  /** Answers a browser's question with yes: whatever is asked for is decided by access lists. */
  static void preflight(Context context) {
    String method = context.header("Access-Control-Request-Method");
    context.header(
        "Access-Control-Allow-Methods",
        method == null || KNOWN_METHODS.contains(method) || !isClean(method)
            ? METHODS
            : METHODS + ", " + method);
    String asked = context.header("Access-Control-Request-Headers");
    boolean echo = asked != null && !asked.isBlank() && FIELD_NAMES.matcher(asked).matches();
    context.header("Access-Control-Allow-Headers", echo ? ALWAYS + ", " + asked : ALWAYS);
    context.header("Access-Control-Max-Age", "3600");
    context.status(204);
  }

  private static boolean isClean(String value) {
    return value.chars().allMatch(c -> c > ' ' && c < 0x7f) && value.length() < 300;
  }
}
