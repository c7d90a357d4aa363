package tripod.syntax;

/**
 * The name of a record within its collection.
 *
 * <p>Case matters. Which kind of key a collection asks for (a TID, a literal, any) is said by its
 * schema and not checked here.
 *
 * @param value the text, 1 to {@value #MAX_CHARS} characters of {@code A-Z a-z 0-9 . _ : ~ -},
 *     neither {@code .} nor {@code ..}
 * @see <a href="https://atproto.com/specs/record-key">AT Protocol: record key</a>
 */
public record RecordKey(String value) {
  /** The longest record key, in characters. */
  public static final int MAX_CHARS = 512;

  /**
   * Checks the syntax.
   *
   * @throws SyntaxException when the text is not a record key
   */
  public RecordKey {
    if (!isValid(value)) {
      throw new SyntaxException("record key", value);
    }
  }

  /**
   * Tells whether a text is a record key by syntax.
   *
   * @param text anything
   * @return whether it can be a value
   */
  public static boolean isValid(String text) {
    int length = text.length();
    if (length == 0 || length > MAX_CHARS || text.equals(".") || text.equals("..")) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (!isKeyChar(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isKeyChar(char c) {
    return Ascii.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.' || c == ':' || c == '~';
  }

  @Override
  public String toString() {
    return value;
  }
}
