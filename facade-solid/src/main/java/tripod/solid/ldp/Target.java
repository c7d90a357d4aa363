package tripod.solid.ldp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import tripod.podstore.Aspect;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;

/**
 * What a request is about: a resource of the pod, or one of its auxiliary resources.
 *
 * @param path the resource, or the subject of the auxiliary resource
 * @param aspect which of its graphs
 */
public record Target(PodPath path, Aspect aspect) {
  /**
   * Reads the path of a request, decoding it once (SEC-72).
   *
   * @param raw as it stood in the request line, without a query
   * @throws Refusal with 400 for what no resource can be called
   */
  public static Target parse(String raw) {
    PodPath whole;
    try {
      whole = new PodPath(decode(raw));
    } catch (PodFailure.Invalid e) {
      throw new Refusal(400, String.valueOf(e.getMessage()));
    }
    if (whole.isContainer()) {
      return new Target(whole, Aspect.SELF);
    }
    Aspect aspect = aspectOf(whole.name());
    if (aspect == Aspect.SELF) {
      return new Target(whole, aspect);
    }
    PodPath subject =
        new PodPath(whole.value().substring(0, whole.value().length() - aspect.suffix().length()));
    if (!subject.isContainer() && aspectOf(subject.name()) != Aspect.SELF) {
      throw new Refusal(404, "an auxiliary resource has no auxiliary resources of its own");
    }
    return new Target(subject, aspect);
  }

  /** Returns the auxiliary graph that a name belongs to by its suffix. */
  static Aspect aspectOf(String name) {
    for (Aspect aspect : Aspect.values()) {
      if (aspect != Aspect.SELF && name.endsWith(aspect.suffix())) {
        return aspect;
      }
    }
    return Aspect.SELF;
  }

  /** Says whether clients may change it at all. */
  boolean isWritable() {
    return aspect == Aspect.SELF || aspect == Aspect.ACL || aspect == Aspect.META;
  }

  boolean isSelf() {
    return aspect == Aspect.SELF;
  }

  /** Says whether this is the container itself or its description. */
  boolean describesContainer() {
    return path.isContainer() && (aspect == Aspect.SELF || aspect == Aspect.META);
  }

  /** Returns the path as it stands in an IRI. */
  public String encoded() {
    return encode(path) + aspect.suffix();
  }

  /** Percent-encodes what an IRI's path cannot hold as it is. */
  static String encode(PodPath path) {
    String value = path.value();
    for (int i = 0; i < value.length(); i++) {
      if (!isPlain(value.charAt(i))) {
        return encodeFrom(value, i);
      }
    }
    return value;
  }

  private static String encodeFrom(String value, int from) {
    StringBuilder encoded = new StringBuilder(value.length() + 16).append(value, 0, from);
    for (byte b : value.substring(from).getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isPlain(c)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(hex(c >> 4)).append(hex(c & 15));
      }
    }
    return encoded.toString();
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }

  /** RFC 3986, section 3.3: {@code pchar} without what must be encoded, and the slash. */
  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || "/-._~!$&'()*+,;=:@".indexOf(c) >= 0;
  }

  private static String decode(String raw) {
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    var bytes = new ByteArrayOutputStream(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c != '%') {
        bytes.write(c < 0x80 ? c : '?');
        continue;
      }
      int value =
          i + 2 < raw.length() ? digit(raw.charAt(i + 1)) * 16 + digit(raw.charAt(i + 2)) : -1;
      if (value < 0x20 || value == '/' || value == '\\' || value == 0x7f) {
        throw new Refusal(400, "the path has an escape that no name can hold");
      }
      bytes.write(value);
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new Refusal(400, "the path is not UTF-8");
    }
  }

  private static int digit(char c) {
    int digit = Character.digit(c, 16);
    return digit < 0 ? -1000 : digit;
  }
}
