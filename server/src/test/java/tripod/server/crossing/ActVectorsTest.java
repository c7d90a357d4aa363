package tripod.server.crossing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.bench.LabMember;
import tripod.server.translate.Fixtures;
import tripod.server.wiring.Running;

/**
 * Plays the mapping vectors that are acts at the doors of a running server: the project's own, and
 * the published ones where they are found (as {@code TranslateVectorsTest} finds them).
 */
class ActVectorsTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String TOKEN = "acts-admin-token";
  private static final String AS2 = "application/activity+json";
  private static final String TURTLE = "text/turtle";
  private static final List<Integer> NOT_SHOWN = List.of(401, 403, 404);
  private static final List<String> PUBLISHED =
      List.of(
          "delete-then-recreate-same-rkey",
          "delete-public-after-narrowing",
          "edit-that-changes-nothing",
          "vis-public-addressed-acl-closed",
          "article-whitewind-author-only");

  @TempDir Path data;
  private Running server;
  private HttpClient http;
  private LabMember alice;

  @TestFactory
  Stream<DynamicTest> own_acts() throws URISyntaxException {
    Path folder = Path.of(ActVectorsTest.class.getResource("vectors").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().map(this::test).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @TestFactory
  Stream<DynamicTest> published_acts() {
    Path folder = Fixtures.folder("mapping/own");
    return PUBLISHED.stream()
        .map(name -> folder.resolve(name + ".json"))
        .filter(Files::isRegularFile)
        .map(this::test);
  }

  private DynamicTest test(Path file) {
    return DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file));
  }

  private void play(Path file) throws IOException {
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    Path folder = Files.createTempDirectory(data, "acts");
    server =
        Running.start(
            Map.of("host.port", "0", "host.data", folder.toString(), "admin.token", TOKEN),
            Map.of());
    try {
      http = HttpClient.newHttpClient();
      alice = LabMember.create(http, server.origin(), TOKEN, "alice", Date::new);
      JsonNode vector = localised(Files.readString(file));
      switch (vector.path("input").path("form").asText()) {
        case "atproto-ops" -> operations(vector.path("input"), vector.path("expect"));
        case "atproto-record" -> record(vector.path("input"), vector.path("expect"));
        case "acl-change" -> narrowed(vector.path("input").path("target").asText());
        case "put-same" -> sameAgain(vector.path("input").path("target").asText());
        case "as2-object" -> addressedAndClosed(vector.path("input").path("object"));
        default -> throw new AssertionError("no act of this form in " + file);
      }
      String report = LabMember.text(alice.admin("/api/admin/doctor", TOKEN));
      assertTrue(
          report.contains("\"name\":\"what is derived equals its rebuild\",\"ok\":true"), report);
    } finally {
      stop();
    }
  }

  @AfterEach
  void stop() {
    if (http != null) {
      http.close();
      http = null;
    }
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /** The people of the vectors have other names here. */
  private JsonNode localised(String text) throws IOException {
    String storage = alice.storage();
    return JSON.readTree(
        text.replace("did:plc:alice2222222222222222222", alice.did())
            .replace("https://alice.example", storage.substring(0, storage.length() - 1)));
  }

  private void operations(JsonNode input, JsonNode expect) throws IOException {
    String id = "";
    for (JsonNode op : input.path("ops")) {
      String[] uri = op.path("uri").asText().split("/");
      id = alice.storage() + "social/posts/" + uri[4];
      if (op.path("op").asText().equals("create")) {
        create(uri[3], uri[4], op.path("record"));
      } else {
        ok(
            alice.procedure(
                "com.atproto.repo.deleteRecord",
                Map.of("repo", alice.did(), "collection", uri[3], "rkey", uri[4])));
        assertGone(id);
      }
    }
    String[] uri = expect.path("atproto").path("uri").asText().split("/");
    JsonNode record = LabMember.json(get(uri[3], uri[4]));
    assertEquals(expect.path("atproto").path("record"), record.path("value"));
    if (expect.path("atproto").has("cid")) {
      assertEquals(expect.path("atproto").path("cid"), record.path("cid"));
    }
    // DEL-2: the old address stays what it was, at every door, and the new one is another.
    JsonNode after = expect.path("activitypub").path("afterRecreate");
    assertGone(id);
    String later = after.path("objectId").asText();
    JsonNode object = LabMember.json(alice.get(later, AS2));
    assertEquals(later, object.path("id").asText());
    String text = expect.path("atproto").path("record").path("text").asText();
    assertEquals("<p>" + text + "</p>", object.path("content").asText());
    String turtle = LabMember.text(alice.get(later, TURTLE));
    assertTrue(turtle.contains(text), turtle);
    String outbox = LabMember.text(alice.get(alice.actor() + "/outbox?page=1", AS2));
    assertTrue(outbox.contains(later + "\""), outbox);
    assertFalse(outbox.contains(id + "\""), outbox);
    assertEquals(
        409,
        alice
            .solid("PUT", id, "<> a <https://www.w3.org/ns/activitystreams#Note> .", TURTLE)
            .statusCode());
    ok(
        alice.procedure(
            "com.atproto.repo.deleteRecord",
            Map.of("repo", alice.did(), "collection", uri[3], "rkey", uri[4])));
    assertGone(id);
    assertGone(later);
    assertEquals(400, get(uri[3], uri[4]).statusCode());
    create(uri[3], uri[4], expect.path("atproto").path("record"));
    assertEquals(200, alice.get(id + "-3", AS2).statusCode());
  }

  private void assertGone(String id) {
    HttpResponse<byte[]> left = alice.get(id, AS2);
    assertEquals(410, left.statusCode(), id);
    assertTrue(LabMember.text(left).contains("Tombstone"));
    assertEquals(404, alice.get(id, TURTLE).statusCode(), id);
  }

  private void record(JsonNode input, JsonNode expect) throws IOException {
    String[] uri = input.path("uri").asText().split("/");
    create(uri[3], uri[4], input.path("record"));
    JsonNode record = LabMember.json(get(uri[3], uri[4]));
    assertEquals(input.path("record"), record.path("value"));
    String id = expect.path("rdf").path("graph").asText();
    if (expect.path("activitypub").path("absent").asBoolean()) {
      assertNotShown(id);
      assertNotShown(expect.path("rdf").path("nativeGraph").asText());
      assertEquals(200, alice.solid("GET", id, "", "").statusCode());
    }
  }

  private void narrowed(String id) throws IOException {
    put(id, "narrowed", true);
    String rkey = id.substring(id.lastIndexOf('/') + 1);
    assertEquals(200, get("app.bsky.feed.post", rkey).statusCode());
    assertEquals(200, alice.get(id, AS2).statusCode());
    close(id);
    assertEquals(400, get("app.bsky.feed.post", rkey).statusCode());
    assertNotShown(id);
    assertEquals(200, alice.solid("GET", id, "", "").statusCode());
    ok(alice.solid("DELETE", id + ".acl", "", "")); // VIS-7: widening publishes nothing
    assertEquals(400, get("app.bsky.feed.post", rkey).statusCode());
    assertFalse(outbox().contains("narrowed"));
    put(id, "narrowed and published", true);
    assertEquals(200, get("app.bsky.feed.post", rkey).statusCode());
  }

  private void sameAgain(String id) {
    put(id, "the same", true);
    String head = head();
    HttpResponse<byte[]> before = alice.solid("GET", id, "", "", "Accept", TURTLE);
    String tag = before.headers().firstValue("ETag").orElseThrow();
    String outbox = outbox();
    ok(alice.solid("PUT", id, LabMember.text(before), TURTLE, "If-Match", tag));
    HttpResponse<byte[]> after = alice.solid("GET", id, "", "", "Accept", TURTLE);
    assertEquals(tag, after.headers().firstValue("ETag").orElseThrow());
    assertEquals(head, head());
    assertEquals(outbox, outbox());
  }

  private void addressedAndClosed(JsonNode object) {
    String id = object.path("id").asText();
    String words = object.path("content").asText().replaceAll("<[^>]*>", "");
    put(id, "before", false);
    close(id);
    put(id, words, true);
    String rkey = id.substring(id.lastIndexOf('/') + 1);
    assertEquals(400, get("app.bsky.feed.post", rkey).statusCode());
    assertNotShown(id);
    assertFalse(outbox().contains(words));
    assertTrue(LabMember.text(alice.solid("GET", id, "", "", "Accept", TURTLE)).contains(words));
  }

  private void assertNotShown(String id) {
    for (String form : List.of(AS2, TURTLE, "text/html")) {
      int status = alice.get(id, form).statusCode();
      assertTrue(NOT_SHOWN.contains(status), form + " " + status + " " + id);
    }
    assertFalse(outbox().contains(id), id);
  }

  private String outbox() {
    return LabMember.text(alice.get(alice.actor() + "/outbox?page=1", AS2));
  }

  private String head() {
    return LabMember.text(alice.query("com.atproto.sync.getLatestCommit", "did=" + alice.did()));
  }

  private void create(String collection, String rkey, JsonNode record) {
    ok(
        alice.procedure(
            "com.atproto.repo.createRecord",
            Map.of(
                "repo",
                alice.did(),
                "collection",
                collection,
                "rkey",
                rkey,
                "record",
                JSON.convertValue(record, Map.class))));
  }

  private HttpResponse<byte[]> get(String collection, String rkey) {
    return alice.query(
        "com.atproto.repo.getRecord",
        "repo=" + alice.did() + "&collection=" + collection + "&rkey=" + rkey);
  }

  private void put(String id, String words, boolean open) {
    ok(
        alice.solid(
            "PUT",
            id,
            """
            @prefix as: <https://www.w3.org/ns/activitystreams#>.
            <> a as:Note; as:content "<p>%s</p>"; %s
              as:published "2026-01-02T03:04:05Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>.
            """
                .formatted(words, open ? "as:to as:Public;" : ""),
            TURTLE));
  }

  private void close(String id) {
    ok(
        alice.solid(
            "PUT",
            id + ".acl",
            """
            @prefix acl: <http://www.w3.org/ns/auth/acl#>.
            <#owner> a acl:Authorization; acl:agent </profile/card#me>; acl:accessTo <%s>;
              acl:mode acl:Read, acl:Write, acl:Control.
            """
                .formatted(id),
            TURTLE));
  }

  private static void ok(HttpResponse<byte[]> answer) {
    assertTrue(
        answer.statusCode() / 100 == 2, () -> answer.statusCode() + " " + LabMember.text(answer));
  }
}
