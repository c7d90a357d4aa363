package tripod.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LanguageTest {
  static Stream<String> publishedValid() {
    return Fixtures.lines("atproto/syntax/language_syntax_valid.txt");
  }

  static Stream<String> publishedInvalid() {
    return Fixtures.lines("atproto/syntax/language_syntax_invalid.txt");
  }

  static Stream<String> ownValid() {
    return Fixtures.own("language_valid.txt");
  }

  static Stream<String> ownInvalid() {
    return Fixtures.own("language_invalid.txt");
  }

  @ParameterizedTest
  @MethodSource({"ownValid", "publishedValid"})
  void valid_isTaken(String text) {
    assertTrue(Language.isValid(text));
    assertEquals(new Language(text), new Language(new Language(text).toString()));
  }

  @ParameterizedTest
  @MethodSource({"ownInvalid", "publishedInvalid"})
  void invalid_isRefused(String text) {
    assertFalse(Language.isValid(text));
    assertThrows(SyntaxException.class, () -> new Language(text));
  }

  @ParameterizedTest
  @MethodSource({"ownRepeats", "publishedRepeats"})
  void repeated_isWellFormedAndTold(String text) {
    assertTrue(Language.isValid(text));
    assertTrue(new Language(text).hasRepeats());
  }

  static Stream<String> publishedRepeats() {
    return Fixtures.lines("atproto/syntax/language_parse_invalid.txt");
  }

  static Stream<String> ownRepeats() {
    return Fixtures.own("language_repeats.txt");
  }

  @ParameterizedTest
  @MethodSource({"ownValid", "publishedValid"})
  void valid_hasNoRepeats(String text) {
    assertFalse(new Language(text).hasRepeats());
  }

  @Test
  void length_isLimited() {
    assertFalse(Language.isValid(""));
    assertTrue(Language.isValid("x" + "-12345678".repeat(13) + "-1234-1234"));
    assertFalse(Language.isValid("x" + "-12345678".repeat(13) + "-1234-12345"));
  }
}
