package tripod.solid.representation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.GraphMemFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tripod.identity.route.ByteRange;
import tripod.podstore.rdf.RdfLimits;
import tripod.syntax.MediaType;

class RepresentationTest {
  private static final String BASE = "http://pod.example/d.ttl";
  private static final String TURTLE =
      """
      @prefix ex: <http://ex.example/> .
      <#it> a ex:Note ; ex:p "v", 42, -7, 1.5, true, "x\\u0000\\n\\"q\\"" ; ex:q <other>, [ ex:r ( 1 2 ) ] ;
        ex:s "hé"@fr-ca ; ex:t "2026-01-01"^^<http://www.w3.org/2001/XMLSchema#date> ; ex:with-dash <> , </root> .
      """;

  private final RdfReader reader = new RdfReader();

  @ParameterizedTest
  @EnumSource(RdfSyntax.class)
  void document_writtenInEachSyntax_readsAsTheSameGraph(RdfSyntax syntax) {
    RdfDocument document = read(TURTLE, RdfSyntax.TURTLE);
    byte[] written = GraphWriter.bytes(document, syntax, IriForm.ABSOLUTE);
    RdfDocument again = reader.read(written, syntax, "http://elsewhere.example/");
    assertTrue(graph(document).isIsomorphicWith(graph(again)), new String(written));
  }

  @ParameterizedTest
  @EnumSource(
      value = RdfSyntax.class,
      names = {"TURTLE", "JSON_LD"})
  void document_writtenRelative_movesWithItsDomain(RdfSyntax syntax) {
    RdfDocument document = read(TURTLE, RdfSyntax.TURTLE);
    byte[] written =
        GraphWriter.bytes(document, syntax, IriForm.relativeTo(BASE, "http://pod.example"));
    assertFalse(new String(written, StandardCharsets.UTF_8).contains("pod.example"));
    RdfDocument moved = reader.read(written, syntax, "http://new.example/d.ttl");
    RdfDocument wanted = reader.read(bytes(TURTLE), RdfSyntax.TURTLE, "http://new.example/d.ttl");
    assertTrue(graph(wanted).isIsomorphicWith(graph(moved)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<a> <b> .",
        "<a> <b> \"c",
        "<http://a b/> <p:p> 1 .",
        "<a> <b> <c> <d> .",
        "@prefix x <y> .",
        "<a> x:b 1 .",
        "<< <a> <b> <c> >> <p:p> 1 ."
      })
  void turtle_malformed_isRefused(String text) {
    assertThrows(MalformedRdf.class, () -> read(text, RdfSyntax.TURTLE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"@id\": ",
        "[1,",
        "{\"@context\": \"https://evil.example/c\", \"@id\": \"x\"}",
        "{\"@context\": {\"@import\": \"https://www.w3.org/ns/activitystreams\"}}",
        "{\"@id\": {}}"
      })
  void jsonLd_malformedOrWithForeignContext_isRefused(String text) {
    assertThrows(MalformedRdf.class, () -> read(text, RdfSyntax.JSON_LD));
  }

  @Test
  void jsonLd_withActivityStreams_readsWithoutTheNetwork() {
    RdfDocument document =
        read(
            "{\"@context\":\"https://www.w3.org/ns/activitystreams\",\"type\":\"Note\",\"id\":\"#a\",\"content\":\"hi\"}",
            RdfSyntax.JSON_LD);
    assertEquals(2, document.triples().size());
  }

  @Test
  void SEC_30_turtle_nestedTooDeep_isRefusedBeforeParsing() {
    String deep = "<a> <p:p> " + "[ <p:q> ".repeat(20_000) + "1" + "]".repeat(20_000) + " .";
    assertThrows(MalformedRdf.class, () -> read(deep, RdfSyntax.TURTLE));
    String lists = "<a> <p:p> " + "( ".repeat(20_000) + ") ".repeat(20_000) + " .";
    assertThrows(MalformedRdf.class, () -> read(lists, RdfSyntax.TURTLE));
  }

  @Test
  void SEC_30_jsonLd_nestedTooDeep_isRefusedBeforeParsing() {
    String deep = "{\"p:q\":".repeat(20_000) + "1" + "}".repeat(20_000);
    assertThrows(MalformedRdf.class, () -> read(deep, RdfSyntax.JSON_LD));
  }

  @Test
  void SEC_30_bracketsInStringsAndComments_doNotCount() {
    String text = "# " + "[".repeat(200) + "\n<a> <p:p> \"" + "[".repeat(200) + "\" .";
    assertEquals(1, read(text, RdfSyntax.TURTLE).triples().size());
  }

  @Test
  void turtle_thatIsNoUtf8_isRefused() {
    byte[] bytes = "<a> <p:p> \"\u00ff\" .".getBytes(StandardCharsets.ISO_8859_1);
    assertThrows(MalformedRdf.class, () -> reader.read(bytes, RdfSyntax.TURTLE, BASE));
  }

  @Test
  void SEC_31_turtle_withTooManyTriples_isRefused() {
    StringBuilder text = new StringBuilder("<a> <p:p> 0");
    for (int i = 1; i <= RdfLimits.TRIPLES_MAX; i++) {
      text.append(',').append(i);
    }
    assertThrows(MalformedRdf.class, () -> read(text.append('.').toString(), RdfSyntax.TURTLE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          */*                                                          | text/turtle
          application/ld+json                                          | application/ld+json
          text/turtle;q=0.3, application/ld+json;q=0.9, */*;q=0.1      | application/ld+json
          text/*, application/ld+json;q=0.9                            | text/turtle
          text/turtle;q=0, */*                                         | application/ld+json
          application/n-triples                                        | application/n-triples
          text/html, application/xhtml+xml, */*;q=0.8                  | text/turtle
          TEXT/TURTLE                                                  | text/turtle
          image/png                                                    | none
          text/turtle;q=0                                              | none
          """)
  void accept_ofEachKind_choosesByQuality(String field, String wanted) {
    Optional<MediaType> chosen =
        Accept.parse(field)
            .choose(
                List.of(
                    RdfSyntax.TURTLE.mediaType(),
                    RdfSyntax.JSON_LD.mediaType(),
                    RdfSyntax.N_TRIPLES.mediaType()));
    assertEquals(wanted, chosen.map(MediaType::toString).orElse("none"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bytes=2-5   | 2-5
          bytes=-3    | 7-9
          bytes=7-    | 7-9
          bytes=7-100 | 7-9
          bytes=-100  | 0-9
          bytes=5-2   | all
          bytes=0-1,3-4 | all
          lines=1-2   | all
          bytes=x     | all
          """)
  void range_ofEachForm_isThatPart(String field, String wanted) {
    String came = ByteRange.parse(field, 10).map(r -> r.first() + "-" + r.last()).orElse("all");
    assertEquals(wanted, came);
  }

  @Test
  void range_outside_isUnsatisfiable() {
    assertThrows(ByteRange.Unsatisfiable.class, () -> ByteRange.parse("bytes=50-60", 10));
  }

  @Test
  void entityTag_ofAnotherForm_guardsAWriteAndMissesACache() {
    EntityTag tag = new EntityTag("3kabc", "t");
    assertTrue(tag.isIn("\"3kabc-t\""));
    assertTrue(tag.isIn("\"x\", W/\"3kabc-t\""));
    assertFalse(tag.isIn("\"3kabc-j\""));
    assertTrue(tag.stateIsIn("\"3kabc-j\""));
    assertFalse(tag.stateIsIn("W/\"3kabc-j\""));
    assertFalse(tag.stateIsIn("\"3kabd-t\""));
    assertTrue(tag.stateIsIn("*"));
  }

  private RdfDocument read(String text, RdfSyntax syntax) {
    return reader.read(bytes(text), syntax, BASE);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Graph graph(RdfDocument document) {
    Graph graph = GraphMemFactory.createDefaultGraph();
    document.triples().forEach(graph::add);
    return graph;
  }
}
