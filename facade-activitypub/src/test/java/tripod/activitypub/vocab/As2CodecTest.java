package tripod.activitypub.vocab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.social.Audience;
import tripod.podstore.social.Draft;
import tripod.podstore.social.Facet;
import tripod.podstore.social.KnownPost;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialCodec;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

class As2CodecTest {
  private static final PodNames ADA =
      new PodNames(
          new PodId(7),
          new Did("did:plc:ada22222222222222222222"),
          new Handle("ada.test"),
          URI.create("https://ada.test"),
          "ada");
  private static final PodPath PATH = new PodPath("/social/posts/3m6aaaaaaaa22");
  private static final PodPath LIKE = new PodPath("/social/likes/3m6aaaaaaaa22");
  private static final String PUBLIC = "\"https://www.w3.org/ns/activitystreams#Public\"";
  private static final NameBook BOOK =
      new NameBook() {
        @Override
        public Optional<KnownPost> post(String iri) {
          return iri.startsWith("https://open.test/")
              ? Optional.of(
                  new KnownPost(
                      Optional.empty(),
                      Optional.empty(),
                      Optional.of(iri),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      true))
              : Optional.empty();
        }
      };
  private static final As2Codec CODEC = new As2Codec(BOOK);

  private static Content.Document json(String json) {
    return new Content.Document(MediaType.ACTIVITY_JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  private static Social read(PodPath path, String json) {
    return CODEC.read(Draft.of(path, json(json)), ADA).orElseThrow();
  }

  private static Social.Post note(String members) {
    return (Social.Post) read(PATH, "{\"type\":\"Note\"," + members + "}");
  }

  @Test
  void read_ofThreeSpellingsOfPublic_isForEverybody() {
    for (String spelling : List.of(PUBLIC, "\"as:Public\"", "\"Public\"")) {
      assertEquals(Audience.PUBLIC, note("\"to\":" + spelling).audience());
      assertEquals(Audience.UNLISTED, note("\"cc\":[" + spelling + "]").audience());
    }
  }

  @Test
  void read_ofOtherAddresses_isNarrower() {
    assertEquals(
        Audience.FOLLOWERS, note("\"to\":[\"https://ada.test/actor/followers\"]").audience());
    assertEquals(Audience.DIRECT, note("\"to\":[\"https://ben.test/actor\"]").audience());
    assertEquals(Audience.OWNER, note("\"content\":\"x\"").audience());
  }

  @Test
  void VIS_4_read_ofALikeWithoutAddress_isAsOpenAsItsObject() {
    assertEquals(
        Audience.PUBLIC,
        read(LIKE, "{\"type\":\"Like\",\"object\":\"https://open.test/1\"}").audience());
    assertEquals(
        Audience.DIRECT,
        read(LIKE, "{\"type\":\"Like\",\"object\":\"https://m.test/1\"}").audience());
    assertEquals(
        Audience.OWNER,
        read(LIKE, "{\"type\":\"Block\",\"object\":\"https://m.test/dave\"}").audience());
  }

  @Test
  void read_ofAMentionByItsPage_isTheActor() {
    Social.Post post =
        note(
            "\"content\":\"<p><a href=\\\"https://m.test/@dave\\\" class=\\\"u-url mention\\\">@<span>dave"
                + "</span></a> hi</p>\",\"tag\":{\"type\":\"Mention\",\"href\":"
                + "\"https://m.test/users/dave\",\"name\":\"@dave@m.test\"}");
    assertEquals("@dave@m.test hi", post.text());
    Facet.Feature.Mention mention =
        (Facet.Feature.Mention) post.facets().getFirst().features().getFirst();
    assertEquals("https://m.test/users/dave", mention.actor().orElseThrow().value());
  }

  @Test
  void write_ofWhatWasRead_isTheVeryDocument() {
    Content.Document document =
        json(
            "{\"type\":\"Note\",\"content\":\"<p>a  <b>b</b></p>\",\"to\":[\"as:Public\"],"
                + "\"x\":{\"y\":[1.50]}}");
    Social said = CODEC.read(Draft.of(PATH, document), ADA).orElseThrow();
    assertSame(
        document,
        CODEC
            .write(said, PATH, Optional.of(document), ADA)
            .map(SocialCodec.Written::document)
            .orElseThrow());
  }

  @Test
  void write_ofAnEdit_keepsUnknownMembers() {
    Content.Document document =
        json("{\"type\":\"Note\",\"content\":\"<p>a</p>\",\"to\":\"as:Public\",\"x\":1}");
    Social next = note("\"content\":\"<p>b</p>\",\"to\":\"as:Public\"");
    ObjectNode after =
        As2Json.read(
            CODEC.write(next, PATH, Optional.of(document), ADA).orElseThrow().document().bytes());
    assertEquals(1, after.get("x").intValue());
    assertEquals("<p>b</p>", after.get("content").textValue());
  }

  @Test
  void merge_ofNewContent_leavesNoOldSourceOrTranslation() {
    ObjectNode shown =
        As2Json.read(
            json("{\"content\":\"a\",\"contentMap\":{\"en\":\"a\",\"de\":\"ah\"},"
                    + "\"source\":{\"content\":\"a\"},\"summary\":\"s\"}")
                .bytes());
    ObjectNode merged =
        As2Codec.merge(shown, As2Json.read(json("{\"content\":\"b\",\"summary\":null}").bytes()));
    assertEquals("{\"en\":\"b\",\"de\":\"ah\"}", merged.get("contentMap").toString());
    assertFalse(merged.has("source") || merged.has("summary"));
  }

  @Test
  void view_ofAPostReadBack_isThePost() {
    As2View view = new As2View(BOOK);
    for (String content :
        List.of(
            "<p>a</p>",
            "<p>a<br>b</p><p>&lt;c&gt; &amp;amp;</p>",
            "<p><a href=\\\"https://a.test/\\\" rel=\\\"nofollow noopener\\\">a</a></p>")) {
      Social.Post post = note("\"content\":\"" + content + "\",\"to\":\"as:Public\"");
      ObjectNode shown = view.render(post, Draft.of(PATH, json("{}")), ADA).orElseThrow();
      Social.Post back = (Social.Post) CODEC.read(shown, PATH, ADA).orElseThrow();
      assertEquals(post.text(), back.text());
      assertEquals(post.facets(), back.facets());
      assertEquals(post.html(), back.html());
    }
  }

  @Test
  void graph_ofAnObject_followsTheTableAndNotItsContext() {
    var graph =
        CODEC
            .graph(
                Draft.of(
                    PATH,
                    json(
                        "{\"@context\":{\"content\":\"https://evil.test/\"},\"type\":\"Note\","
                            + "\"content\":\"x\",\"to\":\"Public\",\"attributedTo\":\"not an iri\"}")),
                ADA)
            .orElseThrow();
    assertEquals(3, graph.size());
    assertTrue(
        graph.find().toList().stream()
            .anyMatch(t -> t.getObject().isURI() && t.getObject().getURI().endsWith("#Public")));
  }

  @Test
  void SEC_30_read_ofDeepJson_isRefused() {
    String deep = "{\"a\":".repeat(1_000) + "1" + "}".repeat(1_000);
    assertThrows(PodFailure.Invalid.class, () -> read(PATH, deep));
  }

  @Test
  void read_ofBrokenJson_isRefused() {
    for (String broken : List.of("", "[]", "{", "{\"a\":1,\"a\":2}", "{} {}", "\u0000")) {
      assertThrows(PodFailure.Invalid.class, () -> read(PATH, broken), broken);
    }
  }
}
