package tripod.podstore.social;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.junit.jupiter.api.Test;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.Resource;
import tripod.syntax.MediaType;

class RdfCodecTest {
  private static final PodPath POST = new PodPath("/social/posts/3m6aaaaaaaa22");
  private static final String PREFIXES =
      """
      @prefix as: <https://www.w3.org/ns/activitystreams#> .
      @prefix foaf: <http://xmlns.com/foaf/0.1/> .
      @prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
      @prefix sioc: <http://rdfs.org/sioc/ns#> .
      @prefix ex: <https://example.test/ns#> .
      """;
  private static final RdfCodec CODEC = new RdfCodec(People.BOOK);

  private static Content.Document turtle(String body) {
    return new Content.Document(
        MediaType.TURTLE, (PREFIXES + body).getBytes(StandardCharsets.UTF_8));
  }

  private static Resource at(PodPath path, String body) {
    return Draft.of(path, turtle(body));
  }

  private static Social.Post post(String body) {
    return (Social.Post) CODEC.read(at(POST, body), People.ADA).orElseThrow();
  }

  @Test
  void read_ofANote_saysWhatItSays() {
    Social.Post post =
        post(
            """
            <> a as:Note ; as:content "<p>Hi <a href='https://a.test/'>you</a></p>"@en ;
              as:to as:Public ; as:inReplyTo <https://ben.test/social/posts/1> .
            """);
    assertEquals("Hi you", post.text());
    assertEquals(1, post.facets().size());
    assertEquals("en", post.languages().getFirst().value());
    assertEquals(Audience.PUBLIC, post.audience());
    assertEquals(
        Optional.of("https://ben.test/social/posts/1"), post.reply().orElseThrow().parent().iri());
  }

  @Test
  void read_ofANoteToNobody_isTheOwnersOwn() {
    assertEquals(Audience.OWNER, post("<> a as:Note ; as:content \"x\" .").audience());
  }

  @Test
  void read_ofJsonLd_isTheSame() {
    byte[] json =
        """
        {"@context": "https://www.w3.org/ns/activitystreams", "id": "", "type": "Note",
         "content": "<p>x</p>", "to": "as:Public"}
        """
            .getBytes(StandardCharsets.UTF_8);
    Social social =
        CODEC
            .read(Draft.of(POST, new Content.Document(MediaType.JSON_LD, json)), People.ADA)
            .orElseThrow();
    assertEquals("x", ((Social.Post) social).text());
    assertEquals(Audience.PUBLIC, social.audience());
  }

  @Test
  void SEC_32_read_ofJsonLdWithAForeignContext_isRefused() {
    byte[] json =
        "{\"@context\": \"https://evil.test/\", \"type\": \"Note\"}"
            .getBytes(StandardCharsets.UTF_8);
    Resource resource = Draft.of(POST, new Content.Document(MediaType.JSON_LD, json));
    assertThrows(PodFailure.Invalid.class, () -> CODEC.read(resource, People.ADA));
  }

  @Test
  void SEC_30_read_ofDeepTurtle_isRefused() {
    Resource resource =
        at(POST, "<> <#p> " + "[ <#p> ".repeat(500) + "1" + " ]".repeat(500) + " .");
    assertThrows(PodFailure.Invalid.class, () -> CODEC.read(resource, People.ADA));
  }

  @Test
  void read_ofAForeignVocabulary_isAPost() {
    assertEquals("hello", post("<#a> a sioc:Post ; sioc:content \"hello\" .").text());
  }

  @Test
  void read_ofAnythingElse_isNoSocialResource() {
    assertEquals(Optional.empty(), CODEC.read(at(POST, "<> a ex:Recipe ."), People.ADA));
  }

  @Test
  void write_ofWhatWasRead_keepsTheBytes() {
    Content.Document document =
        turtle("<> a as:Note ; as:content \"<p>a</p>\" ; as:to as:Public ; ex:mood [ ex:is 1 ] .");
    Social said = CODEC.read(Draft.of(POST, document), People.ADA).orElseThrow();
    assertArrayEquals(
        document.bytes(),
        CODEC
            .write(said, POST, Optional.of(document), People.ADA)
            .orElseThrow()
            .document()
            .bytes());
  }

  @Test
  void write_ofAnEdit_keepsEveryOtherTriple() {
    Content.Document document =
        turtle(
            "<> a as:Note, ex:Diary ; as:content \"<p>a</p>\"@en ; as:to as:Public ;"
                + " ex:mood \"good\" .");
    Social.Post said = (Social.Post) CODEC.read(Draft.of(POST, document), People.ADA).orElseThrow();
    Social.Post next = (Social.Post) Rebase.apply(said, said, edited(said, "b"));
    Content.Document after =
        CODEC.write(next, POST, Optional.of(document), People.ADA).orElseThrow().document();
    Graph graph = CODEC.graph(Draft.of(POST, after), People.ADA).orElseThrow();
    Node self = Terms.iri("https://ada.test" + POST);
    assertEquals(5, graph.size());
    assertTrue(graph.contains(self, Terms.iri("https://example.test/ns#mood"), Node.ANY));
    assertEquals(
        "b", ((Social.Post) CODEC.read(Draft.of(POST, after), People.ADA).orElseThrow()).text());
    assertFalse(new String(after.bytes(), StandardCharsets.UTF_8).contains("ada.test"));
  }

  private static Social.Post edited(Social.Post said, String text) {
    return new Social.Post(
        text,
        List.of(),
        Optional.empty(),
        said.languages(),
        said.translations(),
        said.published(),
        said.updated(),
        said.reply(),
        said.quote(),
        said.media(),
        said.card(),
        said.warning(),
        said.labels(),
        said.sensitive(),
        said.tags(),
        said.address());
  }

  @Test
  void card_edited_keepsStrangersTriplesAndBothNames() {
    Content.Document card =
        turtle("<#me> foaf:name \"Ada\" ; vcard:fn \"Ada\" ; ex:likes ex:Tea .");
    Social.Profile said =
        (Social.Profile) CODEC.read(Draft.of(SocialPaths.CARD, card), People.ADA).orElseThrow();
    assertEquals(Optional.of("Ada"), said.displayName());
    Social.Profile next =
        new Social.Profile(
            Optional.of("Ada L."),
            Optional.of("counts"),
            said.descriptionHtml(),
            said.avatar(),
            said.banner(),
            said.pronouns(),
            said.website(),
            List.of(new Social.Field("k", "v")),
            said.labels(),
            said.bot(),
            said.pinned(),
            said.created());
    Content.Document after =
        CODEC.write(next, SocialPaths.CARD, Optional.of(card), People.ADA).orElseThrow().document();
    assertEquals(Optional.of(next), CODEC.read(Draft.of(SocialPaths.CARD, after), People.ADA));
    assertTrue(new String(after.bytes(), StandardCharsets.UTF_8).contains("Tea"));
  }

  @Test
  void card_withOneNameChanged_givesTheOtherTheSame() {
    Graph before = graph("<#me> foaf:name \"Ada\" ; vcard:fn \"Ada\" .");
    Graph after = graph("<#me> foaf:name \"Ada\" ; vcard:fn \"Ada L.\" .");
    Graph settled = RdfCard.settle(before, after, People.ADA);
    assertTrue(
        settled.isIsomorphicWith(graph("<#me> foaf:name \"Ada L.\" ; vcard:fn \"Ada L.\" .")));
  }

  @Test
  void card_withTwoNewNames_isAConflict() {
    Graph before = graph("<#me> foaf:name \"Ada\" ; vcard:fn \"Ada\" .");
    Graph after = graph("<#me> foaf:name \"A\" ; vcard:fn \"B\" .");
    assertThrows(PodFailure.Conflict.class, () -> RdfCard.settle(before, after, People.ADA));
  }

  private static Graph graph(String body) {
    return CODEC.graph(at(SocialPaths.CARD, body), People.ADA).orElseThrow();
  }
}
