package tripod.podstore.social;

import java.time.Instant;
import tripod.podstore.PodPath;

/**
 * What is left of a deleted social resource: its name, its kind and the time, and nothing it said
 * (DEL-1).
 *
 * @param path where it was
 * @param kind its ActivityStreams class, for example {@code Note}
 * @param deleted when it was deleted
 */
public record Tombstone(PodPath path, String kind, Instant deleted) {
  String text() {
    return deleted + " " + kind;
  }

  static Tombstone parse(PodPath path, String text) {
    int space = text.indexOf(' ');
    return new Tombstone(path, text.substring(space + 1), Instant.parse(text.substring(0, space)));
  }
}
