package tripod.console.page;

import io.javalin.http.Context;

/**
 * Takes a request that no page answers to the Solid door, which says by the access lists whether it
 * is there and for whom. The server wires this.
 */
@FunctionalInterface
public interface SolidHandover {
  /** Answers the request as if no page had been asked for. */
  void take(Context request) throws Exception;
}
