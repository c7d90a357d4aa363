package tripod.atproto.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.podstore.social.Address;
import tripod.podstore.social.Audience;
import tripod.podstore.social.Draft;
import tripod.podstore.social.Facet;
import tripod.podstore.social.Link;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.Person;
import tripod.podstore.social.Ref;
import tripod.podstore.social.Reply;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialCodec;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.ActorIri;
import tripod.syntax.AtUri;
import tripod.syntax.Cid;
import tripod.syntax.Datetime;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

class DagCborCodecTest {
  private static final PodNames ADA =
      new PodNames(
          new PodId(7),
          new Did("did:plc:ada22222222222222222222"),
          new Handle("ada.test"),
          URI.create("https://ada.test"),
          "ada");
  private static final PodPath PATH = SocialPaths.of("app.bsky.feed.post", "3m6aaaaaaaa22");
  private static final String OTHER =
      "at://did:plc:ben22222222222222222222/app.bsky.feed.post/3m6aaaaaaaa23";
  private static final Cid CID = Cid.ofDagCbor(new byte[] {1});
  private static final Datetime TIME = new Datetime("2026-02-03T04:05:06Z");
  private static final DagCborCodec CODEC = new DagCborCodec(NameBook.EMPTY);

  private static Content.Document block(DagFields record) {
    return new Content.Document(MediaType.DAG_CBOR, DagCbor.encode(record));
  }

  private static DagFields.Builder record(String type) {
    return DagFields.builder().put("$type", type).put("createdAt", "2026-02-03T04:05:06.000Z");
  }

  private static Social read(DagFields record) {
    return CODEC.read(Draft.of(PATH, block(record)), ADA).orElseThrow();
  }

  private static Optional<DagFields> write(Social social) {
    return CODEC
        .write(social, PATH, Optional.empty(), ADA)
        .map(written -> DagCbor.decodeFields(written.document().bytes()));
  }

  private static Social.Post post(
      String text, List<Facet> facets, Optional<Reply> reply, Address address) {
    return new Social.Post(
        text,
        facets,
        Optional.empty(),
        List.of(),
        Map.of(),
        TIME,
        Optional.empty(),
        reply,
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        false,
        List.of(),
        address);
  }

  private static Social.Post post(String text) {
    return post(text, List.of(), Optional.empty(), Address.PUBLIC);
  }

  @Test
  void write_ofWhatWasRead_isTheVeryDocument() {
    DagFields record =
        record("app.bsky.feed.post")
            .put("text", "hi")
            .put("langs", DagValue.of(List.of(DagValue.of("en"), DagValue.of("!"))))
            .put("x", DagValue.nil())
            .build();
    Content.Document document = block(record);
    assertSame(
        document,
        CODEC
            .write(read(record), PATH, Optional.of(document), ADA)
            .map(SocialCodec.Written::document)
            .orElseThrow());
  }

  @Test
  void write_ofAnEdit_keepsUnknownKeysAndTheTime() {
    DagFields record =
        record("app.bsky.feed.post")
            .put("createdAt", "not a time")
            .put("text", "helo")
            .put("x", DagFields.of("kept", DagValue.of(true)))
            .build();
    Content.Document after =
        CODEC.write(post("hello"), PATH, Optional.of(block(record)), ADA).orElseThrow().document();
    assertEquals(record.with("text", DagValue.of("hello")), DagCbor.decodeFields(after.bytes()));
  }

  @Test
  void write_ofAReply_needsTheVersionOfItsParent() {
    Ref web = new Ref(Optional.empty(), Optional.empty(), Optional.of("https://m.test/1"));
    assertEquals(
        Optional.empty(),
        write(post("a", List.of(), Optional.of(new Reply(web, web)), Address.PUBLIC)));
    Ref at = new Ref(Optional.of(AtUri.parse(OTHER)), Optional.of(CID), Optional.empty());
    assertTrue(
        write(post("a", List.of(), Optional.of(new Reply(at, at)), Address.PUBLIC))
            .orElseThrow()
            .has("reply"));
  }

  @Test
  void VIS_3_write_ofAnythingNotForEverybody_isNothing() {
    for (Audience audience : Audience.values()) {
      Address address = new Address(audience, List.of(), List.of());
      assertEquals(
          audience == Audience.PUBLIC,
          write(post("a", List.of(), Optional.empty(), address)).isPresent(),
          audience.name());
    }
  }

  @Test
  void write_ofALongText_cutsFacetsWithIt() {
    String text = "a".repeat(290) + " " + "b".repeat(20);
    List<Facet> facets =
        List.of(
            new Facet(280, 295, List.of(new Facet.Feature.Link("https://a.test/"))),
            new Facet(300, 305, List.of(new Facet.Feature.Link("https://b.test/"))));
    DagFields record = write(post(text, facets, Optional.empty(), Address.PUBLIC)).orElseThrow();
    assertEquals("a".repeat(290) + "…", record.text("text").orElseThrow());
    assertEquals(1, record.items("facets").size());
    assertEquals(
        290L,
        record
            .items("facets")
            .getFirst()
            .asFields()
            .flatMap(f -> f.fields("index"))
            .flatMap(i -> i.integer("byteEnd"))
            .orElseThrow());
    assertTrue(record.has("embed"));
  }

  @Test
  void write_ofAFollow_needsADid() {
    Person actor = new Person(Optional.empty(), Optional.of(new ActorIri("https://m.test/dave")));
    assertEquals(Optional.empty(), write(new Social.Follow(actor, TIME, Address.PUBLIC)));
    Person did =
        new Person(Optional.of(new Did("did:plc:ben22222222222222222222")), Optional.empty());
    assertEquals(
        "did:plc:ben22222222222222222222",
        write(new Social.Follow(did, TIME, Address.PUBLIC))
            .orElseThrow()
            .text("subject")
            .orElse(""));
  }

  @Test
  void write_ofABlockMadeInPrivate_isNothing() {
    Person did =
        new Person(Optional.of(new Did("did:plc:ben22222222222222222222")), Optional.empty());
    Address nobody = new Address(Audience.OWNER, List.of(), List.of());
    assertEquals(Optional.empty(), write(new Social.Block(did, TIME, nobody)));
  }

  @Test
  void read_ofBrokenParts_leavesThemOut() {
    DagFields record =
        record("app.bsky.feed.post")
            .put("text", 7)
            .put("langs", DagValue.of(List.of(DagValue.of(1), DagValue.of("not a language"))))
            .put("facets", DagValue.of(List.of(DagValue.nil(), DagFields.EMPTY)))
            .put("reply", DagFields.of("parent", DagFields.of("uri", DagValue.of("x"))))
            .put("embed", DagFields.of("$type", DagValue.of("app.bsky.embed.images")))
            .build();
    assertEquals("", ((Social.Post) read(record)).text());
    assertEquals(Optional.empty(), ((Social.Post) read(record)).reply());
  }

  @Test
  void read_ofAnUnknownLexicon_isUnknown() {
    assertEquals(
        new Social.Unknown("com.example.thing", Audience.PUBLIC),
        read(record("com.example.thing").build()));
    assertEquals(
        new Social.Unknown("app.bsky.feed.like", Audience.PUBLIC),
        read(record("app.bsky.feed.like").build()));
  }

  @Test
  void links_ofAPost_areWhatItDoesToOthers() {
    DagFields ref = DagFields.builder().put("uri", OTHER).put("cid", CID.toString()).build();
    DagFields record =
        record("app.bsky.feed.post")
            .put("text", "@ben")
            .put("reply", DagFields.builder().put("root", ref).put("parent", ref).build())
            .put(
                "facets",
                DagValue.of(
                    List.of(
                        DagFields.builder()
                            .put(
                                "index",
                                DagFields.builder().put("byteStart", 0).put("byteEnd", 4).build())
                            .put(
                                "features",
                                DagValue.of(
                                    List.of(
                                        DagFields.builder()
                                            .put("$type", "app.bsky.richtext.facet#mention")
                                            .put("did", "did:plc:ben22222222222222222222")
                                            .build())))
                            .build())))
            .build();
    assertEquals(
        List.of(
            new Link(Link.Predicate.REPLY, OTHER),
            new Link(Link.Predicate.MENTION, "did:plc:ben22222222222222222222")),
        CODEC.links(Draft.of(PATH, block(record)), ADA));
  }

  @Test
  void says_ofWhatARecordCannotHold_isFalse() {
    assertTrue(CODEC.says(post("a"), ADA));
    assertFalse(CODEC.says(post("a".repeat(301)), ADA));
    assertFalse(
        CODEC.says(
            new Social.Like(
                new Ref(Optional.of(AtUri.parse(OTHER)), Optional.of(CID), Optional.empty()),
                Optional.of("🦊"),
                TIME,
                Address.PUBLIC),
            ADA));
  }
}
