package tripod.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MediaTypeTest {
  static Stream<Arguments> valid() {
    return Fixtures.columns("mediatype_valid.txt").map(c -> Arguments.of(c[0], c[1]));
  }

  static Stream<String> invalid() {
    return Fixtures.own("mediatype_invalid.txt");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void valid_hasOneSpelling(String text, String canonical) {
    assertEquals(canonical, MediaType.parse(text).toString());
    assertEquals(MediaType.parse(text), MediaType.parse(canonical));
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void invalid_isRefused(String text) {
    assertThrows(SyntaxException.class, () -> MediaType.parse(text));
  }

  @Test
  void controlCharacters_areRefused() {
    for (String c : new String[] {"\r", "\n", "\0", "\u007f", "\u0100"}) {
      assertThrows(SyntaxException.class, () -> MediaType.parse("a/b;c=\"d" + c + "\""));
      assertThrows(SyntaxException.class, () -> MediaType.parse("a/b;c=\"d\\" + c + "\""));
      assertThrows(SyntaxException.class, () -> MediaType.parse("a/b" + c));
    }
  }

  @Test
  void length_isLimited() {
    assertEquals("b".repeat(1022), MediaType.parse("a/" + "b".repeat(1022)).subtype());
    assertThrows(SyntaxException.class, () -> MediaType.parse("a/" + "b".repeat(1023)));
    assertThrows(SyntaxException.class, () -> MediaType.parse(""));
  }

  @Test
  void essence_isWithoutParameters() {
    var type = MediaType.parse("Text/Turtle; charset=UTF-8");
    assertEquals("text/turtle", type.essence());
    assertTrue(type.is("text/turtle"));
    assertTrue(type.is("TEXT/turtle"));
    assertTrue(type.is(MediaType.TURTLE));
    assertFalse(type.is("text/turtl"));
    assertFalse(type.is("text/turtles"));
    assertFalse(type.is("tex/tturtle"));
    assertFalse(type.is(""));
    assertFalse(type.is(MediaType.HTML));
  }

  @Test
  void parameter_isFoundInAnyCase() {
    var type = MediaType.parse("text/html; Charset=UTF-8");
    assertEquals(Optional.of("UTF-8"), type.parameter("charset"));
    assertEquals(Optional.of("UTF-8"), type.parameter("CHARSET"));
    assertEquals(Optional.empty(), type.parameter("q"));
  }

  @Test
  void parameters_areACopy() {
    var given = new TreeMap<>(Map.of("Q", "1"));
    var type = new MediaType("a", "b", given);
    given.put("r", "2");
    assertEquals(Map.of("q", "1"), type.parameters());
    assertThrows(UnsupportedOperationException.class, () -> type.parameters().put("r", "2"));
  }

  @Test
  void constants_areWhatTheirNamesSay() {
    assertEquals("text/turtle", MediaType.TURTLE.toString());
    assertEquals("application/ld+json", MediaType.JSON_LD.toString());
    assertEquals("application/activity+json", MediaType.ACTIVITY_JSON.toString());
    assertEquals("application/vnd.ipld.dag-cbor", MediaType.DAG_CBOR.toString());
    assertEquals("application/json", MediaType.JSON.toString());
    assertEquals("application/octet-stream", MediaType.OCTET_STREAM.toString());
    assertEquals("text/html", MediaType.HTML.toString());
    assertEquals("text/n3", MediaType.N3.toString());
  }

  @Test
  void partsThatAreNoTokens_areRefused() {
    var none = new TreeMap<String, String>();
    assertThrows(SyntaxException.class, () -> new MediaType("", "b", none));
    assertThrows(SyntaxException.class, () -> new MediaType("a", "b c", none));
    var injected = new TreeMap<>(Map.of("q", "1\r\nSet-Cookie: x"));
    assertThrows(SyntaxException.class, () -> new MediaType("a", "b", injected));
  }

  @Test
  void anyParameters_areReadBack() {
    var random = new Random(0x3ed1a);
    String alphabet = "aZ0 \t;=,\"\\/:\u00e9";
    for (int i = 0; i < 5_000; i++) {
      var parameters = new TreeMap<String, String>();
      for (int n = random.nextInt(4); n > 0; n--) {
        var value = new StringBuilder();
        for (int length = random.nextInt(10); length > 0; length--) {
          value.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        parameters.put("p" + n, value.toString());
      }
      var type = new MediaType("a", "b", parameters);
      assertEquals(type, MediaType.parse(type.toString()));
    }
  }
}
