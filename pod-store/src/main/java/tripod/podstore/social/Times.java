package tripod.podstore.social;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import tripod.podstore.Resource;
import tripod.syntax.Datetime;
import tripod.syntax.Tid;

/** Times as the forms want them (TIME-1, TIME-2). */
public final class Times {
  private static final DateTimeFormatter WITH_MILLIS =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter WITHOUT =
      new DateTimeFormatterBuilder()
          .appendPattern("uuuu-MM-dd'T'HH:mm:ss'Z'")
          .toFormatter(Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** How far in the future a name may lie and still be taken for a time, in seconds. */
  private static final long LATE_SECONDS = 86_400;

  private Times() {}

  /** Returns a time as ActivityStreams shows it: UTC, with milliseconds if there are any. */
  public static String shown(Instant time) {
    boolean whole =
        time.truncatedTo(ChronoUnit.SECONDS).equals(time.truncatedTo(ChronoUnit.MILLIS));
    return (whole ? WITHOUT : WITH_MILLIS).format(time);
  }

  /** Returns a moment of an event: as written where it has an offset, else as {@link #shown}. */
  public static String moment(Datetime time) {
    return time.hasInstant() && time.value().endsWith("Z") ? shown(time.instant()) : time.value();
  }

  /** Returns what a resource says of its time, or else when its name or itself came to be. */
  public static Instant instant(Datetime said, Resource resource) {
    return said.hasInstant() ? said.instant() : born(resource);
  }

  /** Returns when the name of a resource was made, or else when it came to be. */
  public static Instant born(Resource resource) {
    String name = resource.path().name();
    if (Tid.isValid(name)) {
      Instant time = new Tid(name).instant();
      if (time.isBefore(resource.created().plusSeconds(LATE_SECONDS))) {
        return time; // a name that claims the far future is no clock
      }
    }
    return resource.created();
  }
}
