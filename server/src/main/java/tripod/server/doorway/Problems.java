package tripod.server.doorway;

import io.javalin.http.Context;

/**
 * Errors of the doorway itself, in the form the address's protocol has: XRPC errors below {@code
 * /xrpc/}, a page for a browser, problem details elsewhere (SEC-19: code and plain reason, nothing
 * of the inside).
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457</a>
 */
final class Problems {
  private Problems() {}

  /** Answers with a status and a reason that a stranger may read. */
  static void answer(Context request, int status, String reason) {
    request.status(status);
    request.header("Access-Control-Allow-Origin", "*");
    if (isXrpc(request)) {
      request.contentType("application/json");
      request.result("{\"error\":\"" + xrpcName(status) + "\",\"message\":" + quoted(reason) + "}");
    } else if (!ProblemPage.answers(request, status, reason)) {
      request.contentType("application/problem+json");
      request.result("{\"status\":" + status + ",\"title\":" + quoted(reason) + "}");
    }
  }

  /** Says whether an address is a method's. */
  static boolean isXrpc(Context request) {
    return request.path().startsWith("/xrpc/");
  }

  private static String xrpcName(int status) {
    return switch (status) {
      case 401 -> "AuthenticationRequired";
      case 403 -> "Forbidden";
      case 404 -> "XRPCNotSupported";
      case 413 -> "PayloadTooLarge";
      case 415 -> "UnsupportedMediaType";
      case 429 -> "RateLimitExceeded";
      case 503 -> "NotEnoughResources";
      default -> status >= 500 ? "InternalServerError" : "InvalidRequest";
    };
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else {
        quoted.append(c < 0x20 ? ' ' : c);
      }
    }
    return quoted.append('"').toString();
  }
}
