package tripod.podstore.rdf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.api.Test;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.syntax.MediaType;

class GraphsTest {
  private static final String BASE = "pod:/notes/a";

  private static Graph read(MediaType type, String text) {
    return Graphs.read(new Content.Document(type, text.getBytes(StandardCharsets.UTF_8)), BASE);
  }

  @Test
  void read_turtle_resolvesAgainstThePod() {
    Graph graph = read(MediaType.TURTLE, "<> <p#q> <b>, </c#me>, <#f>, <https://x.example/y>.");
    for (String iri :
        new String[] {"pod:/notes/b", "pod:/c#me", "pod:/notes/a#f", "https://x.example/y"}) {
      assertTrue(graph.contains(Node.ANY, Node.ANY, NodeFactory.createURI(iri)), iri);
    }
    assertTrue(graph.contains(NodeFactory.createURI(BASE), Node.ANY, Node.ANY));
  }

  @Test
  void read_jsonLd_isTheSameGraphAsTurtle() {
    Graph json =
        read(
            MediaType.JSON_LD,
            "{\"@id\":\"\",\"x:p\":[{\"@id\":\"b\"},\"text\",{\"@value\":\"1\",\"@type\":\"x:t\"}]}");
    Graph turtle = read(MediaType.TURTLE, "<> <x:p> <b>, \"text\", \"1\"^^<x:t>.");
    assertTrue(json.isIsomorphicWith(turtle), json.toString());
  }

  @Test
  void read_activityStreams_needsNoNetwork() {
    Graph graph =
        read(
            MediaType.ACTIVITY_JSON,
            "{\"@context\":[\"https://www.w3.org/ns/activitystreams\",\"https://nobody.example/c\"],"
                + "\"id\":\"https://a.example/1\",\"type\":\"Note\",\"content\":\"hi\"}");
    assertTrue(
        graph.contains(
            NodeFactory.createURI("https://a.example/1"),
            NodeFactory.createURI("https://www.w3.org/ns/activitystreams#content"),
            NodeFactory.createLiteralString("hi")),
        graph.toString());
  }

  @Test
  void SEC_32_unknownContext_isRefused() {
    assertThrows(
        PodFailure.Invalid.class,
        () -> read(MediaType.JSON_LD, "{\"@context\":\"https://nobody.example/c\",\"x:p\":1}"));
    assertThrows(
        PodFailure.Invalid.class,
        () -> read(MediaType.JSON_LD, "{\"@context\":{\"@import\":\"https://n.example/\"}}"));
  }

  @Test
  void SEC_32_contextInside_hasALimit() {
    String context = "{\"@context\":{\"a\":\"x:" + "y".repeat(70_000) + "\"},\"x:p\":1}";
    assertThrows(PodFailure.Invalid.class, () -> read(MediaType.JSON_LD, context));
    assertThrows(
        PodFailure.Invalid.class,
        () -> read(MediaType.JSON_LD, "{\"x:p\":[{\"x:q\":" + context + "}]}"));
  }

  @Test
  void SEC_30_nestedTooDeeply_isRefused() {
    assertThrows(
        PodFailure.Invalid.class,
        () -> read(MediaType.TURTLE, "<> <x:p> " + "[ <x:p> ".repeat(2_000)));
    assertThrows(
        PodFailure.Invalid.class, () -> read(MediaType.JSON_LD, "{\"x:a\":".repeat(2_000)));
    String hidden = "<> <x:p> '[[[', \"]\", '''(\n[''' . # [[[[\n".repeat(100);
    assertEquals(3, read(MediaType.TURTLE, hidden).size());
  }

  @Test
  void SEC_31_limits_areRefusals() {
    assertThrows(
        PodFailure.TooLarge.class,
        () ->
            read(
                MediaType.TURTLE,
                "<> <x:p> \"" + "x".repeat(RdfLimits.LITERAL_CHARS_MAX) + "y\"."));
    assertThrows(
        PodFailure.TooLarge.class,
        () -> read(MediaType.TURTLE, "<> <x:p> <x:" + "y".repeat(RdfLimits.IRI_CHARS_MAX) + ">."));
    var prefixes = new StringBuilder();
    for (int i = 0; i <= RdfLimits.PREFIXES_MAX; i++) {
      prefixes.append("@prefix p").append(i).append(": <x:> .\n");
    }
    assertThrows(PodFailure.TooLarge.class, () -> read(MediaType.TURTLE, prefixes.toString()));
  }

  @Test
  void SEC_31_prefix_declaredAgain_countsOnce() {
    var text = new StringBuilder();
    for (int i = 0; i <= RdfLimits.PREFIXES_MAX; i++) {
      text.append("@prefix p: <x:").append(i).append("/> .\n");
    }
    assertEquals(1, read(MediaType.TURTLE, text.append("<> p:a 1 .").toString()).size());
  }

  @Test
  void read_malformed_isInvalid() {
    assertThrows(PodFailure.Invalid.class, () -> read(MediaType.TURTLE, "<> <x:p>"));
    assertThrows(PodFailure.Invalid.class, () -> read(MediaType.JSON_LD, "[1,"));
    assertThrows(PodFailure.Invalid.class, () -> read(MediaType.HTML, "<p>"));
    assertThrows(PodFailure.Invalid.class, () -> read(MediaType.DAG_CBOR, "zz"));
    assertThrows(PodFailure.Invalid.class, () -> read(CompactCodec.MEDIA_TYPE, "\u0001\u007f"));
  }

  @Test
  void base_encodesWhatAnIriCannotHold() {
    assertEquals("pod:/a%20b/%C3%BC%25", Graphs.base(new PodPath("/a b/ü%")));
  }

  @Test
  void compact_encodedAndDecoded_isTheSameGraph() {
    var random = new SplittableRandom(42);
    for (int i = 0; i < 200; i++) {
      Graph graph = GraphFactory.createDefaultGraph();
      int triples = random.nextInt(40);
      for (int t = 0; t < triples; t++) {
        graph.add(
            Triple.create(
                random.nextInt(8) == 0
                    ? NodeFactory.createBlankNode("b" + random.nextInt(3))
                    : iri(random),
                iri(random),
                object(random)));
      }
      byte[] bytes = CompactCodec.encode(graph, BASE);
      assertTrue(CompactCodec.decode(bytes, BASE).isIsomorphicWith(graph));
    }
  }

  private static Node iri(SplittableRandom random) {
    String[] beginnings = {
      BASE, BASE + "#", BASE + "b", "pod:/", "http://www.w3.org/ns/ldp#", "https://x.example/", "x:"
    };
    return NodeFactory.createURI(
        beginnings[random.nextInt(beginnings.length)] + random.nextInt(10));
  }

  private static Node object(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> iri(random);
      case 1 -> NodeFactory.createLiteralString("t\u0000é𝕏" + random.nextInt(9));
      case 2 -> NodeFactory.createLiteralLang("t" + random.nextInt(9), "de");
      default -> NodeFactory.createLiteralDT("" + random.nextInt(9), XSDDatatype.XSDinteger);
    };
  }

  @Test
  void compact_moved_keepsItsOwnNamesRelative() {
    Graph graph = read(MediaType.TURTLE, "<> <x:p> <#f>. <ab> <x:p> 1.");
    Graph moved = CompactCodec.decode(CompactCodec.encode(graph, BASE), "pod:/z");
    assertTrue(moved.contains(NodeFactory.createURI("pod:/z"), Node.ANY, Node.ANY));
    assertTrue(moved.contains(Node.ANY, Node.ANY, NodeFactory.createURI("pod:/z#f")));
    assertTrue(moved.contains(NodeFactory.createURI("pod:/notes/ab"), Node.ANY, Node.ANY));
  }

  @Test
  void compact_brokenBytes_areInvalid() {
    Graph graph = read(MediaType.TURTLE, "<> <x:p> <#f>, \"text\"@en, 1, 2.5 .");
    byte[] bytes = CompactCodec.encode(graph, BASE);
    var random = new SplittableRandom(7);
    for (int i = 0; i < 2_000; i++) {
      byte[] broken = bytes.clone();
      broken[random.nextInt(broken.length)] = (byte) random.nextInt(256);
      try {
        CompactCodec.decode(broken, BASE);
      } catch (PodFailure.Invalid expected) {
        // Any other throwable fails the test.
      }
    }
  }
}
