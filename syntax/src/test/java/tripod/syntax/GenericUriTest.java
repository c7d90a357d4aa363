package tripod.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GenericUriTest {
  static Stream<String> publishedValid() {
    return Fixtures.lines("atproto/syntax/uri_syntax_valid.txt");
  }

  static Stream<String> publishedInvalid() {
    return Fixtures.lines("atproto/syntax/uri_syntax_invalid.txt");
  }

  static Stream<String> ownValid() {
    return Fixtures.own("uri_valid.txt");
  }

  static Stream<String> ownInvalid() {
    return Fixtures.own("uri_invalid.txt");
  }

  @ParameterizedTest
  @MethodSource({"ownValid", "publishedValid"})
  void valid_isTaken(String text) {
    assertTrue(GenericUri.isValid(text));
    assertEquals(new GenericUri(text), new GenericUri(new GenericUri(text).toString()));
  }

  @ParameterizedTest
  @MethodSource({"ownInvalid", "publishedInvalid"})
  void invalid_isRefused(String text) {
    assertFalse(GenericUri.isValid(text));
    assertThrows(SyntaxException.class, () -> new GenericUri(text));
  }

  @Test
  void length_isLimitedInBytes() {
    assertTrue(GenericUri.isValid("a:" + "x".repeat(GenericUri.MAX_BYTES - 2)));
    assertFalse(GenericUri.isValid("a:" + "x".repeat(GenericUri.MAX_BYTES - 1)));
    assertTrue(GenericUri.isValid("a:" + "\u00e9".repeat(GenericUri.MAX_BYTES / 2 - 1)));
    assertFalse(GenericUri.isValid("a:" + "\u00e9".repeat(GenericUri.MAX_BYTES / 2)));
  }

  @Test
  void spacesAndControls_areRefused() {
    for (String c : new String[] {" ", "\t", "\n", "\0", "\u007f", "\u0085", "\u00a0", "\ud800"}) {
      assertFalse(GenericUri.isValid("a:b" + c + "c"), "U+" + (int) c.charAt(0));
    }
  }
}
