package tripod.podstore.rdf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.sparql.graph.GraphFactory;
import org.junit.jupiter.api.Test;
import tripod.podstore.PodFailure;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.Cid;

class AtdGraphTest {
  private static final String DOCUMENT = "https://ada.test/records/com.example.thing/a.atproto";
  private static final String[] TEXTS = {
    "",
    "a",
    "a/b",
    "a%2Fb",
    "$type",
    "é",
    "e\u0301",
    "a\u0000b",
    "\ufeffx",
    "\r\n",
    "\"\\",
    "𝒳",
    "~"
  };

  @Test
  void values_random_comeBackToTheSameBytes() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
    for (int i = 0; i < 2_000; i++) {
      DagFields record = fields(random, 4);
      Graph graph = AtdGraph.of(record, DOCUMENT);
      assertArrayEquals(
          DagCbor.encode(record), DagCbor.encode(AtdGraph.read(graph, DOCUMENT)), record::toString);
    }
  }

  @Test
  void values_randomThroughTurtleAndNTriples_comeBackToTheSameBytes() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    for (int i = 0; i < 200; i++) {
      DagFields record = fields(random, 4);
      for (Lang lang : List.of(Lang.TURTLE, Lang.NTRIPLES)) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        RDFDataMgr.write(bytes, AtdGraph.of(record, DOCUMENT), lang);
        Graph graph =
            RDFParser.source(new ByteArrayInputStream(bytes.toByteArray())).lang(lang).toGraph();
        assertEquals(record, AtdGraph.read(graph, DOCUMENT));
      }
    }
  }

  @Test
  void keys_thatLookAlike_haveDifferentPredicates() {
    assertEquals("a%2Fb", AtdGraph.encode("a/b"));
    assertEquals("a%252Fb", AtdGraph.encode("a%2Fb"));
    assertEquals("%24type", AtdGraph.encode("$type"));
    assertEquals("a~b", AtdGraph.encode("a~b"));
    assertNotEquals(AtdGraph.encode("é"), AtdGraph.encode("e\u0301"));
  }

  @Test
  void emptyValues_areSixDifferentThings() {
    DagFields record =
        DagFields.builder()
            .put("a", DagValue.nil())
            .put("b", false)
            .put("c", 0)
            .put("d", "")
            .put("e", DagValue.of(List.of()))
            .put("f", DagFields.EMPTY)
            .build();
    Graph graph = AtdGraph.of(record, DOCUMENT);
    assertEquals(9, graph.size());
    assertEquals(record, AtdGraph.read(graph, DOCUMENT));
  }

  @Test
  void graph_withOneTripleMore_isRefused() {
    Graph graph = AtdGraph.of(DagFields.of("a", DagValue.of("b")), DOCUMENT);
    graph.add(iri(DOCUMENT + "#other"), iri("https://x.test/p"), iri("https://x.test/o"));
    refused(graph);
  }

  @Test
  void graph_withTwoValuesOfAKey_isRefused() {
    Graph graph = AtdGraph.of(DagFields.of("a", DagValue.of("b")), DOCUMENT);
    graph.add(
        iri(DOCUMENT + "#at"),
        iri("https://w3id.org/tripod/key#a"),
        NodeFactory.createLiteralString("c"));
    refused(graph);
  }

  @Test
  void graph_withALanguageOrAFloat_isRefused() {
    for (Node odd :
        List.of(
            NodeFactory.createLiteralLang("b", "en"),
            NodeFactory.createLiteralDT("1.5", org.apache.jena.datatypes.xsd.XSDDatatype.XSDdouble),
            NodeFactory.createLiteralDT("01", org.apache.jena.datatypes.xsd.XSDDatatype.XSDinteger),
            NodeFactory.createLiteralDT(
                "9223372036854775808", org.apache.jena.datatypes.xsd.XSDDatatype.XSDinteger))) {
      Graph graph = AtdGraph.of(DagFields.EMPTY, DOCUMENT);
      graph.add(iri(DOCUMENT + "#at"), iri("https://w3id.org/tripod/key#a"), odd);
      refused(graph);
    }
  }

  @Test
  void SEC_34_graphThatLeadsBackToItself_isRefused() {
    Graph graph = AtdGraph.of(DagFields.EMPTY, DOCUMENT);
    graph.add(iri(DOCUMENT + "#at"), iri("https://w3id.org/tripod/key#a"), iri(DOCUMENT + "#at"));
    refused(graph);
  }

  @Test
  void graph_ofNothing_isRefused() {
    refused(GraphFactory.createDefaultGraph());
  }

  @Test
  void graphOfAnyValue_hasNoBlankNode() {
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
    Graph graph = AtdGraph.of(fields(random, 4), DOCUMENT);
    assertTrue(
        graph.find().toList().stream()
            .noneMatch(t -> t.getSubject().isBlank() || t.getObject().isBlank()));
  }

  private static void refused(Graph graph) {
    assertThrows(PodFailure.Invalid.class, () -> AtdGraph.read(graph, DOCUMENT));
  }

  private static Node iri(String iri) {
    return NodeFactory.createURI(iri);
  }

  private static DagFields fields(RandomGenerator random, int depth) {
    DagFields.Builder fields = DagFields.builder();
    for (int i = random.nextInt(5); i > 0; i--) {
      fields.put(TEXTS[random.nextInt(TEXTS.length)], value(random, depth - 1));
    }
    return fields.build();
  }

  private static DagValue value(RandomGenerator random, int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> DagValue.nil();
      case 1 -> DagValue.of(random.nextBoolean());
      case 2 -> DagValue.of(random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(5));
      case 3 -> DagValue.of(TEXTS[random.nextInt(TEXTS.length)]);
      case 4 -> {
        byte[] bytes = new byte[random.nextInt(7)];
        random.nextBytes(bytes);
        yield DagValue.of(bytes);
      }
      case 5 -> DagValue.of(Cid.ofRaw(new byte[] {(byte) random.nextInt()}));
      case 6 -> {
        List<DagValue> items = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          items.add(value(random, depth - 1));
        }
        yield DagValue.of(items);
      }
      default -> fields(random, depth - 1);
    };
  }
}
