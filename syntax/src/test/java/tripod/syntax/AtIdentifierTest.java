package tripod.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AtIdentifierTest {
  static Stream<String> publishedValid() {
    return Fixtures.lines("atproto/syntax/atidentifier_syntax_valid.txt");
  }

  static Stream<String> publishedInvalid() {
    return Fixtures.lines("atproto/syntax/atidentifier_syntax_invalid.txt");
  }

  static Stream<String> ownValid() {
    return Fixtures.own("atidentifier_valid.txt");
  }

  static Stream<String> ownInvalid() {
    return Fixtures.own("atidentifier_invalid.txt");
  }

  @ParameterizedTest
  @MethodSource({"ownValid", "publishedValid"})
  void valid_isTaken(String text) {
    assertTrue(AtIdentifier.isValid(text));
    assertEquals(AtIdentifier.parse(text), AtIdentifier.parse(AtIdentifier.parse(text).toString()));
  }

  @ParameterizedTest
  @MethodSource({"ownInvalid", "publishedInvalid"})
  void invalid_isRefused(String text) {
    assertFalse(AtIdentifier.isValid(text));
    assertThrows(SyntaxException.class, () -> AtIdentifier.parse(text));
  }

  @Test
  void parse_tellsDidAndHandleApart() {
    assertEquals(new Did("did:m:v"), AtIdentifier.parse("did:m:v"));
    assertEquals(new Handle("alice.example"), AtIdentifier.parse("Alice.Example"));
  }

  @Test
  void family_isClosed() {
    String kind =
        switch (AtIdentifier.parse("did.example")) {
          case Did did -> "did";
          case Handle handle -> "handle";
        };
    assertEquals("handle", kind);
  }
}
