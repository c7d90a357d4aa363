package tripod.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TidTest {
  static Stream<String> publishedValid() {
    return Fixtures.lines("atproto/syntax/tid_syntax_valid.txt");
  }

  static Stream<String> publishedInvalid() {
    return Fixtures.lines("atproto/syntax/tid_syntax_invalid.txt");
  }

  static Stream<String> ownValid() {
    return Fixtures.own("tid_valid.txt");
  }

  static Stream<String> ownInvalid() {
    return Fixtures.own("tid_invalid.txt");
  }

  @ParameterizedTest
  @MethodSource({"ownValid", "publishedValid"})
  void valid_isTaken(String text) {
    assertTrue(Tid.isValid(text));
    assertEquals(new Tid(text), new Tid(new Tid(text).toString()));
  }

  @ParameterizedTest
  @MethodSource({"ownInvalid", "publishedInvalid"})
  void invalid_isRefused(String text) {
    assertFalse(Tid.isValid(text));
    assertThrows(SyntaxException.class, () -> new Tid(text));
  }

  @ParameterizedTest
  @MethodSource
  void values_areRead(String text, String microseconds, String clockId) {
    assertEquals(Long.parseLong(microseconds), new Tid(text).microseconds());
    assertEquals(Integer.parseInt(clockId), new Tid(text).clockId());
    assertEquals(new Tid(text), Tid.of(Long.parseLong(microseconds), Integer.parseInt(clockId)));
  }

  static Stream<Arguments> values_areRead() {
    return Fixtures.columns("tid_values.txt").map(c -> Arguments.of(c[0], c[1], c[2]));
  }

  @Test
  void instant_hasMicroseconds() {
    Instant instant = Instant.parse("2026-02-03T04:05:06.789012Z");
    long microseconds = instant.getEpochSecond() * 1_000_000 + 789_012;
    assertEquals(instant, Tid.of(microseconds, 7).instant());
  }

  @Test
  void outOfRange_isRefused() {
    assertThrows(SyntaxException.class, () -> Tid.of(-1, 0));
    assertThrows(SyntaxException.class, () -> Tid.of(Tid.MICROSECONDS_MAX + 1, 0));
    assertThrows(SyntaxException.class, () -> Tid.of(0, -1));
    assertThrows(SyntaxException.class, () -> Tid.of(0, Tid.CLOCK_ID_MAX + 1));
  }

  @Test
  void highBitFromOutside_survivesTheLong() {
    var tid = new Tid("jzzzzzzzzzzzz");
    assertEquals(-1L, tid.toLong());
    assertEquals(tid, Tid.ofLong(tid.toLong()));
    assertEquals((1L << 54) - 1, tid.microseconds());
  }

  @Test
  void anyParts_areReadBack() {
    var random = new Random(0x71d);
    for (int i = 0; i < 10_000; i++) {
      long microseconds = random.nextLong(Tid.MICROSECONDS_MAX + 1);
      int clockId = random.nextInt(Tid.CLOCK_ID_MAX + 1);
      var tid = Tid.of(microseconds, clockId);
      assertEquals(microseconds, tid.microseconds());
      assertEquals(clockId, tid.clockId());
      assertEquals(tid, new Tid(tid.toString()));
      assertEquals(tid, Tid.ofLong(tid.toLong()));
    }
  }

  @Test
  void order_isThatOfTheLong() {
    var random = new Random(0x0bde);
    for (int i = 0; i < 10_000; i++) {
      long a = random.nextLong() >>> random.nextInt(64);
      long b = random.nextBoolean() ? random.nextLong() >>> random.nextInt(64) : a;
      assertEquals(
          Integer.signum(Long.compareUnsigned(a, b)),
          Integer.signum(Tid.ofLong(a).compareTo(Tid.ofLong(b))));
    }
  }
}
