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

class DatetimeTest {
  static Stream<String> publishedValid() {
    return Fixtures.lines("atproto/syntax/datetime_syntax_valid.txt");
  }

  static Stream<String> publishedInvalid() {
    return Fixtures.lines("atproto/syntax/datetime_syntax_invalid.txt");
  }

  static Stream<String> ownValid() {
    return Fixtures.own("datetime_valid.txt");
  }

  static Stream<String> ownInvalid() {
    return Fixtures.own("datetime_invalid.txt");
  }

  @ParameterizedTest
  @MethodSource({"ownValid", "publishedValid"})
  void valid_isTaken(String text) {
    assertTrue(Datetime.isValid(text));
    assertEquals(new Datetime(text), new Datetime(new Datetime(text).toString()));
  }

  @ParameterizedTest
  @MethodSource({"ownInvalid", "publishedInvalid"})
  void invalid_isRefused(String text) {
    assertFalse(Datetime.isValid(text));
    assertThrows(SyntaxException.class, () -> new Datetime(text));
  }

  @ParameterizedTest
  @MethodSource({"ownNoTime", "publishedNoTime"})
  void noSuchTime_isAValueWithoutInstant(String text) {
    var datetime = new Datetime(text);
    assertFalse(datetime.hasInstant());
    assertThrows(SyntaxException.class, datetime::instant);
  }

  static Stream<String> publishedNoTime() {
    return Fixtures.lines("atproto/syntax/datetime_parse_invalid.txt");
  }

  static Stream<String> ownNoTime() {
    return Fixtures.own("datetime_no_instant.txt");
  }

  @ParameterizedTest
  @MethodSource({"ownValid", "publishedValid"})
  void valid_hasAnInstant(String text) {
    assertTrue(new Datetime(text).hasInstant());
  }

  @ParameterizedTest
  @MethodSource
  void instants_areRead(String text, String instant) {
    assertEquals(Instant.parse(instant), new Datetime(text).instant());
  }

  static Stream<Arguments> instants_areRead() {
    return Fixtures.columns("datetime_instants.txt").map(c -> Arguments.of(c[0], c[1]));
  }

  @Test
  void of_hasMillisecondsAndZ() {
    assertEquals(
        "2026-02-03T04:05:06.700Z", Datetime.of(Instant.parse("2026-02-03T04:05:06.7Z")).value());
    assertEquals(
        "2026-02-03T04:05:06.000Z", Datetime.of(Instant.parse("2026-02-03T04:05:06Z")).value());
    assertEquals(
        "0001-02-03T04:05:06.007Z",
        Datetime.of(Instant.parse("0001-02-03T04:05:06.007999999Z")).value());
  }

  @Test
  void of_yearWithoutFourDigits_isRefused() {
    Instant before = Instant.parse("-0001-12-31T23:59:59.999Z");
    Instant after = Instant.parse("+10000-01-01T00:00:00Z");
    assertThrows(SyntaxException.class, () -> Datetime.of(before));
    assertThrows(SyntaxException.class, () -> Datetime.of(after));
  }

  @Test
  void length_isLimited() {
    assertTrue(Datetime.isValid("2026-02-03T04:05:06." + "7".repeat(43) + "Z"));
    assertFalse(Datetime.isValid("2026-02-03T04:05:06." + "7".repeat(44) + "Z"));
  }

  @Test
  void anyMillisecond_isReadBack() {
    var random = new Random(0xda7e);
    for (int i = 0; i < 10_000; i++) {
      var instant =
          Instant.ofEpochMilli(random.nextLong(-62_167_219_200_000L, 253_402_300_800_000L));
      var datetime = Datetime.of(instant);
      assertEquals(instant, datetime.instant());
      assertEquals(datetime, new Datetime(datetime.toString()));
    }
  }
}
