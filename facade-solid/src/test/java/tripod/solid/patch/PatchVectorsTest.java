package tripod.solid.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.GraphMemFactory;
import org.apache.jena.graph.Triple;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tripod.solid.representation.RdfReader;
import tripod.solid.representation.RdfSyntax;

/** Plays {@code vectors.txt}: a document, a patch, and what comes of it. */
class PatchVectorsTest {
  private static final String BASE = "http://pod.example/d.ttl";
  private static final String SOLID = "http://www.w3.org/ns/solid/terms#";

  private final RdfReader reader = new RdfReader();

  private record Case(
      String name, PatchParser kind, String document, String patch, String outcome) {}

  @TestFactory
  Stream<DynamicTest> patch_ofEachVector_hasItsOutcome() throws IOException {
    List<Case> cases = cases();
    assertTrue(cases.size() > 40, "vectors were found: " + cases.size());
    return cases.stream().map(c -> DynamicTest.dynamicTest(c.name, () -> play(c)));
  }

  @Test
  void patch_appliedToASet_leavesThatSetAsItWas() {
    Set<Triple> before = triples("<#a> <p:name> \"A\" .");
    Set<Triple> copy = Set.copyOf(before);
    parse(PatchParser.SPARQL_UPDATE, "DELETE DATA { <#a> <p:name> \"A\" }").apply(before);
    assertEquals(copy, before);
  }

  @Test
  void SEC_30_patch_nestedTooDeep_isMalformed() {
    String deep = "[ <p:q> ".repeat(100_000);
    assertEquals(
        "malformed",
        outcome(PatchParser.N3, "_:x a S:InsertDeletePatch; S:inserts { <#a> <p:q> " + deep));
  }

  @Test
  void SEC_30_patch_withManyDots_takesLinearTime() {
    assertEquals(
        "malformed",
        outcome(PatchParser.SPARQL_UPDATE, "INSERT DATA { <#a> x:" + ".".repeat(900_000) + " }"));
  }

  private void play(Case c) {
    if (c.outcome.startsWith("!")) {
      String came = outcomeOn(c.kind, c.document, c.patch);
      assertEquals(c.outcome.substring(1), came);
      return;
    }
    Set<Triple> after = parse(c.kind, c.patch).apply(triples(c.document));
    Graph wanted = graph(triples(c.outcome));
    assertTrue(graph(after).isIsomorphicWith(wanted), "came " + after);
  }

  private String outcome(PatchParser kind, String patch) {
    return outcomeOn(kind, "<#a> <p:name> \"A\" .", patch);
  }

  private String outcomeOn(PatchParser kind, String document, String patch) {
    try {
      parse(kind, patch).apply(triples(document));
      return "applied";
    } catch (PatchFailure.Malformed e) {
      return "malformed";
    } catch (PatchFailure.Invalid e) {
      return "invalid";
    } catch (PatchFailure.Mismatch e) {
      return "mismatch";
    }
  }

  private static Patch parse(PatchParser kind, String patch) {
    String prologue = kind == PatchParser.N3 ? "@prefix S: <" + SOLID + ">.\n" : "";
    return kind.parse((prologue + patch).getBytes(StandardCharsets.UTF_8), BASE);
  }

  private Set<Triple> triples(String turtle) {
    return reader.read(turtle.getBytes(StandardCharsets.UTF_8), RdfSyntax.TURTLE, BASE).triples();
  }

  private static Graph graph(Set<Triple> triples) {
    Graph graph = GraphMemFactory.createDefaultGraph();
    triples.forEach(graph::add);
    return graph;
  }

  private static List<Case> cases() throws IOException {
    String text;
    try (var in = PatchVectorsTest.class.getResourceAsStream("vectors.txt")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<Case> cases = new ArrayList<>();
    for (String block : text.split("(?m)^== ")) {
      if (block.startsWith("#") || block.isBlank()) {
        continue;
      }
      String[] head = block.split("\n", 3);
      String[] parts = head[2].split("(?m)^--\n");
      PatchParser kind = head[1].strip().equals("n3") ? PatchParser.N3 : PatchParser.SPARQL_UPDATE;
      cases.add(new Case(head[0].strip(), kind, parts[0], parts[1], parts[2].strip()));
    }
    return cases;
  }
}
