package tripod.syntax;

/**
 * A decentralized identifier, syntactically valid and otherwise unresolved.
 *
 * <p>Case matters, and two DIDs are the same only if their texts are. Any method is a value, since
 * records may mention any; whether an account here may have it is the question of {@link
 * #isBlessed()}.
 *
 * @param value the text, at most {@value #MAX_CHARS} characters
 * @see <a href="https://atproto.com/specs/did">AT Protocol: DID</a>
 */
public record Did(String value) implements AtIdentifier {
  /** The longest DID, in characters. */
  public static final int MAX_CHARS = 2048;

  private static final String PLC = "did:plc:";
  private static final String WEB = "did:web:";
  private static final int PLC_CHARS = 32;

  /**
   * Checks the syntax.
   *
   * @throws SyntaxException when the text is not a DID
   */
  public Did {
    if (!isValid(value)) {
      throw new SyntaxException("DID", value);
    }
  }

  /**
   * Tells whether a text is a DID by syntax.
   *
   * @param text anything
   * @return whether it can be a value
   */
  public static boolean isValid(String text) {
    int length = text.length();
    if (length < 7 || length > MAX_CHARS || !text.startsWith("did:")) {
      return false;
    }
    int i = 4;
    while (i < length && Ascii.isLower(text.charAt(i))) {
      i++;
    }
    if (i == 4 || i >= length - 1 || text.charAt(i) != ':') {
      return false;
    }
    for (i++; i < length; i++) {
      if (!isIdentifierChar(text.charAt(i))) {
        return false;
      }
    }
    // DID section "AT Protocol DID identifier syntax": neither ':' nor '%' may come last.
    char last = text.charAt(length - 1);
    return last != ':' && last != '%';
  }

  private static boolean isIdentifierChar(char c) {
    return Ascii.isLetterOrDigit(c) || c == '.' || c == '_' || c == ':' || c == '%' || c == '-';
  }

  /**
   * Names the method.
   *
   * @return the lower-case letters between the first two colons, for example {@code plc}
   */
  public String method() {
    return value.substring(4, value.indexOf(':', 4));
  }

  /**
   * Tells whether the method is {@code plc}.
   *
   * @return whether the text begins with {@code did:plc:}
   */
  public boolean isPlc() {
    return value.startsWith(PLC);
  }

  /**
   * Tells whether the method is {@code web}.
   *
   * @return whether the text begins with {@code did:web:}
   */
  public boolean isWeb() {
    return value.startsWith(WEB);
  }

  /**
   * Tells whether an AT Protocol account may have this DID: {@code did:plc} with 24 characters of
   * base32, or {@code did:web} with a host and at most a port behind {@code %3A}, but no path.
   *
   * <p>A host of one label is blessed only if it is {@code localhost}. Whether a port is welcome
   * (outside development it is not) is for the caller to decide.
   *
   * @return whether the DID is of a blessed form
   */
  public boolean isBlessed() {
    if (isPlc()) {
      return isBlessedPlc();
    }
    return isWeb() && isBlessedWeb();
  }

  private boolean isBlessedPlc() {
    if (value.length() != PLC_CHARS) {
      return false;
    }
    for (int i = PLC.length(); i < PLC_CHARS; i++) {
      char c = value.charAt(i);
      if (!Ascii.isLower(c) && (c < '2' || c > '7')) {
        return false;
      }
    }
    return true;
  }

  private boolean isBlessedWeb() {
    int colon = value.indexOf("%3A", WEB.length());
    int end = colon < 0 ? value.length() : colon;
    String host = value.substring(WEB.length(), end);
    return (host.equals("localhost") || Handle.isValid(host))
        && (colon < 0 || isPort(value.substring(colon + 3)));
  }

  private static boolean isPort(String text) {
    if (text.length() > 5 || !Ascii.isDigits(text, 0, text.length()) || text.charAt(0) == '0') {
      return false;
    }
    return Ascii.number(text, 0, text.length()) <= 65_535;
  }

  @Override
  public String toString() {
    return value;
  }
}
