package tripod.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DidTest {
  static Stream<String> publishedValid() {
    return Fixtures.lines("atproto/syntax/did_syntax_valid.txt");
  }

  static Stream<String> publishedInvalid() {
    return Fixtures.lines("atproto/syntax/did_syntax_invalid.txt");
  }

  static Stream<String> ownValid() {
    return Fixtures.own("did_valid.txt");
  }

  static Stream<String> ownInvalid() {
    return Fixtures.own("did_invalid.txt");
  }

  @ParameterizedTest
  @MethodSource({"ownValid", "publishedValid"})
  void valid_isTaken(String text) {
    assertTrue(Did.isValid(text));
    assertEquals(new Did(text), new Did(new Did(text).toString()));
  }

  @ParameterizedTest
  @MethodSource({"ownInvalid", "publishedInvalid"})
  void invalid_isRefused(String text) {
    assertFalse(Did.isValid(text));
    assertThrows(SyntaxException.class, () -> new Did(text));
  }

  @ParameterizedTest
  @MethodSource
  void blessed_isKnown(String text) {
    assertTrue(new Did(text).isBlessed());
  }

  static Stream<String> blessed_isKnown() {
    return Fixtures.own("did_blessed.txt");
  }

  @ParameterizedTest
  @MethodSource
  void unblessed_isKnown(String text) {
    assertFalse(new Did(text).isBlessed());
  }

  static Stream<String> unblessed_isKnown() {
    return Fixtures.own("did_unblessed.txt");
  }

  @Test
  void method_standsBetweenTheColons() {
    assertEquals("plc", new Did("did:plc:ewvi7nxzyoun6zhxrhs64oiz").method());
    assertEquals("m", new Did("did:m:v").method());
  }

  @Test
  void isPlcAndIsWeb_lookAtTheMethodOnly() {
    assertTrue(new Did("did:plc:short").isPlc());
    assertFalse(new Did("did:plc:short").isWeb());
    assertTrue(new Did("did:web:a.example").isWeb());
    assertFalse(new Did("did:plcx:a").isPlc());
    assertFalse(new Did("did:webs:a.example").isWeb());
  }

  @Test
  void length_isLimited() {
    assertTrue(Did.isValid("did:m:" + "v".repeat(Did.MAX_CHARS - 6)));
    assertFalse(Did.isValid("did:m:" + "v".repeat(Did.MAX_CHARS - 5)));
  }
}
