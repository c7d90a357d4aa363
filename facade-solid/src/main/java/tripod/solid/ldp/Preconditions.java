package tripod.solid.ldp;

import io.javalin.http.Context;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tripod.solid.representation.EntityTag;

/**
 * Conditions of a request on the state it found (RFC 9110, section 13), in the order given there.
 *
 * @param ifMatch the field, or null
 * @param ifNoneMatch the field, or null
 * @param ifModifiedSince the field, or null
 * @param ifUnmodifiedSince the field, or null
 */
record Preconditions(
    @Nullable String ifMatch,
    @Nullable String ifNoneMatch,
    @Nullable String ifModifiedSince,
    @Nullable String ifUnmodifiedSince) {

  static Preconditions of(Context request) {
    return new Preconditions(
        request.header("If-Match"),
        request.header("If-None-Match"),
        request.header("If-Modified-Since"),
        request.header("If-Unmodified-Since"));
  }

  /**
   * Checks a write.
   *
   * @param tag the state as it is; empty when there is nothing
   * @throws Refusal with 412 when a condition does not hold
   */
  void requireForWrite(Optional<EntityTag> tag, Optional<Instant> modified) {
    if (ifMatch != null) {
      String field = ifMatch;
      if (tag.isEmpty() || !tag.get().stateIsIn(field)) {
        throw new Refusal(412, "If-Match names another state than the present one");
      }
    } else if (isAfter(modified, ifUnmodifiedSince)) {
      throw new Refusal(412, "changed since the time in If-Unmodified-Since");
    }
    if (ifNoneMatch != null && tag.isPresent()) {
      String field = ifNoneMatch;
      if (field.strip().equals("*") || tag.get().isIn(field) || tag.get().stateIsIn(field)) {
        throw new Refusal(412, "If-None-Match names the present state");
      }
    }
  }

  /** Says whether a reader already has this representation, so that the answer is 304. */
  boolean isKnown(EntityTag tag, Instant modified) {
    if (ifMatch != null) {
      String field = ifMatch;
      if (!tag.stateIsIn(field)) {
        throw new Refusal(412, "If-Match names another state than the present one");
      }
    }
    if (ifNoneMatch != null) {
      String field = ifNoneMatch;
      return tag.isIn(field);
    }
    return ifModifiedSince != null
        && time(ifModifiedSince).isPresent()
        && !isAfter(Optional.of(modified), ifModifiedSince);
  }

  private static boolean isAfter(Optional<Instant> modified, @Nullable String field) {
    if (field == null || modified.isEmpty()) {
      return false;
    }
    Optional<Instant> given = time(field);
    return given.isPresent() && modified.get().truncatedTo(ChronoUnit.SECONDS).isAfter(given.get());
  }

  /** RFC 9110, section 13.1.3: a field that is no date is ignored. */
  private static Optional<Instant> time(String field) {
    try {
      return Optional.of(
          ZonedDateTime.parse(field, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
