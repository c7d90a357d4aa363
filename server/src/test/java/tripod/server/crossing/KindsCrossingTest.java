package tripod.server.crossing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.bench.LabMember;
import tripod.server.wiring.Running;
import tripod.syntax.Tid;

/** Articles, events, lists, gates and mutes, written at one door and read at the others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KindsCrossingTest {
  private static final String TOKEN = "kinds-admin-token";
  private static final String AS2 = "application/activity+json";
  private static final String AS = "https://www.w3.org/ns/activitystreams";
  private static final String PUBLIC = AS + "#Public";
  private static final String DOCUMENT = "site.standard.document";
  private static final String POST = "app.bsky.feed.post";
  private static final String EVENT = "community.lexicon.calendar.event";
  private static final String RSVP = "community.lexicon.calendar.rsvp";
  private static final String LIST = "app.bsky.graph.list";
  private static final String ITEM = "app.bsky.graph.listitem";
  private static final String GATE = "app.bsky.feed.threadgate";
  private static final String TIME = "2026-02-03T04:05:06.000Z";

  private Running server;
  private HttpClient http;
  private LabMember ada;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
    server =
        Running.start(
            Map.of("host.port", "0", "host.data", data.toString(), "admin.token", TOKEN), Map.of());
    http = HttpClient.newHttpClient();
    ada = LabMember.create(http, server.origin(), TOKEN, "ada", Date::new);
  }

  /** Whatever the tests did, in the end all that is derived is as a rebuild would make it. */
  @AfterAll
  void stop() {
    try {
      String report = LabMember.text(ada.admin("/api/admin/doctor", TOKEN));
      assertTrue(
          report.contains("\"name\":\"what is derived equals its rebuild\",\"ok\":true"), report);
    } finally {
      http.close();
      server.close();
    }
  }

  @Test
  void article_fromActivityPub_isADocumentAndAPost_andGoesWithBoth() {
    String id =
        created(
            Map.of(
                "type", "Article",
                "name", "On soil",
                "summary", "<p>Why it matters</p>",
                "content", "<h2>One</h2><p>Text <em>here</em>.</p>",
                "to", List.of(PUBLIC)));
    String rkey = name(id);
    JsonNode document = value(DOCUMENT, rkey);
    JsonNode post = LabMember.json(record(POST, rkey));
    assertEquals("On soil", document.path("title").asText());
    assertEquals("One\n\nText here.", document.path("textContent").asText());
    assertEquals(post.path("cid"), document.path("bskyPostRef").path("cid"));
    assertEquals("On soil\n\nWhy it matters", post.path("value").path("text").asText());
    assertEquals(id, post.path("value").path("embed").path("external").path("uri").asText());
    assertEquals(200, ada.get(id, AS2).statusCode());
    assertTrue(LabMember.text(ada.get(id, "text/turtle")).contains("On soil"));
    // The post is no resource of its own, and not the client's to delete.
    assertEquals(404, ada.get(ada.storage() + "social/posts/" + rkey, AS2).statusCode());
    assertEquals(400, remove(POST, rkey).statusCode());
    ok(ada.outbox(Map.of("type", "Update", "object", Map.of("id", id, "name", "On earth"))));
    assertEquals("On earth", value(DOCUMENT, rkey).path("title").asText());
    assertEquals("On earth\n\nWhy it matters", value(POST, rkey).path("text").asText());
    ok(remove(DOCUMENT, rkey));
    assertEquals(400, record(DOCUMENT, rkey).statusCode());
    assertEquals(400, record(POST, rkey).statusCode());
    assertEquals(410, ada.get(id, AS2).statusCode());
  }

  @Test
  void article_thatIsClosed_takesItsPostOutToo() {
    String id =
        created(Map.of("type", "Article", "name", "A", "content", "<p>a</p>", "to", PUBLIC));
    String rkey = name(id);
    assertEquals(200, record(POST, rkey).statusCode());
    ok(
        ada.solid(
            "PUT",
            id + ".acl",
            """
            @prefix acl: <http://www.w3.org/ns/auth/acl#>.
            <#owner> a acl:Authorization; acl:agent </profile/card#me>; acl:accessTo <%s>;
              acl:mode acl:Read, acl:Write, acl:Control.
            """
                .formatted(id),
            "text/turtle"));
    assertEquals(400, record(DOCUMENT, rkey).statusCode());
    assertEquals(400, record(POST, rkey).statusCode());
  }

  @Test
  void article_fromAtproto_isAnArticle() {
    create(
        DOCUMENT,
        "3mbbbbbbbd222",
        Map.of(
            "$type",
            DOCUMENT,
            "site",
            "https://blog.test",
            "title",
            "Over there",
            "textContent",
            "One\n\nTwo",
            "publishedAt",
            TIME));
    JsonNode object = LabMember.json(ada.get(ada.storage() + "social/articles/3mbbbbbbbd222", AS2));
    assertEquals("Article", object.path("type").asText());
    assertEquals("<p>One</p><p>Two</p>", object.path("content").asText());
    assertEquals(400, record(POST, "3mbbbbbbbd222").statusCode());
  }

  @Test
  void twoArticlesOfOneKey_haveAPlaceEach() {
    create(
        DOCUMENT,
        "3mbbbbbbbd232",
        Map.of("$type", DOCUMENT, "site", "https://b.test", "title", "first", "publishedAt", TIME));
    String entry = "com.whtwnd.blog.entry";
    create(
        entry,
        "3mbbbbbbbd232",
        Map.of("$type", entry, "title", "second", "content", "x", "createdAt", TIME));
    String id = ada.storage() + "social/articles/3mbbbbbbbd232";
    assertEquals("first", LabMember.json(ada.get(id, AS2)).path("name").asText());
    assertEquals("second", LabMember.json(ada.get(id + "-2", AS2)).path("name").asText());
    assertEquals("first", value(DOCUMENT, "3mbbbbbbbd232").path("title").asText());
    assertEquals("second", value(entry, "3mbbbbbbbd232").path("title").asText());
  }

  @Test
  void event_fromSolid_isARecordAndAnObject() {
    HttpResponse<byte[]> made =
        ada.solid(
            "POST",
            ada.storage() + "social/events/",
            """
            @prefix ical: <http://www.w3.org/2002/12/cal/ical#>.
            @prefix as: <https://www.w3.org/ns/activitystreams#>.
            @prefix xsd: <http://www.w3.org/2001/XMLSchema#>.
            <#it> a ical:Vevent; ical:summary "Market"; ical:location "Green"; as:to as:Public;
              ical:dtstart "2026-12-05T09:00:00Z"^^xsd:dateTime.
            """,
            "text/turtle");
    assertEquals(201, made.statusCode(), () -> LabMember.text(made));
    String id = made.headers().firstValue("Location").orElseThrow();
    assertEquals("Market", value(EVENT, name(id)).path("name").asText());
    JsonNode object = LabMember.json(ada.get(id, AS2));
    assertEquals("Event", object.path("type").asText());
    assertEquals("2026-12-05T09:00:00Z", object.path("startTime").asText());
    // An answer to it, from ATProto, is an act.
    JsonNode event = LabMember.json(record(EVENT, name(id)));
    create(
        RSVP,
        "3mbbbbbbbd242",
        Map.of(
            "$type",
            RSVP,
            "status",
            RSVP + "#interested",
            "subject",
            Map.of("uri", event.path("uri").asText(), "cid", event.path("cid").asText())));
    JsonNode answer = LabMember.json(ada.get(ada.storage() + "social/rsvps/3mbbbbbbbd242", AS2));
    assertEquals("TentativeAccept", answer.path("type").asText());
    assertEquals(id, answer.path("object").asText());
  }

  @Test
  void event_answeredAtTheOutbox_isARecord() {
    create(EVENT, "3mbbbbbbbd252", Map.of("$type", EVENT, "name", "Walk", "createdAt", TIME));
    String event = ada.storage() + "social/events/3mbbbbbbbd252";
    HttpResponse<byte[]> answer =
        ada.outbox(Map.of("type", "Join", "to", List.of(PUBLIC), "object", event));
    assertEquals(201, answer.statusCode(), () -> LabMember.text(answer));
    String id = answer.headers().firstValue("Location").orElseThrow();
    JsonNode record = value(RSVP, name(id));
    assertEquals(RSVP + "#going", record.path("status").asText());
    ok(ada.outbox(Map.of("type", "Undo", "object", id)));
    assertEquals(400, record(RSVP, name(id)).statusCode());
  }

  /** Else a post of one door has, once in ten thousand, the name of one of another. */
  @Test
  void keysOfTwoDoors_madeInOneMicrosecond_differ() {
    JsonNode answer =
        LabMember.json(
            ada.procedure(
                "com.atproto.repo.createRecord",
                Map.of(
                    "repo",
                    ada.did(),
                    "collection",
                    POST,
                    "record",
                    Map.of("$type", POST, "text", "named", "createdAt", TIME))));
    int ofKeys = new Tid(name(answer.path("uri").asText())).clockId();
    assertNotEquals(new Tid(answer.path("commit").path("rev").asText()).clockId(), ofKeys);
    String id = created(Map.of("type", "Note", "content", "named too", "to", List.of(PUBLIC)));
    assertNotEquals(new Tid(name(id)).clockId(), ofKeys);
  }

  @Test
  void LIK_1_likeFromActivityPub_isARecordOnlyOfWhatEverybodySees() {
    String rkey = "3mbbbbbbbd2l2";
    create(POST, rkey, Map.of("$type", POST, "text", "likeable", "createdAt", TIME));
    String open = ada.storage() + "social/posts/" + rkey;
    HttpResponse<byte[]> liked = ada.outbox(Map.of("type", "Like", "object", open));
    assertEquals(201, liked.statusCode(), () -> LabMember.text(liked));
    String id = liked.headers().firstValue("Location").orElseThrow();
    assertEquals(
        "at://" + ada.did() + "/" + POST + "/" + rkey,
        value("app.bsky.feed.like", name(id)).path("subject").path("uri").asText());
    String quiet =
        created(
            Map.of(
                "type", "Note", "content", "for some", "to", List.of(ada.actor() + "/followers")));
    HttpResponse<byte[]> whispered = ada.outbox(Map.of("type", "Like", "object", quiet));
    assertEquals(201, whispered.statusCode(), () -> LabMember.text(whispered));
    String hidden = whispered.headers().firstValue("Location").orElseThrow();
    assertEquals(400, record("app.bsky.feed.like", name(hidden)).statusCode());
    assertNotShown(hidden);
    assertEquals(
        403,
        ada.outbox(Map.of("type", "Announce", "object", quiet, "to", List.of(PUBLIC)))
            .statusCode());
  }

  @Test
  void list_isTheOwnersAlone_untilItIsPublished() {
    String id =
        created(
            Map.of(
                "type",
                "Collection",
                "name",
                "Gardeners",
                "items",
                List.of("did:plc:carol2222222222222222222", "https://m.example/users/dave")));
    String rkey = name(id);
    assertNotShown(id);
    assertEquals(400, record(LIST, rkey).statusCode());
    assertTrue(items().isEmpty());
    ok(ada.outbox(Map.of("type", "Update", "object", Map.of("id", id, "to", List.of(PUBLIC)))));
    assertEquals("Gardeners", value(LIST, rkey).path("name").asText());
    assertEquals(Set.of("did:plc:carol2222222222222222222"), items());
    JsonNode collection = LabMember.json(ada.get(id, AS2));
    assertEquals(1, collection.path("items").size());
    assertEquals("https://m.example/users/dave", collection.path("items").path(0).asText());
    assertFalse(outbox().contains(id));
    ok(ada.outbox(Map.of("type", "Delete", "object", id)));
    assertEquals(400, record(LIST, rkey).statusCode());
    assertTrue(items().isEmpty());
  }

  @Test
  void list_fromAtproto_hasItsMembersInIt() {
    String rkey = "3mbbbbbbbd272";
    create(
        LIST,
        rkey,
        Map.of(
            "$type",
            LIST,
            "purpose",
            "app.bsky.graph.defs#curatelist",
            "name",
            "Myself",
            "createdAt",
            TIME));
    create(
        ITEM,
        "3mbbbbbbbd322",
        Map.of(
            "$type",
            ITEM,
            "list",
            "at://" + ada.did() + "/" + LIST + "/" + rkey,
            "subject",
            ada.did(),
            "createdAt",
            TIME));
    JsonNode collection = LabMember.json(ada.get(ada.storage() + "social/lists/" + rkey, AS2));
    assertEquals(1, collection.path("totalItems").asInt());
    assertEquals(ada.actor(), collection.path("items").path(0).asText());
    ok(remove(ITEM, "3mbbbbbbbd322"));
  }

  /** VIS-1, VIS-2, VIS-4: the gate is one for all kinds. */
  @Test
  void VIS_2_kindsForFollowers_areNowhere() {
    List<String> followers = List.of(ada.actor() + "/followers");
    String head = head();
    for (Map<String, ?> object :
        List.of(
            Map.of("type", "Article", "name", "quiet", "content", "<p>quiet</p>", "to", followers),
            Map.of("type", "Event", "name", "quiet", "to", followers),
            Map.of(
                "type",
                "Collection",
                "name",
                "quiet",
                "items",
                List.of("did:plc:carol2222222222222222222"),
                "to",
                followers),
            Map.of("type", "Join", "object", "https://m.example/events/1", "to", followers),
            Map.of("type", "Leave", "object", "https://m.example/events/1"))) {
      HttpResponse<byte[]> answer = ada.outbox(object);
      assertEquals(201, answer.statusCode(), () -> LabMember.text(answer));
      assertNotShown(answer.headers().firstValue("Location").orElseThrow().replaceFirst("#.*", ""));
    }
    assertEquals(head, head());
    assertFalse(outbox().contains("quiet"));
  }

  private Set<String> items() {
    Set<String> subjects = new java.util.TreeSet<>();
    LabMember.json(
            ada.query("com.atproto.repo.listRecords", "repo=" + ada.did() + "&collection=" + ITEM))
        .path("records")
        .forEach(item -> subjects.add(item.path("value").path("subject").asText()));
    return subjects;
  }

  @Test
  void gate_ofAPost_isItsPolicy() {
    String rkey = "3mbbbbbbbd262";
    create(POST, rkey, Map.of("$type", POST, "text", "hush", "createdAt", TIME));
    String id = ada.storage() + "social/posts/" + rkey;
    assertFalse(LabMember.json(ada.get(id, AS2)).has("interactionPolicy"));
    create(
        GATE,
        rkey,
        Map.of(
            "$type",
            GATE,
            "post",
            "at://" + ada.did() + "/" + POST + "/" + rkey,
            "allow",
            List.of(),
            "createdAt",
            TIME));
    ok(
        ada.outbox(
            Map.of("type", "Update", "object", Map.of("id", id, "content", "<p>hush now</p>"))));
    assertEquals("hush now", value(POST, rkey).path("text").asText());
    JsonNode policy = LabMember.json(ada.get(id, AS2)).path("interactionPolicy").path("canReply");
    assertEquals(1, policy.path("automaticApproval").size());
    assertEquals(ada.actor(), policy.path("automaticApproval").path(0).asText());
    assertTrue(LabMember.text(ada.get(id, "text/turtle")).contains("hush now"));
    ok(remove(GATE, rkey));
    assertFalse(LabMember.json(ada.get(id, AS2)).has("interactionPolicy"));
  }

  @Test
  void policy_ofANote_isAGate_andGoesWithIt() {
    String id =
        created(
            Map.of(
                "type",
                "Note",
                "content",
                "<p>to myself</p>",
                "to",
                List.of(PUBLIC),
                "interactionPolicy",
                Map.of("canReply", Map.of("automaticApproval", List.of(ada.actor())))));
    JsonNode gate = value(GATE, name(id));
    assertEquals("at://" + ada.did() + "/" + POST + "/" + name(id), gate.path("post").asText());
    assertTrue(gate.path("allow").isArray() && gate.path("allow").isEmpty(), gate.toString());
    ok(remove(POST, name(id)));
    assertEquals(400, record(GATE, name(id)).statusCode());
  }

  @Test
  void MUT_1_mute_leavesNoTraceAtAnyDoor() {
    String head = head();
    String outbox = outbox();
    String dave = "https://m.example/users/dave";
    ok(ada.outbox(Map.of("type", "Ignore", "object", dave, "endTime", "2036-01-01T00:00:00Z")));
    String document = ada.storage() + "settings/mutes";
    assertNotShown(document);
    assertTrue(
        LabMember.text(ada.solid("GET", document, "", "", "Accept", "text/turtle")).contains(dave));
    assertEquals(head, head());
    assertEquals(outbox, outbox());
    ok(ada.outbox(Map.of("type", "Undo", "object", Map.of("type", "Ignore", "object", dave))));
    assertFalse(
        LabMember.text(ada.solid("GET", document, "", "", "Accept", "text/turtle")).contains(dave));
  }

  private String created(Map<String, ?> object) {
    HttpResponse<byte[]> answer = ada.outbox(object);
    assertEquals(201, answer.statusCode(), () -> LabMember.text(answer));
    return answer.headers().firstValue("Location").orElseThrow().replaceFirst("#.*", "");
  }

  private static String name(String id) {
    return id.substring(id.lastIndexOf('/') + 1);
  }

  private void create(String collection, String rkey, Map<String, ?> record) {
    ok(
        ada.procedure(
            "com.atproto.repo.createRecord",
            Map.of("repo", ada.did(), "collection", collection, "rkey", rkey, "record", record)));
  }

  private HttpResponse<byte[]> remove(String collection, String rkey) {
    return ada.procedure(
        "com.atproto.repo.deleteRecord",
        Map.of("repo", ada.did(), "collection", collection, "rkey", rkey));
  }

  private HttpResponse<byte[]> record(String collection, String rkey) {
    return ada.query(
        "com.atproto.repo.getRecord",
        "repo=" + ada.did() + "&collection=" + collection + "&rkey=" + rkey);
  }

  private JsonNode value(String collection, String rkey) {
    return LabMember.json(record(collection, rkey)).path("value");
  }

  private String head() {
    return LabMember.text(ada.query("com.atproto.sync.getLatestCommit", "did=" + ada.did()));
  }

  private String outbox() {
    return LabMember.text(ada.get(ada.actor() + "/outbox?page=1", AS2));
  }

  private void assertNotShown(String id) {
    for (String form : List.of(AS2, "text/turtle")) {
      int status = ada.get(id, form).statusCode();
      assertTrue(List.of(401, 403, 404).contains(status), form + " " + status);
    }
  }

  private static void ok(HttpResponse<byte[]> answer) {
    assertTrue(
        answer.statusCode() / 100 == 2, () -> answer.statusCode() + " " + LabMember.text(answer));
  }
}
