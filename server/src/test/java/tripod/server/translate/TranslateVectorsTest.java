package tripod.server.translate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Plays translation vectors: the project's own, and the published ones where they are found.
 *
 * <p>The published ones are looked for in the directory that {@code TRIPOD_FIXTURES} names, else in
 * {@code shared/fixtures} of the nearest parent directory that has one.
 */
class TranslateVectorsTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS).build();

  /** Vectors that are acts at the doors of a running server, which ActVectorsTest plays. */
  private static final Set<String> ACTS =
      Set.of(
          "delete-public-after-narrowing",
          "delete-then-recreate-same-rkey",
          "edit-that-changes-nothing",
          "vis-public-addressed-acl-closed");

  /** What a vector's remarks say of its context, as a record of the context. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "event-rsvp",
          """
          {"uri":"at://did:plc:bob222222222222222222222/community.lexicon.calendar.event/3m6aaaaaaaawi",
           "cid":"bafyreibw4jxhxomushmrazce7jb4gf3ulpw2g7sgq3fulul5h5jsig76m4",
           "ap":"https://bob.example/social/events/3m6aaaaaaaawi","author":"bob"}
          """);

  @TestFactory
  Stream<DynamicTest> own_vectors() throws URISyntaxException {
    return play(Path.of(TranslateVectorsTest.class.getResource("vectors").toURI()));
  }

  @TestFactory
  Stream<DynamicTest> published_vectors() {
    Path own = Fixtures.folder("mapping/own");
    return Files.isDirectory(own) ? play(own) : Stream.of();
  }

  private static Stream<DynamicTest> play(Path folder) {
    JsonNode context = read(folder.resolve("context.json"));
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !file.endsWith("context.json"))
          .sorted()
          .map(TranslateVectorsTest::read)
          .filter(vector -> !ACTS.contains(vector.path("id").asText()))
          .map(
              vector ->
                  DynamicTest.dynamicTest(
                      vector.path("id").asText(),
                      () -> check(vector, new TranslateRun(context(context, vector)))))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TranslateContext context(JsonNode common, JsonNode vector) throws IOException {
    String known = KNOWN.get(vector.path("id").asText());
    if (known == null) {
      return TranslateContext.read(common);
    }
    ObjectNode whole = common.deepCopy();
    whole.withArray("records").add(JSON.readTree(known));
    return TranslateContext.read(whole);
  }

  private static JsonNode read(Path file) {
    try {
      return JSON.readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  private static void check(JsonNode vector, TranslateRun run) {
    JsonNode expect = vector.path("expect");
    ObjectNode answer = run.run(vector.path("input"));
    if (vector.path("area").asText().equals("names")) {
      for (Map.Entry<String, JsonNode> member : expect.properties()) {
        if (!member.getKey().equals("negotiation")) {
          assertEquals(member.getValue(), answer.path(member.getKey()));
        }
      }
      return;
    }
    for (String step : List.of("beforePublish", "afterPublish")) {
      if (expect.has(step)) {
        assertSubset(expect.get(step), answer.path(step), step);
      }
    }
    record(expect.path("atproto"), answer.path("atproto"));
    records(expect.path("atproto").path("records"), answer.path("atproto").path("records"));
    activity(expect.path("activitypub"), answer.path("activitypub"));
    if (expect.path("activitypub").path("unchanged").asBoolean()) {
      assertEquals(vector.path("input").path("object"), answer.path("activitypub").path("object"));
    }
    rdf(expect.path("rdf"), answer.path("rdf"));
  }

  private static void record(JsonNode expect, JsonNode got) {
    assertEquals(expect.path("absent").asBoolean(), got.path("absent").asBoolean(), got::toString);
    for (String name : List.of("record", "cid", "uri", "dagCborBase64", "op", "prev")) {
      if (expect.has(name)) {
        assertEquals(expect.get(name).toPrettyString(), sorted(expect.get(name), got.path(name)));
      }
    }
  }

  private static void records(JsonNode expect, JsonNode got) {
    for (JsonNode wanted : expect) {
      JsonNode found =
          StreamSupport.stream(got.spliterator(), false)
              .filter(record -> record.path("uri").equals(wanted.path("uri")))
              .findFirst()
              .orElseThrow(() -> new AssertionError(wanted.path("uri") + " in " + got));
      assertSubset(wanted.path("subset"), found.path("record"), wanted.path("uri").asText());
    }
  }

  /** Prints members in the order of another tree, so that a difference can be read. */
  private static String sorted(JsonNode order, JsonNode tree) {
    return arranged(order, tree).toPrettyString();
  }

  private static JsonNode arranged(JsonNode order, JsonNode tree) {
    if (tree instanceof ObjectNode object && order.isObject()) {
      ObjectNode arranged = JSON.createObjectNode();
      order
          .fieldNames()
          .forEachRemaining(
              name -> {
                if (object.has(name)) {
                  arranged.set(name, arranged(order.get(name), object.get(name)));
                }
              });
      object
          .properties()
          .forEach(
              member -> {
                if (!order.has(member.getKey())) {
                  arranged.set(member.getKey(), member.getValue());
                }
              });
      return arranged;
    }
    if (tree.isArray() && order.isArray() && tree.size() == order.size()) {
      var list = JSON.createArrayNode();
      for (int i = 0; i < tree.size(); i++) {
        list.add(arranged(order.get(i), tree.get(i)));
      }
      return list;
    }
    return tree;
  }

  private static void activity(JsonNode expect, JsonNode got) {
    assertEquals(expect.path("absent").asBoolean(), got.path("absent").asBoolean(), got::toString);
    boolean subset = expect.path("matchObjectAs").asText().equals("subset");
    for (String name : List.of("object", "activity", "patchOf", "interactionPolicy")) {
      if (expect.has(name)) {
        JsonNode wanted = expect.get(name);
        JsonNode found = got.path(name);
        if (subset) {
          assertSubset(wanted, found, name);
        } else {
          assertEquals(wanted.toPrettyString(), sorted(wanted, found));
        }
      }
    }
  }

  private static void assertSubset(JsonNode wanted, JsonNode found, String where) {
    if (wanted.isObject()) {
      for (Map.Entry<String, JsonNode> member : wanted.properties()) {
        assertSubset(member.getValue(), found.path(member.getKey()), where + "/" + member.getKey());
      }
    } else {
      assertEquals(wanted, found, where);
    }
  }

  private static void rdf(JsonNode expect, JsonNode got) {
    if (expect.path("shared").isTextual()) {
      Graph wanted = turtle(expect.get("shared").asText());
      Graph found = turtle(got.path("shared").asText());
      if (expect.path("matchAs").asText().equals("subset")) {
        wanted
            .find()
            .forEachRemaining(t -> assertTrue(found.contains(t), () -> t + " in " + found));
      } else {
        assertEquals(NTriplesLines.of(wanted), NTriplesLines.of(found));
      }
    }
    if (expect.path("graph").isTextual()) {
      assertEquals(expect.get("graph"), got.path("graph"));
    }
    if (expect.has("keeps") && expect.has("acl")) { // MUT-1
      assertEquals(expect.get("acl"), got.path("acl"));
      String kept = got.path("shared").asText();
      assertTrue(kept.contains("ns#target>") && kept.contains("ns#until>"), kept);
    }
    if (expect.has("native")) {
      assertEquals(lines(expect.get("native")), lines(got.path("native")));
      assertEquals(expect.get("nativeGraph"), got.path("nativeGraph"));
    }
  }

  private static Set<String> lines(JsonNode list) {
    Set<String> lines = new TreeSet<>();
    StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).forEach(lines::add);
    return lines;
  }

  private static Graph turtle(String text) {
    return RDFParser.fromString(text, Lang.TURTLE).toGraph();
  }
}
