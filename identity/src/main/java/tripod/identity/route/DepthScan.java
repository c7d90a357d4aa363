package tripod.identity.route;

/**
 * Counts how deep a JSON text nests before any parser sees it (SEC-30).
 *
 * <p>Knows strings and brackets and nothing else, so that it agrees with every parser on
 * well-formed text and lets a parser refuse the rest. Linear, without recursion.
 */
public final class DepthScan {
  /** Deepest nesting of any document that is let through to a parser. */
  public static final int DEPTH_MAX = 64;

  private DepthScan() {}

  /** Says whether a JSON text in UTF-8 nests no deeper than {@value #DEPTH_MAX}. */
  public static boolean isShallow(byte[] json) {
    int depth = 0;
    boolean inString = false;
    for (int i = 0; i < json.length; i++) {
      byte c = json[i];
      if (inString) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          inString = false;
        }
      } else if (c == '"') {
        inString = true;
      } else if (c == '{' || c == '[') {
        if (++depth > DEPTH_MAX) {
          return false;
        }
      } else if (c == '}' || c == ']') {
        depth--;
      }
    }
    return true;
  }
}
