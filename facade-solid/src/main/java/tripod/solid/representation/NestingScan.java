package tripod.solid.representation;

import java.nio.charset.StandardCharsets;

/**
 * Counts how deep a text is nested before a parser sees it, because parsers recurse (SEC-30).
 *
 * <p>One pass over the bytes, no allocation. It may count more than a parser would, never less.
 */
public final class NestingScan {
  /** Deepest nesting of brackets and braces. */
  public static final int DEPTH_MAX = 64;

  private NestingScan() {}

  /**
   * Checks a JSON text: brackets outside of strings.
   *
   * @throws MalformedRdf past {@value #DEPTH_MAX} levels
   */
  public static void json(byte[] text) {
    int depth = 0;
    boolean inString = false;
    for (int i = 0; i < text.length; i++) {
      byte c = text[i];
      if (inString) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          inString = false;
        }
      } else if (c == '"') {
        inString = true;
      } else {
        depth = step(depth, c);
      }
    }
  }

  /**
   * Checks a text of the Turtle family (Turtle, N3 patches, SPARQL): brackets outside of strings,
   * IRIs and comments.
   *
   * @throws MalformedRdf past {@value #DEPTH_MAX} levels
   */
  public static void turtle(byte[] text) {
    int depth = 0;
    int i = 0;
    while (i < text.length) {
      byte c = text[i];
      switch (c) {
        case '#' -> i = skipTo(text, i, '\n');
        case '<' -> i = skipIri(text, i);
        case '"', '\'' -> i = skipString(text, i);
        case '\\' -> i++;
        default -> depth = step(depth, c);
      }
      i++;
    }
  }

  private static int step(int depth, byte c) {
    if (c == '[' || c == '{' || c == '(') {
      if (depth == DEPTH_MAX) {
        throw new MalformedRdf("nested deeper than " + DEPTH_MAX + " levels");
      }
      return depth + 1;
    }
    return (c == ']' || c == '}' || c == ')') && depth > 0 ? depth - 1 : depth;
  }

  private static int skipTo(byte[] text, int from, char end) {
    int i = from;
    while (i < text.length && text[i] != end) {
      i++;
    }
    return i;
  }

  /** Returns the index of the closing bracket, or {@code from} when no IRI begins here. */
  private static int skipIri(byte[] text, int from) {
    for (int i = from + 1; i < text.length; i++) {
      byte c = text[i];
      if (c == '>') {
        return i;
      }
      if ((c >= 0 && c <= ' ') || c == '<' || c == '"' || c == '{' || c == '}') {
        return from;
      }
    }
    return from;
  }

  /** Returns the index of the last quotation mark of the string that begins at {@code from}. */
  private static int skipString(byte[] text, int from) {
    byte quote = text[from];
    boolean isLong = from + 2 < text.length && text[from + 1] == quote && text[from + 2] == quote;
    for (int i = from + (isLong ? 3 : 1); i < text.length; i++) {
      byte c = text[i];
      if (c == '\\') {
        i++;
      } else if (c == quote
          && (!isLong || (i + 2 < text.length && text[i + 1] == quote && text[i + 2] == quote))) {
        return isLong ? i + 2 : i;
      } else if (!isLong && c == '\n') {
        return i;
      }
    }
    return text.length;
  }

  /** Decodes UTF-8 strictly. */
  static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes)).toString();
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new MalformedRdf("the body is not UTF-8", e);
    }
  }
}
