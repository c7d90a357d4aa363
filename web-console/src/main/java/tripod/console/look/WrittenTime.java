package tripod.console.look;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tripod.podstore.Resource;
import tripod.syntax.Datetime;

/**
 * A time for people and for machines.
 *
 * @param machine for a {@code datetime} attribute
 * @param words for reading, in UTC
 */
public record WrittenTime(String machine, String words) {
  private static final DateTimeFormatter WORDS =
      DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  /** Puts an instant into words. */
  public static WrittenTime of(Instant instant) {
    return new WrittenTime(Datetime.of(instant).value(), WORDS.format(instant));
  }

  /** Takes what a resource says of itself, or when it came to be where that is no time. */
  public static WrittenTime of(Datetime said, Resource resource) {
    return of(said.hasInstant() ? said.instant() : resource.created());
  }
}
