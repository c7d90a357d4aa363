package tripod.solid.ldp;

import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import tripod.identity.IdentityFailure;
import tripod.identity.route.ByteRange;
import tripod.podstore.PodFailure;
import tripod.solid.acl.AclDocument;
import tripod.solid.acl.Denied;
import tripod.solid.patch.PatchFailure;
import tripod.solid.representation.MalformedRdf;
import tripod.syntax.SyntaxException;

/**
 * The one place where refusals of all rooms become answers of the Solid door.
 *
 * @param status HTTP status
 * @param detail a plain reason
 * @param headers headers that belong to the status
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9457">RFC 9457: problem details</a>
 */
record Problem(int status, String detail, Map<String, String> headers) {
  private static final String CONSTRAINED_BY =
      "<https://w3id.org/tripod/constraints>; rel=\"http://www.w3.org/ns/ldp#constrainedBy\"";

  Problem(int status, String detail) {
    this(status, detail, Map.of());
  }

  /**
   * Returns what a failure means to a Solid client; empty for what is a fault of ours.
   *
   * @param challenge value of {@code WWW-Authenticate}
   */
  static Optional<Problem> of(Throwable failure, String challenge) {
    return Optional.ofNullable(
        switch (failure) {
          case Refusal f -> new Problem(f.status(), message(f), f.headers());
          case Denied f ->
              f.isAnonymous()
                  ? new Problem(401, message(f), Map.of("WWW-Authenticate", challenge))
                  : new Problem(403, message(f));
          case MalformedRdf f -> new Problem(400, message(f));
          case SyntaxException f -> new Problem(400, message(f));
          case AclDocument.Unsafe f -> constrained(409, message(f));
          case ByteRange.Unsatisfiable f ->
              new Problem(416, message(f), Map.of("Content-Range", "bytes */" + f.size()));
          case PatchFailure f -> of(f);
          case PodFailure f -> of(f);
          case IdentityFailure.RateLimited f ->
              new Problem(
                  429,
                  message(f),
                  Map.of("Retry-After", Long.toString(Math.max(1, f.retryAfter().toSeconds()))));
          case IdentityFailure.Unavailable f -> unavailable(message(f));
          case IdentityFailure.NotFound f -> new Problem(404, message(f));
          case IdentityFailure f -> new Problem(403, message(f));
          case StackOverflowError f -> new Problem(400, "nested too deep");
          default -> null;
        });
  }

  private static Problem of(PatchFailure failure) {
    return switch (failure) {
      case PatchFailure.Malformed f -> new Problem(400, message(f));
      case PatchFailure.Invalid f -> new Problem(422, message(f));
      case PatchFailure.Mismatch f -> new Problem(409, message(f));
    };
  }

  private static Problem of(PodFailure failure) {
    return switch (failure) {
      case PodFailure.NotFound f -> new Problem(404, message(f));
      case PodFailure.Gone f -> new Problem(410, message(f));
      case PodFailure.Conflict f -> new Problem(409, message(f));
      case PodFailure.Refused f -> constrained(409, message(f));
      case PodFailure.Invalid f -> constrained(422, message(f));
      case PodFailure.TooLarge f -> new Problem(413, message(f));
      case PodFailure.OverQuota f -> new Problem(507, message(f));
      case PodFailure.Full f -> new Problem(507, message(f));
      case PodFailure.Unavailable f -> unavailable("the store does not answer now");
      case PodFailure.Stalled f -> unavailable(message(f));
    };
  }

  private static Problem constrained(int status, String detail) {
    return new Problem(status, detail, Map.of("Link", CONSTRAINED_BY));
  }

  private static Problem unavailable(String detail) {
    return new Problem(503, detail, Map.of("Retry-After", "5"));
  }

  private static String message(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? "refused" : message;
  }

  /** Answers with this problem. */
  void send(Context response) {
    response.status(status);
    headers.forEach(response::header);
    response.contentType("application/problem+json");
    StringBuilder body = new StringBuilder(128);
    body.append("{\"type\":\"about:blank\",\"title\":");
    quoted(body, title());
    body.append(",\"status\":").append(status).append(",\"detail\":");
    quoted(body, detail);
    response.result(body.append("}\n").toString());
  }

  private String title() {
    return switch (status) {
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 412 -> "Precondition Failed";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 416 -> "Range Not Satisfiable";
      case 422 -> "Unprocessable Content";
      case 429 -> "Too Many Requests";
      case 503 -> "Service Unavailable";
      case 507 -> "Insufficient Storage";
      default -> "Error";
    };
  }

  /** Writes a text as JSON has it. */
  static void quoted(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20) {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
