package tripod.syntax;

/**
 * A text was not what its place asks for.
 *
 * <p>The message says what was expected and shows at most {@value #SHOWN_CHARS_MAX} characters of
 * what came, with everything that is not a visible character escaped, so that it can go into a log
 * line and into an answer.
 *
 * @see <a href="https://cheatsheetseries.owasp.org/cheatsheets/Logging_Cheat_Sheet.html">OWASP:
 *     Logging, data sanitization</a>
 */
public final class SyntaxException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** How many characters of a refused value a message shows at most. */
  public static final int SHOWN_CHARS_MAX = 100;

  private final String kind;

  /**
   * Makes the refusal of one value.
   *
   * @param kind what was expected, as a noun, for example {@code DID}
   * @param value what came instead, of any length
   */
  public SyntaxException(String kind, String value) {
    super(message(kind, value));
    this.kind = kind;
  }

  /**
   * Names what was expected.
   *
   * @return the noun given to the constructor, for example {@code DID}
   */
  public String kind() {
    return kind;
  }

  private static String message(String kind, String value) {
    var text = new StringBuilder(kind.length() + SHOWN_CHARS_MAX + 40);
    text.append("expected ").append(kind).append(", got \"");
    int end = Math.min(value.length(), SHOWN_CHARS_MAX);
    if (end < value.length() && Character.isHighSurrogate(value.charAt(end - 1))) {
      end--;
    }
    for (int i = 0; i < end; ) {
      int c = value.codePointAt(i);
      appendVisible(text, c);
      i += Character.charCount(c);
    }
    text.append('"');
    if (end < value.length()) {
      text.append("... (").append(value.length()).append(" characters)");
    }
    return text.toString();
  }

  private static void appendVisible(StringBuilder text, int c) {
    if (c == '"' || c == '\\') {
      text.append('\\').append((char) c);
    } else if (isVisible(c)) {
      text.appendCodePoint(c);
    } else {
      for (char unit : Character.toChars(c)) {
        text.append(String.format("\\u%04x", (int) unit));
      }
    }
  }

  /**
   * Format characters are escaped as well: with U+202E a log line could be made to read backwards.
   */
  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.PRIVATE_USE,
          Character.SURROGATE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
