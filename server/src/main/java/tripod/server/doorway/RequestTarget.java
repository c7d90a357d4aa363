package tripod.server.doorway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The path of a request, decoded exactly once (SEC-72).
 *
 * @param path the decoded path
 * @param segments the decoded segments between slashes; a trailing slash gives an empty last one
 */
record RequestTarget(String path, List<String> segments) {
  RequestTarget {
    segments = List.copyOf(segments);
  }

  /**
   * Decodes the raw path of a request line.
   *
   * @return empty for an encoded slash, backslash or NUL, a bad escape, bytes that are no UTF-8, or
   *     a dot segment
   */
  static Optional<RequestTarget> parse(String raw) {
    if (raw.isEmpty() || raw.charAt(0) != '/') {
      return Optional.empty();
    }
    if (raw.indexOf('%') < 0 && raw.indexOf("/.") < 0) {
      return Optional.of(new RequestTarget(raw, List.of(raw.substring(1).split("/", -1))));
    }
    List<String> segments = new ArrayList<>();
    for (String segment : raw.substring(1).split("/", -1)) {
      Optional<String> decoded = decode(segment);
      if (decoded.isEmpty() || decoded.get().equals(".") || decoded.get().equals("..")) {
        return Optional.empty();
      }
      segments.add(decoded.get());
    }
    return Optional.of(new RequestTarget("/" + String.join("/", segments), segments));
  }

  private static Optional<String> decode(String segment) {
    if (segment.indexOf('%') < 0) {
      return Optional.of(segment);
    }
    ByteBuffer bytes = ByteBuffer.allocate(segment.length() * 3);
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c == '%') {
        int high = i + 2 <= segment.length() - 1 ? Character.digit(segment.charAt(i + 1), 16) : -1;
        int low = i + 2 <= segment.length() - 1 ? Character.digit(segment.charAt(i + 2), 16) : -1;
        int value = high * 16 + low;
        if (high < 0 || low < 0 || value == '/' || value == '\\' || value == 0) {
          return Optional.empty();
        }
        bytes.put((byte) value);
        i += 2;
      } else {
        bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException noText) {
      return Optional.empty();
    }
  }
}
