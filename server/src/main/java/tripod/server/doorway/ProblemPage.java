package tripod.server.doorway;

import io.javalin.http.Context;
import io.javalin.http.Handler;

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

  /** Answers by the page that the request knows of, if there is one and it wants to. */
  static boolean answers(Context request, int status, String reason) {
    ProblemPage page = request.attribute(ProblemPage.class.getName());
    return page != null && page.answer(request, status, reason);
  }
}
