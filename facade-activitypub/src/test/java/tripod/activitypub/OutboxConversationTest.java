package tripod.activitypub;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.As2;
import tripod.syntax.PodNames;

/** What a member's own program posts, and what others then read. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboxConversationTest {
  private TestHost host;
  private PodNames alice;

  @BeforeAll
  void start() {
    host = new TestHost(0).start();
    alice = host.add("alice");
    host.add("carol");
  }

  @AfterAll
  void stop() {
    host.close();
  }

  private static ObjectNode note(String content) {
    ObjectNode note = ActivityJson.object();
    note.put("type", "Note").put("content", content);
    note.putArray("to").add(As2.PUBLIC);
    return note;
  }

  private JsonNode read(String id) {
    HttpResponse<String> answer = host.get(alice, id, "");
    assertEquals(200, answer.statusCode(), id);
    return ActivityJson.read(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void bareObject_isWrappedInCreate_andIgnoresTheClientsId() {
    ObjectNode note = note("<p>bare</p>").put("id", "https://elsewhere.example/1");
    String at = host.outbox(alice, note, 201);
    JsonNode stored = read(at.replaceFirst("#.*", ""));
    assertEquals("<p>bare</p>", stored.path("content").asText());
    assertEquals(alice.actor().value(), stored.path("attributedTo").asText());
    assertTrue(stored.path("id").asText().startsWith(alice.origin() + "/social/posts/"));
  }

  @Test
  void create_mergesRecipientsOfActivityAndObject_andHidesBlindOnes() {
    ObjectNode create = ActivityJson.object().put("type", "Create");
    create.putArray("to").add(As2.PUBLIC);
    create.putArray("bcc").add("https://secret.example/actor");
    ObjectNode note = ActivityJson.object().put("type", "Note").put("content", "x");
    note.putArray("cc").add("https://named.example/actor");
    create.set("object", note);
    JsonNode stored = read(host.outbox(alice, create, 201).replaceFirst("#.*", ""));
    assertEquals(As2.PUBLIC, stored.path("to").path(0).asText());
    assertEquals("https://named.example/actor", stored.path("cc").path(0).asText());
    assertFalse(stored.toString().contains("secret.example"));
  }

  @Test
  void update_changesNamedMembers_andNullRemoves() {
    ObjectNode note = note("<p>one</p>").put("summary", "warning");
    String id = host.outbox(alice, note, 201).replaceFirst("#.*", "");
    ObjectNode update = ActivityJson.object().put("type", "Update");
    update.putObject("object").put("id", id).put("content", "<p>two</p>").putNull("summary");
    host.outbox(alice, update, 201);
    JsonNode stored = read(id);
    assertEquals("<p>two</p>", stored.path("content").asText());
    assertFalse(stored.has("summary"));
    assertTrue(stored.has("updated"));
  }

  @Test
  void delete_leavesATombstone() {
    String id = host.outbox(alice, note("gone soon"), 201).replaceFirst("#.*", "");
    ObjectNode delete = ActivityJson.object().put("type", "Delete").put("object", id);
    host.outbox(alice, delete, 201);
    HttpResponse<String> answer = host.get(alice, id, "");
    assertEquals(410, answer.statusCode());
    assertTrue(answer.body().contains("Tombstone"));
  }

  @Test
  void SEC_38_activeContent_isCleaned() {
    String id =
        host.outbox(alice, note("<p>kept</p><script>alert(1)</script>"), 201)
            .replaceFirst("#.*", "");
    assertEquals("<p>kept</p>", read(id).path("content").asText());
  }

  @Test
  void SEC_73_directPost_isHiddenFromStrangers_andOutOfTheOutbox() {
    ObjectNode note = ActivityJson.object().put("type", "Note").put("content", "secret word");
    note.putArray("to").add("https://named.example/actor");
    String id = host.outbox(alice, note, 201).replaceFirst("#.*", "");
    assertEquals(404, host.get(alice, id, "").statusCode());
    assertEquals(200, host.get(alice, id, "token-alice").statusCode());
    String page = host.get(alice, alice.actor() + "/outbox?page=true", "").body();
    assertFalse(page.contains("secret word"));
  }

  @Test
  void SEC_64_tokenOfAnother_isForbidden_andNoneIsUnauthorized() {
    assertEquals(403, host.post(alice, note("x"), "token-carol").statusCode());
    assertEquals(401, host.post(alice, note("x"), "").statusCode());
    assertEquals(401, host.post(alice, note("x"), "token-nobody").statusCode());
  }

  @Test
  void publicKey_isNotTakenFromClients() {
    ObjectNode note = note("x");
    note.putObject("publicKey").put("publicKeyPem", "forged");
    String id = host.outbox(alice, note, 201).replaceFirst("#.*", "");
    assertFalse(read(id).has("publicKey"));
  }

  @Test
  void badActivities_areBadRequests() {
    host.outbox(alice, ActivityJson.object().put("type", "Follow"), 400);
    host.outbox(alice, ActivityJson.object().put("type", "Create"), 400);
    host.outbox(alice, ActivityJson.object().put("content", "no type"), 400);
    host.outbox(alice, ActivityJson.object().put("type", "Person"), 400);
    ObjectNode strange = note("x");
    strange.putObject("content").put("a", 1);
    host.outbox(alice, strange, 400);
    host.outbox(
        alice,
        ActivityJson.object().put("type", "Delete").put("object", "https://a.example/1"),
        403);
  }

  @Test
  void webFinger_answersEveryNameWithOneSubject() {
    String acct = "acct:" + alice.acct();
    for (String resource : new String[] {acct, alice.actor().value(), alice.storage().toString()}) {
      HttpResponse<String> answer =
          host.service("/.well-known/webfinger?resource=" + TestHost.encode(resource));
      assertEquals(200, answer.statusCode(), resource);
      assertTrue(answer.body().contains("\"subject\":\"" + acct + "\""), resource);
    }
    assertEquals(400, host.service("/.well-known/webfinger").statusCode());
    assertEquals(
        404,
        host.service("/.well-known/webfinger?resource=" + TestHost.encode("acct:alice@a.example"))
            .statusCode());
  }
}
