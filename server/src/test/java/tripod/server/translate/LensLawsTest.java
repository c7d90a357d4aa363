package tripod.server.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tripod.activitypub.vocab.As2Codec;
import tripod.atproto.record.DagCborCodec;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.Resource;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.social.Draft;
import tripod.podstore.social.Lens;
import tripod.podstore.social.LensEdit;
import tripod.podstore.social.RdfCodec;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialCodec;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.AtUri;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/** The laws of the lens, across the stored forms of all doors (mapping note, section 4). */
class LensLawsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final PodPath POST = new PodPath("/social/posts/3mbbbbbbbbbp2");

  private final TranslateContext context = context();
  private final PodNames names = context.owner();
  private final DagCborCodec records = new DagCborCodec(context.book());
  private final As2Codec objects = new As2Codec(context.book());
  private final RdfCodec documents = new RdfCodec(context.book());
  private final Lens lens = new Lens(List.of(records, objects, documents));

  private static TranslateContext context() {
    try (InputStream in = LensLawsTest.class.getResourceAsStream("vectors/context.json")) {
      return TranslateContext.read(JSON.readTree(in));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Content.Document block(String json) throws IOException {
    return new Content.Document(
        MediaType.DAG_CBOR, DagCbor.encode(RecordTree.read(JSON.readTree(json))));
  }

  private static Content.Document object(String json) {
    return new Content.Document(MediaType.ACTIVITY_JSON, json.getBytes(StandardCharsets.UTF_8));
  }

  private static Content.Document turtle(String body) {
    String text = "@prefix as: <https://www.w3.org/ns/activitystreams#> . " + body;
    return new Content.Document(MediaType.TURTLE, text.getBytes(StandardCharsets.UTF_8));
  }

  private LensEdit.Outcome edit(Content.Document source, Content.Document given) {
    return LensEdit.apply(lens, Draft.of(POST, source), given, names);
  }

  private Content.Document kept(Content.Document source, Content.Document given) {
    return assertInstanceOf(LensEdit.Outcome.Kept.class, edit(source, given)).written().document();
  }

  private Content.Document view(SocialCodec form, Content.Document source) {
    Resource resource = Draft.of(POST, source);
    Social said = lens.read(resource, names).orElseThrow();
    return form.write(said, POST, Optional.empty(), names).orElseThrow().document();
  }

  @Test
  void LENS_1_viewWrittenBack_changesNothing() throws IOException, URISyntaxException {
    Path folder = Path.of(LensLawsTest.class.getResource("vectors").toURI());
    int played = 0;
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        JsonNode input = JSON.readTree(Files.readString(file)).path("input");
        if (input.path("form").asText().equals("atproto-record")) {
          AtUri uri = AtUri.parse(input.get("uri").asText());
          PodPath path = SocialPaths.path(uri, names).orElseThrow();
          Content.Document source = block(input.get("record").toString());
          Resource resource = Draft.of(path, source);
          Social said = lens.read(resource, names).orElseThrow();
          for (SocialCodec form : List.of(objects, documents)) {
            Optional<SocialCodec.Written> view =
                said instanceof Social.Unknown
                    ? Optional.empty()
                    : form.write(said, path, Optional.empty(), names);
            if (view.isPresent()) {
              played++;
              assertInstanceOf(
                  LensEdit.Outcome.Unchanged.class,
                  LensEdit.apply(lens, resource, view.get().document(), names),
                  () -> file.getFileName() + " through " + form.getClass().getSimpleName());
            }
          }
        }
      }
    }
    assertTrue(played > 10, "played " + played);
  }

  @Test
  void LENS_2_editOfARecordThroughAnotherDoor_keepsUnknownKeys() throws IOException {
    Content.Document source =
        block(
            "{\"$type\":\"app.bsky.feed.post\",\"text\":\"helo\",\"createdAt\":"
                + "\"2026-02-03T04:05:06.000Z\",\"langs\":[\"en\",\"de\"],\"x\":{\"kept\":true}}");
    ObjectNode shown = (ObjectNode) JSON.readTree(view(objects, source).bytes());
    ObjectNode update = JSON.createObjectNode().put("content", "<p>hello</p>");
    Content.Document after = kept(source, As2Codec.document(As2Codec.merge(shown, update)));
    DagFields record = DagCbor.decodeFields(after.bytes());
    assertEquals("hello", record.text("text").orElseThrow());
    assertTrue(record.has("x"));
    assertEquals(2, record.items("langs").size());
    assertEquals("2026-02-03T04:05:06.000Z", record.text("createdAt").orElseThrow());
  }

  @Test
  void edit_thatARecordCannotSay_switchesTheSource() throws IOException {
    Content.Document source =
        block(
            "{\"$type\":\"app.bsky.feed.post\",\"text\":\"a\",\"createdAt\":"
                + "\"2026-02-03T04:05:06.000Z\"}");
    for (String content : List.of("<p><b>bold</b></p>", "<p>" + "a".repeat(301) + "</p>")) {
      ObjectNode shown = (ObjectNode) JSON.readTree(view(objects, source).bytes());
      ObjectNode update = JSON.createObjectNode().put("content", content);
      assertInstanceOf(
          LensEdit.Outcome.Switched.class,
          edit(source, As2Codec.document(As2Codec.merge(shown, update))));
    }
    assertInstanceOf(
        LensEdit.Outcome.Switched.class,
        edit(source, turtle("<> a as:Note ; as:content \"<p>a</p>\" .")));
  }

  @Test
  void LENS_2_editOfARecordThatShowsLess_keepsTheRestOfTheSource() throws IOException {
    String html = "<h1>Long</h1><p>" + "word ".repeat(100) + "</p>";
    Content.Document source =
        object(
            "{\"type\":\"Note\",\"content\":\""
                + html
                + "\",\"to\":[\"as:Public\"],\"published\":\"2026-02-03T04:05:06Z\",\"x\":1}");
    DagFields shown = DagCbor.decodeFields(view(records, source).bytes());
    Content.Document given =
        new Content.Document(
            MediaType.DAG_CBOR,
            DagCbor.encode(
                shown.with(
                    "tags",
                    tripod.podstore.cbor.DagValue.of(
                        List.of(tripod.podstore.cbor.DagValue.of("tea"))))));
    ObjectNode after = (ObjectNode) JSON.readTree(kept(source, given).bytes());
    assertEquals(html, after.get("content").textValue());
    assertEquals(1, after.get("x").intValue());
    assertEquals("#tea", after.path("tag").path(0).path("name").asText());
  }

  @Test
  void LENS_4_editOfADocument_isReadInEveryForm() throws IOException {
    Content.Document source =
        turtle("<> a as:Note ; as:content \"<p>a</p>\" ; as:to as:Public ; <#mood> 1 .");
    DagFields shown = DagCbor.decodeFields(view(records, source).bytes());
    Content.Document given =
        new Content.Document(
            MediaType.DAG_CBOR,
            DagCbor.encode(shown.with("text", tripod.podstore.cbor.DagValue.of("b"))));
    Content.Document after = kept(source, given);
    assertEquals(
        "b", DagCbor.decodeFields(view(records, after).bytes()).text("text").orElseThrow());
    assertEquals(
        "<p>b</p>", JSON.readTree(view(objects, after).bytes()).get("content").textValue());
    assertTrue(new String(after.bytes(), StandardCharsets.UTF_8).contains("#mood"));
  }
}
