package tripod.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NsidTest {
  static Stream<String> publishedValid() {
    return Fixtures.lines("atproto/syntax/nsid_syntax_valid.txt");
  }

  static Stream<String> publishedInvalid() {
    return Fixtures.lines("atproto/syntax/nsid_syntax_invalid.txt");
  }

  static Stream<String> ownValid() {
    return Fixtures.own("nsid_valid.txt");
  }

  static Stream<String> ownInvalid() {
    return Fixtures.own("nsid_invalid.txt");
  }

  @ParameterizedTest
  @MethodSource({"ownValid", "publishedValid"})
  void valid_isTaken(String text) {
    assertTrue(Nsid.isValid(text));
    assertEquals(new Nsid(text), new Nsid(new Nsid(text).toString()));
  }

  @ParameterizedTest
  @MethodSource({"ownInvalid", "publishedInvalid"})
  void invalid_isRefused(String text) {
    assertFalse(Nsid.isValid(text));
    assertThrows(SyntaxException.class, () -> new Nsid(text));
  }

  @Test
  void parts_areAuthorityDomainAndName() {
    var nsid = new Nsid("app.bsky.feed.post");
    assertEquals("app.bsky.feed", nsid.authority());
    assertEquals("feed.bsky.app", nsid.domain());
    assertEquals("post", nsid.name());
  }

  @Test
  void domain_ofTwoSegments_isReversed() {
    assertEquals("b.a", new Nsid("a.b.c").domain());
  }

  @Test
  void authority_isLowered_nameKeepsItsCase() {
    assertEquals("com.example.fooBar", new Nsid("COM.Example.fooBar").value());
    assertEquals(new Nsid("com.example.fooBar"), new Nsid("Com.example.fooBar"));
  }

  @Test
  void length_isLimited() {
    String authority = ("a".repeat(62) + ".").repeat(4);
    assertTrue(Nsid.isValid(authority + "b." + "c".repeat(63)));
    assertFalse(Nsid.isValid(authority + "b." + "c".repeat(64)));
    assertTrue(Nsid.isValid(authority + "b".repeat(63) + ".c"));
    assertFalse(Nsid.isValid(authority + "b".repeat(63) + ".cc"));
  }
}
