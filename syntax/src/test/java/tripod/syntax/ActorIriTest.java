package tripod.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ActorIriTest {
  static Stream<String> ownValid() {
    return Fixtures.own("actoriri_valid.txt");
  }

  static Stream<String> ownInvalid() {
    return Fixtures.own("actoriri_invalid.txt");
  }

  @ParameterizedTest
  @MethodSource("ownValid")
  void valid_isTaken(String text) {
    assertTrue(ActorIri.isValid(text));
    assertEquals(new ActorIri(text), new ActorIri(new ActorIri(text).toString()));
  }

  @ParameterizedTest
  @MethodSource("ownInvalid")
  void invalid_isRefused(String text) {
    assertFalse(ActorIri.isValid(text));
    assertThrows(SyntaxException.class, () -> new ActorIri(text));
  }

  @ParameterizedTest
  @MethodSource
  void origin_isComparable(String text, String host, String origin) {
    assertEquals(host, new ActorIri(text).host());
    assertEquals(origin, new ActorIri(text).origin());
  }

  static Stream<Arguments> origin_isComparable() {
    return Fixtures.columns("actoriri_origin.txt").map(c -> Arguments.of(c[0], c[1], c[2]));
  }

  @Test
  void uri_isTheWholeText() {
    assertEquals(
        "https://Social.example/users/a",
        new ActorIri("https://Social.example/users/a").uri() + "");
  }

  @Test
  void fragment_isRefused_evenAnEmptyOne() {
    assertFalse(ActorIri.isValid("https://a.example/actor#main-key"));
    assertFalse(ActorIri.isValid("https://a.example/actor#"));
  }
}
