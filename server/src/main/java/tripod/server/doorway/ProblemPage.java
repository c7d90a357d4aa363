package tripod.server.doorway;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Collection;
import java.util.List;

/** Says what the doorway found wrong in a page, to whoever asks with a browser. */
@FunctionalInterface
public interface ProblemPage {
  /**
   * Answers, or leaves the doorway to do it.
   *
   * @return whether it answered
   */
  boolean answer(Context request, int status, String reason);

  /** Returns a handler whose requests know of this page. */
  default Handler before(Handler next) {
    return request -> {
      request.attribute(ProblemPage.class.getName(), this);
      next.handle(request);
    };
  }

  /**
   * Returns a handler whose problem details people see as this page; status and headers stay as
   * they were.
   */
  default Handler insteadOf(Handler door) {
    return request -> {
      door.handle(request);
      String type = request.res().getContentType();
      int status = request.statusCode();
      if (status >= 400
          && isLookedAt(request)
          && type != null
          && type.startsWith("application/problem+json")) {
        Collection<String> vary = List.copyOf(request.res().getHeaders("Vary"));
        if (answer(request, status, reason(status))) {
          vary.forEach(field -> request.res().addHeader("Vary", field));
        }
      }
    };
  }

  /** A browser says what it wants a page for; only a person's own look gets one. */
  private static boolean isLookedAt(Context request) {
    String use = request.header("Sec-Fetch-Dest");
    return request.req().getMethod().equals("GET") && (use == null || use.equals("document"));
  }

  private static String reason(int status) {
    return switch (status) {
      case 401 -> "what is here is not public; an app of its owner's can open it";
      case 403 -> "what is here is not open to you";
      case 404 -> "what was here is gone, or never was, or is not public";
      case 406 -> "what is here is meant for apps, not for a browser";
      default -> "";
    };
  }

  /** Answers by the page that the request knows of, if there is one and it wants to. */
  static boolean answers(Context request, int status, String reason) {
    ProblemPage page = request.attribute(ProblemPage.class.getName());
    return page != null && page.answer(request, status, reason);
  }
}
