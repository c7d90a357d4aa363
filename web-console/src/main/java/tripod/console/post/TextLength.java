package tripod.console.post;

import java.nio.charset.StandardCharsets;
import tripod.podstore.social.Graphemes;

/**
 * How long a text is, as the networks count.
 *
 * @param graphemes characters as a reader sees them
 * @param bytes in UTF-8
 */
record TextLength(int graphemes, int bytes) {
  /** Longest text of a record, in characters as a reader sees them (TXT-12). */
  static final int RECORD_GRAPHEMES_MAX = 300;

  /** Longest text of a record, in bytes (TXT-12). */
  static final int RECORD_BYTES_MAX = 3000;

  /** What most servers of the fediverse let their own people write; they take more from others. */
  static final int FEDIVERSE_USUAL_MAX = 500;

  static TextLength of(String text) {
    return new TextLength(Graphemes.count(text), text.getBytes(StandardCharsets.UTF_8).length);
  }

  boolean fitsRecord() {
    return graphemes <= RECORD_GRAPHEMES_MAX && bytes <= RECORD_BYTES_MAX;
  }
}
