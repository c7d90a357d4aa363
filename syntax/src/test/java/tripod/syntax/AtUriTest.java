package tripod.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AtUriTest {
  static Stream<String> publishedValid() {
    return Fixtures.lines("atproto/syntax/aturi_syntax_valid.txt");
  }

  static Stream<String> publishedInvalid() {
    return Fixtures.lines("atproto/syntax/aturi_syntax_invalid.txt");
  }

  static Stream<String> ownValid() {
    return Fixtures.own("aturi_valid.txt");
  }

  static Stream<String> ownInvalid() {
    return Fixtures.own("aturi_invalid.txt");
  }

  @ParameterizedTest
  @MethodSource({"ownValid", "publishedValid"})
  void valid_isTaken(String text) {
    assertTrue(AtUri.isValid(text));
    assertEquals(AtUri.parse(text), AtUri.parse(AtUri.parse(text).toString()));
  }

  @ParameterizedTest
  @MethodSource({"ownInvalid", "publishedInvalid"})
  void invalid_isRefused(String text) {
    assertFalse(AtUri.isValid(text));
    assertThrows(SyntaxException.class, () -> AtUri.parse(text));
  }

  @ParameterizedTest
  @MethodSource({"ownValid", "publishedValid"})
  void valid_hasAnIriThatLeadsBack(String text) {
    var uri = AtUri.parse(text);
    assertEquals(uri, AtUri.parseIri(uri.toIri()));
    assertEquals(uri.toIri(), URI.create(uri.toIri()).toString());
    assertFalse(URI.create(uri.toIri()).getRawAuthority().contains(":"));
  }

  @ParameterizedTest
  @MethodSource
  void iri_isTheOtherSpelling(String text, String iri) {
    assertEquals(iri, AtUri.parse(text).toIri());
    assertEquals(text, AtUri.parseIri(iri).toString());
  }

  static Stream<Arguments> iri_isTheOtherSpelling() {
    return Fixtures.columns("aturi_iri.txt").map(c -> Arguments.of(c[0], c[1]));
  }

  @ParameterizedTest
  @MethodSource
  void iriInvalid_isRefused(String iri) {
    assertThrows(SyntaxException.class, () -> AtUri.parseIri(iri));
  }

  static Stream<String> iriInvalid_isRefused() {
    return Fixtures.own("aturi_iri_invalid.txt");
  }

  @Test
  void parts_areRead() {
    var uri = AtUri.parse("at://did:plc:asdf123/app.bsky.feed.post/self");
    assertEquals("did:plc:asdf123", uri.authority());
    assertEquals(Optional.of(new Nsid("app.bsky.feed.post")), uri.collection());
    assertEquals(Optional.of(new RecordKey("self")), uri.rkey());
    assertTrue(uri.hasDid());
    assertEquals(new Did("did:plc:asdf123"), uri.did());
  }

  @Test
  void of_isTheAddressOfARecord() {
    assertEquals(
        "at://did:m:v/a.b.c/k",
        AtUri.of(new Did("did:m:v"), new Nsid("a.b.c"), new RecordKey("k")).toString());
  }

  @Test
  void handle_isLoweredAndNoDid() {
    var uri = AtUri.parse("at://Alice.Example/a.b.c");
    assertEquals("at://alice.example/a.b.c", uri.toString());
    assertFalse(uri.hasDid());
    assertThrows(SyntaxException.class, uri::did);
  }

  @Test
  void recordKeyWithoutCollection_isRefused() {
    Optional<RecordKey> rkey = Optional.of(new RecordKey("k"));
    assertThrows(SyntaxException.class, () -> new AtUri("did:m:v", Optional.empty(), rkey));
  }

  @Test
  void authorityThatIsNone_isRefused() {
    assertThrows(SyntaxException.class, () -> new AtUri("a/b", Optional.empty(), Optional.empty()));
  }

  @Test
  void refusal_namesTheWholeAndHasThePartAsCause() {
    var whole = assertThrows(SyntaxException.class, () -> AtUri.parse("at://did:m:v/short/x"));
    assertEquals("at:// address", whole.kind());
    assertEquals("NSID", assertInstanceOf(SyntaxException.class, whole.getCause()).kind());
  }

  @Test
  void anyAddress_isReadBackFromBothSpellings() {
    var random = new Random(0xa7);
    for (int i = 0; i < 5_000; i++) {
      var did = new Did("did:m:" + text(random, "aZ0._:%-", 40) + "v");
      var rkey = new RecordKey(text(random, "aZ0._:~-", 40) + "k");
      var uri = AtUri.of(did, new Nsid("a.b.c"), rkey);
      assertEquals(uri, AtUri.parse(uri.toString()));
      assertEquals(uri, AtUri.parseIri(uri.toIri()));
    }
  }

  private static String text(Random random, String alphabet, int lengthMax) {
    var text = new StringBuilder();
    for (int i = random.nextInt(lengthMax); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
