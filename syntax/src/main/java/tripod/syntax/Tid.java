package tripod.syntax;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A timestamp identifier: microseconds and a clock's number in {@value #CHARS} characters that sort
 * as the time does.
 *
 * <p>The time is what the writer says and nothing more: a TID from outside may lie in the past, in
 * the future, or be no time at all.
 *
 * @param value the text, {@value #CHARS} characters of {@code 2-7 a-z}
 * @see <a href="https://atproto.com/specs/tid">AT Protocol: TID</a>
 */
public record Tid(String value) implements Comparable<Tid> {
  /** The length of every TID, in characters. */
  public static final int CHARS = 13;

  /** The last microsecond since 1970 that a TID made here can hold: 53 bits, in the year 2255. */
  public static final long MICROSECONDS_MAX = (1L << 53) - 1;

  /** The highest number of a clock: 10 bits. */
  public static final int CLOCK_ID_MAX = (1 << 10) - 1;

  private static final int CLOCK_BITS = 10;
  private static final int CHAR_BITS = 5;
  private static final String ALPHABET = "234567abcdefghijklmnopqrstuvwxyz";

  /**
   * Checks the syntax.
   *
   * @throws SyntaxException when the text is not a TID
   */
  public Tid {
    if (!isValid(value)) {
      throw new SyntaxException("TID", value);
    }
  }

  /**
   * Tells whether a text is a TID by syntax.
   *
   * @param text anything
   * @return whether it can be a value
   */
  public static boolean isValid(String text) {
    if (text.length() != CHARS) {
      return false;
    }
    for (int i = 0; i < CHARS; i++) {
      if (digit(text.charAt(i)) < 0) {
        return false;
      }
    }
    // 13 characters hold 65 bits. TID section "Syntax" asks of the first one only that it be in
    // [2-7a-j], so that a 64th bit may be set in a TID from outside; none made here has it.
    return digit(text.charAt(0)) < 16;
  }

  private static int digit(char c) {
    if (c >= '2' && c <= '7') {
      return c - '2';
    }
    return Ascii.isLower(c) ? c - 'a' + 6 : -1;
  }

  /**
   * Makes a TID of a time and a clock.
   *
   * @param microseconds since 1970 in UTC, 0 to {@link #MICROSECONDS_MAX}
   * @param clockId 0 to {@link #CLOCK_ID_MAX}
   * @return the TID
   * @throws SyntaxException when one of them is out of range
   */
  public static Tid of(long microseconds, int clockId) {
    if (microseconds < 0 || microseconds > MICROSECONDS_MAX) {
      throw new SyntaxException(
          "microseconds from 0 to " + MICROSECONDS_MAX, Long.toString(microseconds));
    }
    return ofLong((microseconds << CLOCK_BITS) | checkedClockId(clockId));
  }

  static int checkedClockId(int clockId) {
    if (clockId < 0 || clockId > CLOCK_ID_MAX) {
      throw new SyntaxException("clock id from 0 to " + CLOCK_ID_MAX, Integer.toString(clockId));
    }
    return clockId;
  }

  /**
   * Makes the TID that a number stands for.
   *
   * @param bits what {@link #toLong()} gives
   * @return the TID
   */
  public static Tid ofLong(long bits) {
    char[] text = new char[CHARS];
    long rest = bits;
    for (int i = CHARS - 1; i >= 0; i--) {
      text[i] = ALPHABET.charAt((int) (rest & 31));
      rest >>>= CHAR_BITS;
    }
    return new Tid(new String(text));
  }

  /**
   * Gives the number that the text spells: the microseconds, then 10 bits of clock id.
   *
   * @return 64 bits; never negative for a TID made here, and to be compared as unsigned for a TID
   *     from outside
   */
  public long toLong() {
    long bits = 0;
    for (int i = 0; i < CHARS; i++) {
      bits = (bits << CHAR_BITS) | digit(value.charAt(i));
    }
    return bits;
  }

  /**
   * Gives the time.
   *
   * @return microseconds since 1970 in UTC; above {@link #MICROSECONDS_MAX} only in a TID from
   *     outside, and never negative
   */
  public long microseconds() {
    return toLong() >>> CLOCK_BITS;
  }

  /**
   * Gives the number of the clock.
   *
   * @return 0 to {@link #CLOCK_ID_MAX}
   */
  public int clockId() {
    return (int) (toLong() & CLOCK_ID_MAX);
  }

  /**
   * Gives the time.
   *
   * @return {@link #microseconds()} as an instant
   */
  public Instant instant() {
    return Instant.EPOCH.plus(microseconds(), ChronoUnit.MICROS);
  }

  /**
   * Orders by text, which is to order by time and then by clock.
   *
   * @param other another TID
   * @return negative, zero or positive as this one is earlier, the same or later
   */
  @Override
  public int compareTo(Tid other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
