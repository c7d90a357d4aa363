package tripod.activitypub.signature;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tripod.activitypub.activity.ActivityFailure;

/** How far a signature's time may be from ours (SEC-80). */
final class SignatureWindow {
  /** Both into the past and into the future. */
  static final Duration TOLERANCE = Duration.ofHours(1);

  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT);

  private final InstantSource clock;

  SignatureWindow(InstantSource clock) {
    this.clock = clock;
  }

  void requireDate(String header) {
    Instant date;
    try {
      date = ZonedDateTime.parse(header.strip(), HTTP_DATE).toInstant();
    } catch (DateTimeException e) {
      throw new ActivityFailure.Unproven("the Date is not an HTTP date", e);
    }
    requireNear(date);
  }

  void requireCreated(long epochSeconds) {
    requireNear(instant(epochSeconds));
  }

  void requireNotExpired(long epochSeconds) {
    if (instant(epochSeconds).isBefore(clock.instant())) {
      throw new ActivityFailure.Unproven("the signature has expired");
    }
  }

  private void requireNear(Instant time) {
    if (Duration.between(time, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
      throw new ActivityFailure.Unproven(
          "the signature's time is more than " + TOLERANCE.toMinutes() + " minutes off");
    }
  }

  private static Instant instant(long epochSeconds) {
    try {
      return Instant.ofEpochSecond(epochSeconds);
    } catch (DateTimeException e) {
      throw new ActivityFailure.Unproven("the signature's time is out of any range", e);
    }
  }
}
