package tripod.syntax;

/**
 * A handle: a domain name that stands for an account, in lower case and unverified.
 *
 * <p>That a top-level domain may not be used in public ({@code .local}, {@code .onion} and others)
 * is no question of syntax; see {@link #tld()}.
 *
 * @param value the domain name, 3 to {@value #MAX_CHARS} characters; lower-cased when constructed
 * @see <a href="https://atproto.com/specs/handle">AT Protocol: handle</a>
 */
public record Handle(String value) implements AtIdentifier {
  /** The longest handle, in characters. */
  public static final int MAX_CHARS = 253;

  /**
   * Checks the syntax and lower-cases the text.
   *
   * @throws SyntaxException when the text is not a handle
   */
  public Handle {
    if (!isValid(value)) {
      throw new SyntaxException("handle", value);
    }
    value = Ascii.lower(value);
  }

  /**
   * Tells whether a text is a handle by syntax, in either case.
   *
   * @param text anything
   * @return whether it can be a value
   */
  public static boolean isValid(String text) {
    int length = text.length();
    if (length > MAX_CHARS) {
      return false;
    }
    int start = 0;
    for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
      if (!Ascii.isLabel(text, start, dot)) {
        return false;
      }
      start = dot + 1;
    }
    return start > 0 && Ascii.isLabel(text, start, length) && Ascii.isLetter(text.charAt(start));
  }

  /**
   * Names the top-level domain.
   *
   * @return the last label, in lower case and without a dot, for example {@code social}
   */
  public String tld() {
    return value.substring(value.lastIndexOf('.') + 1);
  }

  /**
   * Tells whether the handle is a name below a domain, at any depth; the domain itself is not below
   * itself.
   *
   * @param suffixWithLeadingDot the domain in either case, for example {@code .coop.example}
   * @return whether the handle ends with it and has something before it
   * @throws IllegalArgumentException when the suffix has no leading dot
   */
  public boolean isUnder(String suffixWithLeadingDot) {
    if (!suffixWithLeadingDot.startsWith(".")) {
      throw new IllegalArgumentException(
          "expected a suffix with a leading dot, got \"" + suffixWithLeadingDot + "\"");
    }
    return value.length() > suffixWithLeadingDot.length()
        && value.endsWith(Ascii.lower(suffixWithLeadingDot));
  }

  @Override
  public String toString() {
    return value;
  }
}
