package tripod.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordKeyTest {
  static Stream<String> publishedValid() {
    return Fixtures.lines("atproto/syntax/recordkey_syntax_valid.txt");
  }

  static Stream<String> publishedInvalid() {
    return Fixtures.lines("atproto/syntax/recordkey_syntax_invalid.txt");
  }

  static Stream<String> ownValid() {
    return Fixtures.own("recordkey_valid.txt");
  }

  static Stream<String> ownInvalid() {
    return Fixtures.own("recordkey_invalid.txt");
  }

  @ParameterizedTest
  @MethodSource({"ownValid", "publishedValid"})
  void valid_isTaken(String text) {
    assertTrue(RecordKey.isValid(text));
    assertEquals(new RecordKey(text), new RecordKey(new RecordKey(text).toString()));
  }

  @ParameterizedTest
  @MethodSource({"ownInvalid", "publishedInvalid"})
  void invalid_isRefused(String text) {
    assertFalse(RecordKey.isValid(text));
    assertThrows(SyntaxException.class, () -> new RecordKey(text));
  }

  @Test
  void length_isLimited() {
    assertFalse(RecordKey.isValid(""));
    assertTrue(RecordKey.isValid("k".repeat(RecordKey.MAX_CHARS)));
    assertFalse(RecordKey.isValid("k".repeat(RecordKey.MAX_CHARS + 1)));
  }

  @Test
  void everyOtherAsciiCharacter_isRefused() {
    String allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._:~-";
    for (char c = 0; c < 0x180; c++) {
      assertEquals(allowed.indexOf(c) >= 0, RecordKey.isValid("a" + c), "U+" + (int) c);
    }
  }
}
