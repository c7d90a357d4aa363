package tripod.podstore.blob;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import tripod.syntax.MediaType;

/**
 * Reads the type of a file from its first bytes (SEC-40).
 *
 * @see <a href="https://mimesniff.spec.whatwg.org/">WHATWG: MIME sniffing, whose signatures these
 *     are</a>
 */
public final class MagicBytes {
  /** How many first bytes are looked at. */
  public static final int BYTES = 512;

  private MagicBytes() {}

  /** Returns what the bytes show; the declared type where they show nothing. */
  public static MediaType type(byte[] start, MediaType declared) {
    return recognise(start).map(MediaType::parse).orElse(declared);
  }

  private static Optional<String> recognise(byte[] b) {
    if (starts(b, 0, 0xff, 0xd8, 0xff)) {
      return Optional.of("image/jpeg");
    }
    if (starts(b, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
      return Optional.of("image/png");
    }
    if (starts(b, 0, 'G', 'I', 'F', '8')) {
      return Optional.of("image/gif");
    }
    if (starts(b, 0, 'R', 'I', 'F', 'F')) {
      if (starts(b, 8, 'W', 'E', 'B', 'P')) {
        return Optional.of("image/webp");
      }
      if (starts(b, 8, 'W', 'A', 'V', 'E')) {
        return Optional.of("audio/wav");
      }
    }
    if (starts(b, 4, 'f', 't', 'y', 'p')) {
      return Optional.of(isoBrand(b));
    }
    if (starts(b, 0, 0x1a, 0x45, 0xdf, 0xa3)) {
      return Optional.of("video/webm");
    }
    if (starts(b, 0, 'O', 'g', 'g', 'S')) {
      return Optional.of("audio/ogg");
    }
    if (starts(b, 0, 'I', 'D', '3') || starts(b, 0, 0xff, 0xfb)) {
      return Optional.of("audio/mpeg");
    }
    if (starts(b, 0, '%', 'P', 'D', 'F', '-')) {
      return Optional.of("application/pdf");
    }
    return markup(b);
  }

  private static String isoBrand(byte[] b) {
    String brand = b.length < 12 ? "" : new String(b, 8, 4, StandardCharsets.ISO_8859_1);
    return switch (brand) {
      case "avif", "avis" -> "image/avif";
      case "heic", "heix", "mif1" -> "image/heic";
      case "qt  " -> "video/quicktime";
      case "M4A " -> "audio/mp4";
      default -> "video/mp4";
    };
  }

  /** What a browser might run must not pass as something harmless. */
  private static Optional<String> markup(byte[] b) {
    String text =
        new String(b, StandardCharsets.ISO_8859_1).stripLeading().toLowerCase(Locale.ROOT);
    if (text.startsWith("\u00ef\u00bb\u00bf")) {
      text = text.substring(3).stripLeading();
    }
    if (text.startsWith("<svg") || (text.startsWith("<?xml") && text.contains("<svg"))) {
      return Optional.of("image/svg+xml");
    }
    if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
      return Optional.of("text/html");
    }
    return text.startsWith("<?xml") ? Optional.of("application/xml") : Optional.empty();
  }

  private static boolean starts(byte[] bytes, int offset, int... signature) {
    if (bytes.length < offset + signature.length) {
      return false;
    }
    for (int i = 0; i < signature.length; i++) {
      if ((bytes[offset + i] & 0xff) != signature[i]) {
        return false;
      }
    }
    return true;
  }
}
