package tripod.atproto.proxy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tripod.identity.http.OutboundRequest;
import tripod.identity.http.OutboundResponse;

/** Which header fields are handed on, both ways (atproto.md 1.4, 7 and 8). Nothing else is. */
public final class ForwardedFields {
  private static final Set<String> ASKED =
      Set.of("accept-language", "atproto-accept-labelers", "x-bsky-topics");
  private static final String ASKED_PREFIX = "x-atproto-";
  private static final Set<String> OF_BODY = Set.of("content-type", "content-encoding");
  private static final List<String> ANSWERED =
      List.of("atproto-repo-rev", "atproto-content-labelers", "retry-after", "content-language");
  private static final int VALUE_CHARS_MAX = 8 * 1024;
  private static final String QUERY_LEGAL = "-._~!$&'()*+,;=:@/?[]";

  private ForwardedFields() {}

  /**
   * Returns what a service is sent of a caller's header.
   *
   * @param fields the caller's fields
   * @param hasBody whether there is a body, whose fields go with it
   */
  public static List<OutboundRequest.Header> asked(Map<String, String> fields, boolean hasBody) {
    List<OutboundRequest.Header> kept = new ArrayList<>();
    String coding = "identity";
    for (Map.Entry<String, String> field : fields.entrySet()) {
      String name = field.getKey().toLowerCase(Locale.ROOT);
      String value = field.getValue();
      if (value.length() > VALUE_CHARS_MAX) {
        continue;
      }
      if (name.equals("accept-encoding")) {
        coding = wantsGzip(value) ? "gzip" : "identity";
      } else if (ASKED.contains(name)
          || name.startsWith(ASKED_PREFIX)
          || (hasBody && OF_BODY.contains(name))) {
        kept.add(new OutboundRequest.Header(name, value));
      }
    }
    // The one coding that can be counted while it passes; whoever cannot read it gets plain bytes.
    kept.add(new OutboundRequest.Header("accept-encoding", coding));
    return kept;
  }

  private static boolean wantsGzip(String value) {
    for (String part : value.toLowerCase(Locale.ROOT).split(",", -1)) {
      String coding = part.strip();
      if (coding.equals("gzip") || coding.equals("*")) {
        return true;
      }
      if (coding.startsWith("gzip;")) {
        return !coding.replace(" ", "").matches("gzip;q=0(\\.0*)?");
      }
    }
    return false;
  }

  /** Returns what a caller gets of a service's header, but for the fields of the body. */
  public static Map<String, String> answered(OutboundResponse head) {
    Map<String, String> kept = new LinkedHashMap<>();
    for (String name : ANSWERED) {
      head.header(name).ifPresent(value -> kept.put(name, value));
    }
    return kept;
  }

  /** Writes what no URL may hold as escapes; what is written right stays as it is. */
  static String legal(String query) {
    StringBuilder text = null;
    byte[] bytes = query.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      char c = (char) (bytes[i] & 0xff);
      boolean isLegal =
          c == '%'
              ? isHex(bytes, i + 1) && isHex(bytes, i + 2)
              : c < 0x80 && (Character.isLetterOrDigit(c) || QUERY_LEGAL.indexOf(c) >= 0);
      if (isLegal) {
        if (text != null) {
          text.append(c);
        }
        continue;
      }
      if (text == null) {
        text = new StringBuilder(new String(bytes, 0, i, StandardCharsets.US_ASCII));
      }
      text.append('%').append(HexFormat.of().withUpperCase().toHexDigits(bytes[i]));
    }
    return text == null ? query : text.toString();
  }

  private static boolean isHex(byte[] bytes, int at) {
    return at < bytes.length && Character.digit(bytes[at], 16) >= 0;
  }
}
