package tripod.server.lexicon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.bench.LabMember;
import tripod.server.wiring.Running;

/** Two servers: alice publishes lexicons on one, bob writes by them on the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LexiconsAcrossServersTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "lexicon-admin-token";
  private static final String SCHEMA = "com.atproto.lexicon.schema";
  private static final String THING = "com.example.shop.thing";
  private static final String NOTE = "localhost.alice.note";

  private Running theirs;
  private Running ours;
  private HttpClient http;
  private LabMember alice;
  private LabMember bob;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    http = HttpClient.newHttpClient();
    theirs =
        Running.start(
            Map.of(
                "host.port", "0", "host.data", data.resolve("a").toString(), "admin.token", TOKEN),
            Map.of());
    alice = LabMember.create(http, theirs.origin(), TOKEN, "alice", Date::new);
    ours =
        Running.start(
            Map.of(
                "host.port",
                "0",
                "host.data",
                data.resolve("b").toString(),
                "admin.token",
                TOKEN,
                "identity.plc",
                theirs.origin().toString(),
                "identity.lexicon-authority",
                alice.did()),
            Map.of());
    bob = LabMember.create(http, ours.origin(), TOKEN, "bob", Date::new);
    publish(THING);
    publish(NOTE);
  }

  @AfterAll
  void stop() {
    http.shutdownNow();
    ours.close();
    theirs.close();
  }

  private void publish(String nsid) {
    Map<String, Object> document =
        Map.of(
            "lexicon",
            1,
            "id",
            nsid,
            "defs",
            Map.of(
                "main",
                Map.of(
                    "type",
                    "record",
                    "key",
                    "any",
                    "record",
                    Map.of(
                        "type",
                        "object",
                        "required",
                        List.of("name"),
                        "properties",
                        Map.of("name", Map.of("type", "string", "maxLength", 5))))));
    LabMember.json(
        alice.procedure(
            "com.atproto.repo.putRecord",
            Map.of("repo", alice.did(), "collection", SCHEMA, "rkey", nsid, "record", document)));
  }

  private static HttpResponse<byte[]> create(
      LabMember member, String collection, String name, Map<String, ?> more) {
    Map<String, Object> body =
        new java.util.HashMap<>(
            Map.of("repo", member.did(), "collection", collection, "record", Map.of("name", name)));
    body.putAll(more);
    return member.procedure("com.atproto.repo.createRecord", body);
  }

  @Test
  void createRecord_ofATypePublishedElsewhere_isCheckedWhenInsistedOn() throws IOException {
    Map<String, ?> insist = Map.of("validate", true);
    assertEquals("valid", status(create(bob, THING, "pot", insist)));
    HttpResponse<byte[]> refused = create(bob, THING, "bucket", Map.of());
    assertEquals(400, refused.statusCode());
    assertEquals(
        "Invalid com.example.shop.thing record: record/name has 6 bytes, at most 5 are allowed",
        JSON.readTree(refused.body()).path("message").asText());
    assertEquals("", status(create(bob, THING, "bucket", Map.of("validate", false))));
    HttpResponse<byte[]> unknown = create(bob, "com.example.shop.nothing", "x", insist);
    assertEquals(400, unknown.statusCode());
    assertEquals(
        "Unknown lexicon type: com.example.shop.nothing",
        JSON.readTree(unknown.body()).path("message").asText());
    assertEquals("unknown", status(create(bob, "com.example.shop.nothing", "x", Map.of())));
  }

  @Test
  void createRecord_ofATypePublishedHere_needsNoNetwork() {
    assertEquals("valid", status(create(alice, NOTE, "n", Map.of("validate", true))));
    assertEquals(400, create(alice, NOTE, "too long", Map.of("validate", true)).statusCode());
  }

  @Test
  void createRecord_ofASchemaThatIsNone_isRefused() {
    HttpResponse<byte[]> refused =
        alice.procedure(
            "com.atproto.repo.putRecord",
            Map.of(
                "repo",
                alice.did(),
                "collection",
                SCHEMA,
                "rkey",
                "com.example.shop.bad",
                "record",
                Map.of("lexicon", 1, "id", "com.example.shop.bad", "defs", Map.of())));
    assertEquals(400, refused.statusCode(), LabMember.text(refused));
  }

  @Test
  void resolveLexicon_tellsWhereItStands() {
    JsonNode found =
        LabMember.json(bob.query("com.atproto.lexicon.resolveLexicon", "nsid=" + THING));
    assertEquals("at://" + alice.did() + "/" + SCHEMA + "/" + THING, found.path("uri").asText());
    assertEquals(THING, found.path("schema").path("id").asText());
    assertTrue(found.path("cid").asText().startsWith("bafyrei"));
    assertError(
        "LexiconNotFound",
        bob.query("com.atproto.lexicon.resolveLexicon", "nsid=com.example.shop.none"));
    assertError("InvalidRequest", bob.query("com.atproto.lexicon.resolveLexicon", "nsid=x"));
  }

  @Test
  void resolveIdentity_tellsDocumentAndHandle() {
    JsonNode one =
        LabMember.json(
            bob.query("com.atproto.identity.resolveIdentity", "identifier=bob.localhost"));
    assertEquals(bob.did(), one.path("did").asText());
    assertEquals("bob.localhost", one.path("handle").asText());
    assertEquals(bob.did(), one.path("didDoc").path("id").asText());
    JsonNode document =
        LabMember.json(bob.query("com.atproto.identity.resolveDid", "did=" + alice.did()));
    assertEquals(alice.did(), document.path("didDoc").path("id").asText());
    // alice's handle is one of this server's own domain, where nobody has it
    assertEquals(
        "handle.invalid",
        LabMember.json(
                bob.query("com.atproto.identity.resolveIdentity", "identifier=" + alice.did()))
            .path("handle")
            .asText());
    assertEquals(
        bob.did(),
        LabMember.json(
                bob.procedure(
                    "com.atproto.identity.refreshIdentity", Map.of("identifier", bob.handle())))
            .path("did")
            .asText());
    assertError(
        "DidNotFound",
        bob.query("com.atproto.identity.resolveDid", "did=did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"));
    assertError("DidNotFound", bob.query("com.atproto.identity.resolveDid", "did=did:other:thing"));
    assertError(
        "HandleNotFound",
        bob.query("com.atproto.identity.resolveIdentity", "identifier=nobody.localhost"));
    assertError(
        "InvalidRequest",
        bob.query("com.atproto.identity.resolveIdentity", "identifier=no%20name"));
  }

  @Test
  void checkHandleAvailability_suggestsOthers() {
    JsonNode taken =
        LabMember.json(
            bob.query("com.atproto.temp.checkHandleAvailability", "handle=bob.localhost"));
    assertEquals(
        "com.atproto.temp.checkHandleAvailability#resultUnavailable",
        taken.path("result").path("$type").asText());
    assertEquals(
        "bob1.localhost", taken.path("result").path("suggestions").path(0).path("handle").asText());
    assertEquals(
        "com.atproto.temp.checkHandleAvailability#resultAvailable",
        LabMember.json(
                bob.query(
                    "com.atproto.temp.checkHandleAvailability",
                    "handle=carol.localhost&email=c@example.com"))
            .path("result")
            .path("$type")
            .asText());
    assertError(
        "InvalidEmail",
        bob.query(
            "com.atproto.temp.checkHandleAvailability", "handle=carol.localhost&email=carol"));
    assertError(
        "InvalidScopeReference", bob.query("com.atproto.temp.dereferenceScope", "scope=ref:x"));
  }

  private static String status(HttpResponse<byte[]> answer) {
    return LabMember.json(answer).path("validationStatus").asText();
  }

  private static void assertError(String error, HttpResponse<byte[]> answer) {
    assertEquals(400, answer.statusCode(), LabMember.text(answer));
    try {
      assertEquals(error, JSON.readTree(answer.body()).path("error").asText());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
