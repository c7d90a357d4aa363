package tripod.syntax;

/**
 * A namespaced identifier: the name of a collection, a method or another schema.
 *
 * <p>The authority (all segments but the last) is a domain name in reverse and is lower-cased; the
 * name (the last segment) keeps its case. Only the whole has a limit: an authority may be longer
 * than a domain name can be, as it may in the other implementations.
 *
 * @param value the text, 5 to {@value #MAX_CHARS} characters and at least three segments
 * @see <a href="https://atproto.com/specs/nsid">AT Protocol: NSID</a>
 */
public record Nsid(String value) {
  /** The longest NSID, in characters. */
  public static final int MAX_CHARS = 317;

  private static final int NAME_CHARS_MAX = 63;

  /**
   * Checks the syntax and lower-cases the authority.
   *
   * @throws SyntaxException when the text is not an NSID
   */
  public Nsid {
    if (!isValid(value)) {
      throw new SyntaxException("NSID", value);
    }
    int name = value.lastIndexOf('.');
    String authority = value.substring(0, name);
    String lower = Ascii.lower(authority);
    if (!lower.equals(authority)) {
      value = lower + value.substring(name);
    }
  }

  /**
   * Tells whether a text is an NSID by syntax.
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
    int segments = 1;
    for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', start)) {
      if (!Ascii.isLabel(text, start, dot)) {
        return false;
      }
      start = dot + 1;
      segments++;
    }
    return segments >= 3
        && length - start <= NAME_CHARS_MAX
        && Ascii.isLettersOrDigits(text, start, length)
        && Ascii.isLetter(text.charAt(start))
        && Ascii.isLetter(text.charAt(0));
  }

  /**
   * Gives the authority as it stands in the NSID: a domain name in reverse.
   *
   * @return all segments but the last, for example {@code app.bsky.feed} of {@code
   *     app.bsky.feed.post}
   */
  public String authority() {
    return value.substring(0, value.lastIndexOf('.'));
  }

  /**
   * Gives the authority as the domain name that it is.
   *
   * @return the segments of the authority from last to first, for example {@code feed.bsky.app} of
   *     {@code app.bsky.feed.post}
   */
  public String domain() {
    int end = value.lastIndexOf('.');
    var domain = new StringBuilder(end);
    while (end > 0) {
      int dot = value.lastIndexOf('.', end - 1);
      domain.append(value, dot + 1, end);
      if (dot > 0) {
        domain.append('.');
      }
      end = dot;
    }
    return domain.toString();
  }

  /**
   * Gives the name within the authority.
   *
   * @return the last segment, for example {@code post} of {@code app.bsky.feed.post}
   */
  public String name() {
    return value.substring(value.lastIndexOf('.') + 1);
  }

  @Override
  public String toString() {
    return value;
  }
}
