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

  /** Vectors whose rules are not part of the first cut, each with what it waits for. */
  private static final Map<String, String> LATER =
      Map.ofEntries(
          Map.entry("article-from-activitypub", "articles (mapping 7.6)"),
          Map.entry("article-whitewind-author-only", "articles (mapping 7.6)"),
          Map.entry("event-from-solid", "events (mapping 7.7)"),
          Map.entry("event-rsvp", "events (mapping 7.7)"),
          Map.entry("threadgate-nobody", "a patch of another object (mapping 7.2, GAT-1)"),
          Map.entry("list-mixed-members", "lists (mapping 7.5)"),
          Map.entry("mute-is-private", "mutes (mapping 7.5)"),
          Map.entry("delete-public-after-narrowing", "an act at the doors: crossings"),
          Map.entry("delete-then-recreate-same-rkey", "an act at the doors: crossings"),
          Map.entry("edit-that-changes-nothing", "an act at the doors: LensEditTest"),
          Map.entry("vis-public-addressed-acl-closed", "an access list: PublicationTest"));

  @TestFactory
  Stream<DynamicTest> own_vectors() throws URISyntaxException {
    return play(Path.of(TranslateVectorsTest.class.getResource("vectors").toURI()));
  }

  @TestFactory
  Stream<DynamicTest> published_vectors() {
    String named = System.getProperty("TRIPOD_FIXTURES", System.getenv("TRIPOD_FIXTURES"));
    Path root =
        named != null && !named.isBlank()
            ? Path.of(named)
            : Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
                .map(parent -> parent.resolve("shared/fixtures"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(Path.of("none"));
    Path own = root.resolve("mapping/own");
    return Files.isDirectory(own) ? play(own) : Stream.of();
  }

  private static Stream<DynamicTest> play(Path folder) {
    TranslateContext context = TranslateContext.read(read(folder.resolve("context.json")));
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".json"))
          .filter(file -> !file.endsWith("context.json"))
          .sorted()
          .map(TranslateVectorsTest::read)
          .filter(vector -> !LATER.containsKey(vector.path("id").asText()))
          .map(
              vector ->
                  DynamicTest.dynamicTest(
                      vector.path("id").asText(), () -> check(vector, new TranslateRun(context))))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    record(expect.path("atproto"), answer.path("atproto"));
    activity(expect.path("activitypub"), answer.path("activitypub"));
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
    for (String name : List.of("object", "activity")) {
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
