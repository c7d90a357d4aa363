package tripod.podstore.rdf;

import tripod.podstore.PodFailure;

/**
 * Counts how deep a text is nested before any library reads it: RDF and JSON parsers descend by
 * recursion and would run out of stack (SEC-30).
 *
 * <p>One pass over the bytes, no recursion, no memory. It understands just enough of each syntax to
 * tell brackets from text; whatever it cannot tell it counts.
 */
public final class DepthScan {
  /** Deepest nesting that is read, in levels. */
  public static final int DEPTH_MAX = 64;

  private DepthScan() {}

  /**
   * Looks through JSON.
   *
   * @throws PodFailure.Invalid when it is nested too deeply
   */
  public static void json(byte[] text) {
    int depth = 0;
    for (int i = 0; i < text.length; i++) {
      switch (text[i]) {
        case '{', '[' -> depth = deeper(depth);
        case '}', ']' -> depth--;
        case '"' -> i = endOfQuoted(text, i, '"');
        default -> {
          // not a bracket
        }
      }
    }
  }

  /**
   * Looks through Turtle, N3 or N-Triples.
   *
   * @throws PodFailure.Invalid when it is nested too deeply
   */
  public static void turtle(byte[] text) {
    int depth = 0;
    for (int i = 0; i < text.length; i++) {
      switch (text[i]) {
        case '[', '(', '{' -> depth = deeper(depth);
        case ']', ')', '}' -> depth--;
        case '"', '\'' -> i = endOfLiteral(text, i);
        case '<' -> i = endOfIri(text, i);
        case '#' -> i = endOfLine(text, i);
        case '\\' -> i++;
        default -> {
          // not a bracket
        }
      }
    }
  }

  private static int deeper(int depth) {
    if (depth >= DEPTH_MAX) {
      throw new PodFailure.Invalid("nested deeper than " + DEPTH_MAX + " levels");
    }
    // A text with more closing than opening brackets must not earn depth by it.
    return Math.max(depth, 0) + 1;
  }

  /** Returns the index of the closing mark, or the last index. */
  private static int endOfQuoted(byte[] text, int start, char mark) {
    int i = start + 1;
    while (i < text.length && text[i] != mark) {
      i += text[i] == '\\' ? 2 : 1;
    }
    return i;
  }

  private static int endOfLiteral(byte[] text, int start) {
    byte mark = text[start];
    boolean isLong = start + 2 < text.length && text[start + 1] == mark && text[start + 2] == mark;
    if (!isLong) {
      return endOfShort(text, start, mark);
    }
    int i = start + 3;
    while (i < text.length) {
      if (text[i] == '\\') {
        i += 2;
      } else if (text[i] == mark
          && i + 2 < text.length
          && text[i + 1] == mark
          && text[i + 2] == mark) {
        return i + 2;
      } else {
        i++;
      }
    }
    return i;
  }

  /** A short literal ends with its line even when it is not closed, so that it can hide nothing. */
  private static int endOfShort(byte[] text, int start, byte mark) {
    int i = start + 1;
    while (i < text.length && text[i] != mark && text[i] != '\n' && text[i] != '\r') {
      i += text[i] == '\\' ? 2 : 1;
    }
    return i;
  }

  /** An IRI has no spaces; a less-than sign that begins none is passed over alone. */
  private static int endOfIri(byte[] text, int start) {
    for (int i = start + 1; i < text.length; i++) {
      byte c = text[i];
      if (c == '>') {
        return i;
      }
      if ((c <= ' ' && c >= 0) || c == '<' || c == '"' || c == '{' || c == '}') {
        return start;
      }
    }
    return start;
  }

  private static int endOfLine(byte[] text, int start) {
    int i = start;
    while (i < text.length && text[i] != '\n' && text[i] != '\r') {
      i++;
    }
    return i;
  }
}
