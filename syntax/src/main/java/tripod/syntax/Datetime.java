package tripod.syntax;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A date and time as someone wrote it, kept to the letter.
 *
 * <p>It has the intersection of RFC 3339 and ISO 8601: a capital {@code T}, seconds, and a time
 * zone that is {@code Z} or a number but not {@code -00:00}. The form alone makes a value, so that
 * a record with a thirteenth month can still be read and its bytes kept; {@link #hasInstant()}
 * tells whether there is such a time.
 *
 * @param value the text, 20 to {@value #MAX_CHARS} characters
 * @see <a href="https://atproto.com/specs/lexicon#datetime">AT Protocol: format datetime</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3339#section-5.6">RFC 3339, section 5.6</a>
 */
public record Datetime(String value) {
  /** The longest text, in characters. */
  public static final int MAX_CHARS = 64;

  private static final String SHAPE = "0000-00-00T00:00:00";
  private static final int OFFSET_CHARS = 6;
  private static final Instant YEAR_ZERO = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant YEAR_10_000 = Instant.parse("+10000-01-01T00:00:00Z");

  /**
   * Checks the form.
   *
   * @throws SyntaxException when the text has not the form of a date and time
   */
  public Datetime {
    if (!isValid(value)) {
      throw new SyntaxException("datetime", value);
    }
  }

  /**
   * Tells whether a text has the form of a date and time; the thirteenth month is not looked for.
   *
   * @param text anything
   * @return whether it can be a value
   */
  public static boolean isValid(String text) {
    int length = text.length();
    if (length <= SHAPE.length() || length > MAX_CHARS || !hasShape(text, 0, SHAPE)) {
      return false;
    }
    int zone = zoneStart(text);
    if (zone == SHAPE.length() + 1) {
      return false;
    }
    return length - zone == 1
        ? text.charAt(zone) == 'Z'
        : length - zone == OFFSET_CHARS
            && (text.charAt(zone) == '+' || text.charAt(zone) == '-')
            && hasShape(text, zone + 1, "00:00")
            && !text.endsWith("-00:00");
  }

  private static boolean hasShape(String text, int from, String shape) {
    for (int i = 0; i < shape.length(); i++) {
      char c = text.charAt(from + i);
      if (shape.charAt(i) == '0' ? !Ascii.isDigit(c) : c != shape.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Where the seconds and their fraction end; one behind a dot when the fraction has no digit. */
  private static int zoneStart(String text) {
    int i = SHAPE.length();
    if (text.charAt(i) == '.') {
      i++;
      while (i < text.length() && Ascii.isDigit(text.charAt(i))) {
        i++;
      }
    }
    return i;
  }

  /**
   * Writes a time in the preferred form: UTC, three digits of milliseconds, {@code Z}.
   *
   * @param instant from the year 0 to 9999; what is below a millisecond is cut off
   * @return for example {@code 2026-02-03T04:05:06.700Z}
   * @throws SyntaxException when the year does not have four digits
   */
  public static Datetime of(Instant instant) {
    if (instant.isBefore(YEAR_ZERO) || !instant.isBefore(YEAR_10_000)) {
      throw new SyntaxException("time in the years 0 to 9999", instant.toString());
    }
    var time = instant.truncatedTo(ChronoUnit.MILLIS).atOffset(ZoneOffset.UTC);
    var text = new StringBuilder(24);
    append(text, time.getYear(), 4).append('-');
    append(text, time.getMonthValue(), 2).append('-');
    append(text, time.getDayOfMonth(), 2).append('T');
    append(text, time.getHour(), 2).append(':');
    append(text, time.getMinute(), 2).append(':');
    append(text, time.getSecond(), 2).append('.');
    append(text, time.getNano() / 1_000_000, 3).append('Z');
    return new Datetime(text.toString());
  }

  private static StringBuilder append(StringBuilder text, int number, int digits) {
    String plain = Integer.toString(number);
    return text.repeat('0', digits - plain.length()).append(plain);
  }

  /**
   * Tells whether there is a time that the text names.
   *
   * @return whether {@link #instant()} gives one
   */
  public boolean hasInstant() {
    try {
      instant();
      return true;
    } catch (SyntaxException e) {
      return false;
    }
  }

  /**
   * Gives the time that the text names.
   *
   * @return the time; digits below a nanosecond are cut off
   * @throws SyntaxException when a month, day, hour, minute, second or offset is out of its range,
   *     or the time lies before the year 0; a leap second counts as out of range, as it does for
   *     ECMAScript
   */
  public Instant instant() {
    int hour = Ascii.number(value, 11, 13);
    int minute = Ascii.number(value, 14, 16);
    int second = Ascii.number(value, 17, 19);
    int zone = zoneStart(value);
    int offset = value.charAt(zone) == 'Z' ? 0 : offsetSeconds(zone);
    if (hour > 23 || minute > 59 || second > 59) {
      throw notATime();
    }
    try {
      LocalDate date =
          LocalDate.of(
              Ascii.number(value, 0, 4), Ascii.number(value, 5, 7), Ascii.number(value, 8, 10));
      Instant instant =
          Instant.ofEpochSecond(
              date.toEpochDay() * 86_400 + hour * 3_600L + minute * 60L + second - offset,
              nanoseconds(zone));
      if (instant.isBefore(YEAR_ZERO)) {
        throw notATime();
      }
      return instant;
    } catch (DateTimeException e) {
      SyntaxException refusal = notATime();
      refusal.initCause(e);
      throw refusal;
    }
  }

  private SyntaxException notATime() {
    return new SyntaxException("datetime that exists", value);
  }

  private int offsetSeconds(int zone) {
    int hours = Ascii.number(value, zone + 1, zone + 3);
    int minutes = Ascii.number(value, zone + 4, zone + 6);
    if (hours > 23 || minutes > 59) {
      throw notATime();
    }
    int seconds = hours * 3_600 + minutes * 60;
    return value.charAt(zone) == '-' ? -seconds : seconds;
  }

  private int nanoseconds(int zone) {
    int nanoseconds = 0;
    for (int i = 0, place = 100_000_000; place > 0; i++, place /= 10) {
      int at = SHAPE.length() + 1 + i;
      if (at >= zone) {
        break;
      }
      nanoseconds += (value.charAt(at) - '0') * place;
    }
    return nanoseconds;
  }

  @Override
  public String toString() {
    return value;
  }
}
