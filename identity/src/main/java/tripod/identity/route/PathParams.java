package tripod.identity.route;

import io.javalin.http.Context;
import java.util.Map;

/** The variable parts of the path a route was matched with, decoded once (SEC-72). */
public final class PathParams {
  private static final String ATTRIBUTE = "tripod.pathParams";

  private PathParams() {}

  /**
   * Returns a variable segment, or under the name {@code *} the rest of the path without a leading
   * slash.
   *
   * @throws IllegalArgumentException if the route has no such part
   */
  public static String of(Context request, String name) {
    Map<String, String> params = request.attribute(ATTRIBUTE);
    String value = params == null ? null : params.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no part named " + name);
    }
    return value;
  }

  /** Notes the parts of a matched route; for the router and for tests. */
  public static void set(Context request, Map<String, String> params) {
    request.attribute(ATTRIBUTE, params);
  }
}
