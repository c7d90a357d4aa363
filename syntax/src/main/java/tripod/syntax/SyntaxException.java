package tripod.syntax;

/**
 * Thrown when a text is not what an identifier type demands; says which type and shows the text.
 */
public final class SyntaxException extends IllegalArgumentException {
  private static final int SHOWN_CHARS_MAX = 80;

  /**
   * Makes the refusal of one text.
   *
   * @param expected the specification's word for what was expected, for example {@code DID}
   * @param actual the text that came; only its first 80 characters are shown
   */
  public SyntaxException(String expected, String actual) {
    super("not a valid " + expected + ": " + shown(actual));
  }

  private static String shown(String actual) {
    return actual.length() <= SHOWN_CHARS_MAX
        ? actual
        : actual.substring(0, SHOWN_CHARS_MAX) + "… (" + actual.length() + " characters)";
  }
}
