package tripod.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WebIdTest {
  static Stream<String> ownValid() {
    return Fixtures.own("webid_valid.txt");
  }

  static Stream<String> ownInvalid() {
    return Fixtures.own("webid_invalid.txt");
  }

  @ParameterizedTest
  @MethodSource("ownValid")
  void valid_isTaken(String text) {
    assertTrue(WebId.isValid(text));
    assertEquals(new WebId(text), new WebId(new WebId(text).toString()));
  }

  @ParameterizedTest
  @MethodSource("ownInvalid")
  void invalid_isRefused(String text) {
    assertFalse(WebId.isValid(text));
    assertThrows(SyntaxException.class, () -> new WebId(text));
  }

  @ParameterizedTest
  @MethodSource("ownValid")
  void valid_isAUriWithHost(String text) {
    assertEquals(text, new WebId(text).uri().toString());
    assertFalse(new WebId(text).uri().getHost().isEmpty());
  }

  @Test
  void document_isWithoutFragment() {
    assertEquals(
        "https://a.example/profile/card",
        new WebId("https://a.example/profile/card#me").document());
    assertEquals("https://a.example/card?v=1", new WebId("https://a.example/card?v=1").document());
  }

  @ParameterizedTest
  @MethodSource("refusedCharacters")
  void character_isRefusedWherever(String character) {
    assertFalse(WebId.isValid("https://a.example/x" + character + "y"));
    assertFalse(WebId.isValid("https://a.example/#x" + character));
    assertFalse(WebId.isValid(character + "https://a.example/"));
  }

  static Stream<String> refusedCharacters() {
    return Stream.of(
        "<",
        ">",
        "\"",
        "{",
        "}",
        "|",
        "\\",
        "^",
        "`",
        " ",
        "\t",
        "\n",
        "\r",
        "\0",
        "\u007f",
        "\u0085",
        "\u00a0",
        "\u2028",
        "\u3000",
        "\ud800",
        "\udc00",
        "\udc00\ud800");
  }

  @Test
  void length_isLimited() {
    String start = "https://a.example/";
    assertTrue(WebId.isValid(start + "x".repeat(2048 - start.length())));
    assertFalse(WebId.isValid(start + "x".repeat(2049 - start.length())));
  }

  @Test
  void anythingValid_hasAUri() {
    var random = new Random(0x3eb1d);
    String pieces = "https://a.example:80/?#[]@%41%zz\u00e9\ud83d\ude00 <\\_-.~";
    int taken = 0;
    for (int i = 0; i < 20_000; i++) {
      var text = new StringBuilder("https://");
      for (int n = random.nextInt(12); n > 0; n--) {
        int from = random.nextInt(pieces.length());
        text.append(pieces, from, Math.min(pieces.length(), from + 1 + random.nextInt(3)));
      }
      if (WebId.isValid(text.toString())) {
        taken++;
        assertEquals(text.toString(), new WebId(text.toString()).uri().toString());
      }
    }
    assertTrue(taken > 100, "only " + taken + " texts were taken");
  }
}
