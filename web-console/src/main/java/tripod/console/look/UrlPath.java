package tripod.console.look;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import tripod.podstore.PodPath;

/** Paths as they stand in an address: percent-encoded where they must be. */
public final class UrlPath {
  private static final String PLAIN = "-._~!$&'()*+,;=:@";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private UrlPath() {}

  /** Encodes a whole path. */
  public static String of(PodPath path) {
    return encoded(path.value(), true);
  }

  /** Encodes one segment. */
  public static String segment(String name) {
    return encoded(name, false);
  }

  private static String encoded(String text, boolean slashes) {
    StringBuilder url = new StringBuilder(text.length() + 8);
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || PLAIN.indexOf(c) >= 0
              || (slashes && c == '/');
      if (plain) {
        url.append(c);
      } else {
        url.append('%').append(HEX.toHexDigits(b));
      }
    }
    return url.toString();
  }
}
