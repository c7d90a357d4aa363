package tripod.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HandleTest {
  static Stream<String> publishedValid() {
    return Fixtures.lines("atproto/syntax/handle_syntax_valid.txt");
  }

  static Stream<String> publishedInvalid() {
    return Fixtures.lines("atproto/syntax/handle_syntax_invalid.txt");
  }

  static Stream<String> ownValid() {
    return Fixtures.own("handle_valid.txt");
  }

  static Stream<String> ownInvalid() {
    return Fixtures.own("handle_invalid.txt");
  }

  @ParameterizedTest
  @MethodSource({"ownValid", "publishedValid"})
  void valid_isTaken(String text) {
    assertTrue(Handle.isValid(text));
    assertEquals(new Handle(text), new Handle(new Handle(text).toString()));
  }

  @ParameterizedTest
  @MethodSource({"ownInvalid", "publishedInvalid"})
  void invalid_isRefused(String text) {
    assertFalse(Handle.isValid(text));
    assertThrows(SyntaxException.class, () -> new Handle(text));
  }

  @Test
  void capitals_areLowered() {
    assertEquals("alice.example", new Handle("Alice.Example").value());
    assertEquals(new Handle("alice.example"), new Handle("ALICE.EXAMPLE"));
  }

  @Test
  void tld_isTheLastLabel() {
    assertEquals("example", new Handle("a.b.Example").tld());
  }

  @Test
  void isUnder_asksForSomethingBeforeTheSuffix() {
    assertTrue(new Handle("alice.coop.example").isUnder(".coop.example"));
    assertTrue(new Handle("a.b.coop.example").isUnder(".Coop.Example"));
    assertFalse(new Handle("coop.example").isUnder(".coop.example"));
    assertFalse(new Handle("alicecoop.example").isUnder(".coop.example"));
    assertFalse(new Handle("alice.example").isUnder(".coop.example"));
  }

  @Test
  void isUnder_withoutLeadingDot_isABug() {
    var handle = new Handle("alice.coop.example");
    assertThrows(IllegalArgumentException.class, () -> handle.isUnder("coop.example"));
  }

  @Test
  void length_isLimited() {
    String label = "a".repeat(63) + ".";
    assertTrue(Handle.isValid(label.repeat(3) + "a".repeat(61)));
    assertFalse(Handle.isValid(label.repeat(3) + "a".repeat(62)));
  }
}
