package tripod.podstore.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tripod.podstore.Content;
import tripod.podstore.MemoryStores;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;

class PodQueryTest {
  private static final URI ORIGIN = URI.create("https://alice.example");
  private final PodStore store =
      MemoryStores.open(InstantSource.fixed(Instant.parse("2026-05-01T12:00:00Z")), List.of());
  private final PodQuery queries = new PodQuery(store);
  private final Set<PodPath> secret = new HashSet<>();
  private final PodId pod = store.nextPodId();

  @BeforeEach
  void makePod() {
    store.create(pod, PodStore.JdbcWork.NONE, _ -> 0);
  }

  @AfterEach
  void close() {
    queries.close();
    store.close();
  }

  private void put(String path, String turtle) {
    store.write(
        pod,
        writer -> {
          writer.put(
              new PodPath(path),
              new Content.Document(MediaType.TURTLE, turtle.getBytes(StandardCharsets.UTF_8)));
          return 0;
        });
  }

  private Answer ask(String sparql) {
    return queries.ask(pod, "bob", ORIGIN, path -> !secret.contains(path), sparql);
  }

  private int count(String sparql) {
    return ((Answer.Solutions) ask(sparql)).rows().size();
  }

  @Test
  void select_overDocuments_followsChanges() {
    put("/a", "<> <x:title> \"one\"@en; <x:next> <b>.");
    put("/b", "<> <x:title> 2.");
    assertEquals(2, count("SELECT * { ?s <x:title> ?t }"));
    var found =
        (Answer.Solutions)
            ask("SELECT ?g ?n { GRAPH ?g { <https://alice.example/a> <x:next> ?n } }");
    assertEquals(List.of("g", "n"), found.variables());
    assertEquals("https://alice.example/a", found.rows().getFirst().get("g").getURI());
    assertEquals("https://alice.example/b", found.rows().getFirst().get("n").getURI());
    put("/b", "<> <x:other> 2.");
    assertEquals(1, count("SELECT * { ?s <x:title> ?t }"));
    store.write(pod, writer -> writer.delete(new PodPath("/a")));
    assertEquals(0, count("SELECT * { ?s <x:title> ?t }"));
  }

  @Test
  void select_unreadable_isNotThere() {
    put("/a", "<> <x:title> 1.");
    put("/b", "<> <x:title> 2.");
    secret.add(new PodPath("/b"));
    assertEquals(1, count("SELECT * { ?s <x:title> ?t }"));
    secret.clear();
    assertEquals(2, count("SELECT * { ?s <x:title> ?t }"));
    secret.add(new PodPath("/a"));
    assertEquals(1, count("SELECT * { ?s <x:title> ?t }"));
    assertEquals(new Answer.Truth(false), ask("ASK { ?s <x:title> 1 }"));
  }

  @Test
  void construct_givesAGraph() {
    put("/a", "<> <x:title> 1, [ <x:p> 1 ].");
    var answer = (Answer.Triples) ask("CONSTRUCT { ?s <x:q> ?o } WHERE { ?s <x:p> ?o }");
    assertEquals(1, answer.graph().size());
    assertTrue(answer.graph().find().next().getSubject().isBlank());
  }

  @Test
  void query_thatReachesOutside_isRefused() {
    assertThrows(
        PodFailure.Invalid.class,
        () -> ask("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"));
    assertThrows(PodFailure.Invalid.class, () -> ask("INSERT DATA { <x:a> <x:b> <x:c> }"));
    assertThrows(PodFailure.Invalid.class, () -> ask("SELECT nonsense"));
    assertThrows(PodFailure.TooLarge.class, () -> ask("#" + "x".repeat(PodQuery.QUERY_BYTES_MAX)));
  }

  @Test
  void SEC_30_queryNestedTooDeeply_isRefused() {
    String deep = "{".repeat(5_000) + "}".repeat(5_000);
    assertThrows(PodFailure.Invalid.class, () -> ask("SELECT * " + deep));
    assertThrows(
        PodFailure.Invalid.class, () -> ask("SELECT * { FILTER(" + "!".repeat(60_000) + "1) }"));
  }

  @Test
  void query_bringingTooMuch_isRefused() {
    var many = new StringBuilder();
    for (int i = 0; i < 120; i++) {
      many.append("<#").append(i).append("> <x:p> ").append(i).append(".\n");
    }
    put("/a", many.toString());
    assertEquals(100, count("SELECT * { ?a <x:p> ?x . ?b <x:p> ?y } LIMIT 100"));
    assertThrows(PodFailure.TooLarge.class, () -> ask("SELECT * { ?a <x:p> ?x . ?b <x:p> ?y }"));
    assertThrows(
        PodFailure.TooLarge.class,
        () ->
            ask(
                "SELECT (COUNT(*) AS ?n) { ?a <x:p> ?x . ?b <x:p> ?y . ?c <x:p> ?z ."
                    + " ?d <x:p> ?v . FILTER(?x + ?y + ?z + ?v < 0) }"));
  }
}
