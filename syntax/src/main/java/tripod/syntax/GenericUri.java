package tripod.syntax;

/**
 * A URI of any scheme, checked only as far as records are: a scheme, a colon, and something behind.
 *
 * <p>RFC 3986, section 2, allows ASCII only, and not all of it. Characters beyond ASCII and those
 * like {@code <} are taken here all the same, since records that carry them are in circulation and
 * are taken by the other implementations. So not every value is an IRI that RDF can hold.
 *
 * @param value the text, at most {@value #MAX_BYTES} bytes of UTF-8, without whitespace and
 *     controls
 * @see <a href="https://atproto.com/specs/lexicon#uri">AT Protocol: format {@code uri}</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-3.1">RFC 3986, section 3.1</a>
 */
public record GenericUri(String value) {
  /** The longest URI, in bytes of UTF-8. */
  public static final int MAX_BYTES = 8192;

  /**
   * Checks the syntax.
   *
   * @throws SyntaxException when the text is not a URI
   */
  public GenericUri {
    if (!isValid(value)) {
      throw new SyntaxException("URI", value);
    }
  }

  /**
   * Tells whether a text is a URI by this generous syntax.
   *
   * @param text anything
   * @return whether it can be a value
   */
  public static boolean isValid(String text) {
    int length = text.length();
    if (length > MAX_BYTES) {
      return false;
    }
    int colon = text.indexOf(':');
    return colon > 0
        && colon < length - 1
        && isScheme(text, colon)
        && isVisible(text, colon + 1, MAX_BYTES - colon - 1);
  }

  private static boolean isScheme(String text, int end) {
    for (int i = 0; i < end; i++) {
      char c = text.charAt(i);
      if (!Ascii.isLetterOrDigit(c) && c != '+' && c != '-' && c != '.') {
        return false;
      }
    }
    return Ascii.isLetter(text.charAt(0));
  }

  private static boolean isVisible(String text, int from, int bytesMax) {
    int bytes = 0;
    for (int i = from; i < text.length(); ) {
      int c = text.codePointAt(i);
      if (c == ' '
          || Character.isISOControl(c)
          || Character.isSpaceChar(c)
          || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
        return false;
      }
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      i += Character.charCount(c);
    }
    return bytes <= bytesMax;
  }

  @Override
  public String toString() {
    return value;
  }
}
