package tripod.syntax;

import java.net.URI;
import java.net.URISyntaxException;

/** What {@link WebId} and {@link ActorIri} ask of an IRI in common. */
final class HttpIri {
  static final int MAX_CHARS = 2048;

  private HttpIri() {}

  /** Tells whether a text is an absolute http or https IRI that {@link URI} can read. */
  static boolean isValid(String text) {
    if (text.length() > MAX_CHARS || !hasIriCharsOnly(text)) {
      return false;
    }
    // RFC 3986, section 6.2.2.1: schemes are written in lower case. Names are compared as texts
    // here, so another case is another name, and better refused than taken for a stranger.
    if (!text.startsWith("https://") && !text.startsWith("http://")) {
      return false;
    }
    try {
      return hasPlainAuthority(new URI(text));
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /**
   * A host in ASCII and at most a port. RFC 3986, section 7.6: user information only serves to make
   * one host look like another.
   */
  private static boolean hasPlainAuthority(URI uri) {
    String host = uri.getHost();
    return host != null
        && host.indexOf('%') < 0
        && uri.getRawUserInfo() == null
        && !uri.getRawAuthority().endsWith(":")
        && (uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() <= 65_535));
  }

  private static boolean hasIriCharsOnly(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80 ? isRefusedAscii(c) : !isIriChar(text, i)) {
        return false;
      }
      if (Character.isHighSurrogate(c)) {
        i++;
      }
    }
    return true;
  }

  private static boolean isRefusedAscii(char c) {
    return switch (c) {
      case '<', '>', '"', '{', '}', '|', '\\', '^', '`', 0x7f -> true;
      default -> c <= ' ';
    };
  }

  /** RFC 3987, section 2.2: no controls, no spaces, and surrogates in pairs only. */
  private static boolean isIriChar(String text, int i) {
    int c = text.codePointAt(i);
    return !Character.isISOControl(c)
        && !Character.isSpaceChar(c)
        && !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
