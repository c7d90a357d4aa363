package tripod.solid.ldp;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;
import tripod.podstore.Aspect;

/** Makes a name of what a client would like a new resource to be called. */
final class Slug {
  /** Longest name made of a slug, in UTF-8 bytes (SEC-72). */
  private static final int BYTES_MAX = 128;

  private Slug() {}

  /**
   * Returns a name that can stand in a path and is no auxiliary resource's.
   *
   * @param field the {@code Slug} field, or null
   * @return empty text when nothing usable is left
   */
  static String clean(@Nullable String field) {
    if (field == null) {
      return "";
    }
    StringBuilder name = new StringBuilder();
    int bytes = 0;
    for (int c : Normalizer.normalize(decoded(field), Normalizer.Form.NFC).codePoints().toArray()) {
      int kept = Character.isLetterOrDigit(c) || "-_.~".indexOf(c) >= 0 ? c : '-';
      bytes += kept < 0x80 ? 1 : kept < 0x800 ? 2 : kept < 0x10000 ? 3 : 4;
      if (bytes > BYTES_MAX) {
        break;
      }
      if (name.isEmpty() && (kept == '.' || kept == '-')) {
        continue; // no hidden names, and none that is only dots
      }
      name.appendCodePoint(kept);
    }
    String stem = Normalizer.normalize(name, Normalizer.Form.NFC);
    while (Target.aspectOf(stem) != Aspect.SELF) {
      Aspect aspect = Target.aspectOf(stem);
      stem = stem.substring(0, stem.length() - aspect.suffix().length());
    }
    return stem;
  }

  private static String decoded(String field) {
    if (field.indexOf('%') < 0) {
      return field;
    }
    try {
      return URLDecoder.decode(field.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return field;
    }
  }
}
