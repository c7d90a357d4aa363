package tripod.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tripod.server.account.LabServer.assertOk;
import static tripod.server.account.LabServer.assertRefused;
import static tripod.server.account.LabServer.method;

import io.restassured.response.Response;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** App passwords and what they may (atproto.md 4.3), states of accounts, known faults of others. */
class AppPasswordsAndSessionsTest {
  private static final String POST = "app.bsky.feed.post";
  private static final Map<String, Object> RECORD =
      Map.of("$type", POST, "text", "said", "createdAt", "2026-01-02T03:04:05.678Z");

  private static LabServer server;

  @BeforeAll
  static void start(@TempDir Path data) {
    server = new LabServer(data, Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Response make(LabServer.Member member, String name, boolean privileged) {
    return server.post(
        server.as(member),
        "server.createAppPassword",
        Map.of("name", name, "privileged", privileged));
  }

  private static Response serviceAuth(LabServer.Member member, String lxm) {
    return server
        .as(member)
        .queryParam("aud", "did:web:elsewhere.example")
        .queryParam("lxm", lxm)
        .get(method("server.getServiceAuth"));
  }

  @Test
  void appPassword_madeListedAndRevoked_endsItsSessionsAlone() {
    LabServer.Member alice = server.signUp("alice");
    Response made = make(alice, "phone", false);
    assertOk(made);
    assertTrue(made.path("password").toString().matches("[a-z2-7]{4}(-[a-z2-7]{4}){3}"));
    assertEquals(false, made.path("privileged"));
    assertRefused(make(alice, "phone", true), 400, "InvalidRequest");
    assertOk(make(alice, "desk", true));
    Response listed = server.as(alice).get(method("server.listAppPasswords"));
    assertEquals(List.of("desk", "phone"), listed.path("passwords.name"));
    assertEquals(List.of(true, false), listed.path("passwords.privileged"));
    assertFalse(listed.asString().contains(made.path("password").toString()));

    LabServer.Member phone = server.signedIn(alice.handle(), made.path("password"));
    assertOk(server.as(phone).get(method("server.getSession")));
    assertOk(server.post(server.as(alice), "server.revokeAppPassword", Map.of("name", "phone")));
    assertRefused(server.as(phone).get(method("server.getSession")), 400, "ExpiredToken");
    assertRefused(
        server
            .to()
            .header("Authorization", "Bearer " + phone.refresh())
            .post(method("server.refreshSession")),
        400,
        "ExpiredToken");
    assertRefused(
        server.signIn(Map.of("identifier", alice.did(), "password", made.path("password"))),
        401,
        "AuthenticationRequired");
    assertOk(server.as(alice).get(method("server.getSession")));
    assertOk(server.post(server.as(alice), "server.revokeAppPassword", Map.of("name", "nobody's")));
  }

  @Test
  void appPassword_mayWriteAndNotTakeTheAccountOver() {
    LabServer.Member bob = server.signUp("bobby");
    LabServer.Member plain = server.signedIn(bob.did(), make(bob, "app", false).path("password"));
    LabServer.Member high = server.signedIn(bob.did(), make(bob, "chat", true).path("password"));
    server.write(plain, Map.of());
    assertOk(serviceAuth(plain, "app.bsky.feed.getTimeline"));
    for (String privileged :
        List.of("chat.bsky.convo.listConvos", "com.atproto.server.createAccount")) {
      assertEquals(400, serviceAuth(plain, privileged).statusCode(), privileged);
      assertOk(serviceAuth(high, privileged));
    }
    for (LabServer.Member app : List.of(plain, high)) {
      for (String name :
          List.of(
              "server.createAppPassword",
              "server.requestEmailUpdate",
              "server.updateEmail",
              "server.requestAccountDelete",
              "server.deactivateAccount",
              "server.activateAccount",
              "identity.requestPlcOperationSignature",
              "identity.signPlcOperation")) {
        assertRefused(
            server.post(server.as(app), name, Map.of("name", "x", "email", "x@mail.test")),
            400,
            "InvalidToken");
      }
    }
  }

  @Test
  void preferences_withoutAnAppView_areKeptHereAndPersonalOnesForTheOwner() {
    LabServer.Member carol = server.signUp("carol");
    Map<String, Object> personal =
        Map.of(
            "$type", "app.bsky.actor.defs#personalDetailsPref",
            "birthDate", "2000-01-02T00:00:00.000Z");
    Map<String, Object> adult =
        Map.of("$type", "app.bsky.actor.defs#adultContentPref", "enabled", true);
    assertOk(put(carol, List.of(personal, adult)));
    assertTrue(get(carol).asString().contains("birthDate"));
    LabServer.Member app = server.signedIn(carol.did(), make(carol, "app", true).path("password"));
    assertFalse(get(app).asString().contains("birthDate"));
    assertEquals(400, put(app, List.of(personal)).statusCode());
    assertOk(put(app, List.of()));
    assertTrue(get(carol).asString().contains("birthDate"));
    assertFalse(get(carol).asString().contains("adultContentPref"));
  }

  private static Response put(LabServer.Member member, List<Object> preferences) {
    return server
        .as(member)
        .contentType("application/json")
        .body(Map.of("preferences", preferences))
        .post("/xrpc/app.bsky.actor.putPreferences");
  }

  private static Response get(LabServer.Member member) {
    Response got = server.as(member).get("/xrpc/app.bsky.actor.getPreferences");
    assertOk(got);
    return got;
  }

  @Test
  void createRecord_recordKeyTaken_isTheCallersFault() {
    LabServer.Member dave = server.signUp("davey");
    Map<String, Object> body =
        Map.of("repo", dave.did(), "collection", POST, "rkey", "3jzfcijpj2z2a", "record", RECORD);
    assertOk(server.post(server.as(dave), "repo.createRecord", body));
    Response again = server.post(server.as(dave), "repo.createRecord", body);
    assertEquals(400, again.statusCode(), again.asString());
  }

  @Test
  void applyWrites_recordMissingOrTaken_isTheCallersFault() {
    LabServer.Member erin = server.signUp("erin");
    String rkey = server.write(erin, Map.of());
    for (Map<String, Object> bad :
        List.<Map<String, Object>>of(
            Map.of(
                "$type",
                "com.atproto.repo.applyWrites#update",
                "collection",
                POST,
                "rkey",
                "3jzfcijpj2z2a",
                "value",
                RECORD),
            Map.of(
                "$type", "com.atproto.repo.applyWrites#create",
                "collection", POST,
                "rkey", rkey,
                "value", RECORD))) {
      Response refused =
          server.post(
              server.as(erin),
              "repo.applyWrites",
              Map.of("repo", erin.did(), "writes", List.of(bad)));
      assertEquals(400, refused.statusCode(), refused.asString());
    }
    assertOk( // as for deleteRecord, what is not there need not be deleted
        server.post(
            server.as(erin),
            "repo.applyWrites",
            Map.of(
                "repo",
                erin.did(),
                "writes",
                List.of(
                    Map.of(
                        "$type", "com.atproto.repo.applyWrites#delete",
                        "collection", POST,
                        "rkey", "3jzfcijpj2z2a")))));
  }

  @Test
  void deactivated_isClosedToStrangersOpenToItsOwnerAndWritesNothing() {
    LabServer.Member frank = server.signUp("frank");
    String rkey = server.write(frank, Map.of());
    assertOk(
        server.post(
            server.as(frank),
            "server.deactivateAccount",
            Map.of("deleteAfter", "2999-01-01T00:00:00.000Z")));
    assertRefused(
        server.to().queryParam("did", frank.did()).get(method("sync.getRepo")),
        400,
        "RepoDeactivated");
    assertOk(server.as(frank).queryParam("did", frank.did()).get(method("sync.getRepo")));
    assertRefused(
        server.post(
            server.as(frank),
            "repo.createRecord",
            Map.of("repo", frank.did(), "collection", POST, "record", RECORD)),
        401,
        "AccountDeactivated");
    for (String accept : List.of("application/activity+json", "text/turtle")) {
      assertEquals(
          403,
          server.pod(frank).header("Accept", accept).get("/social/posts/" + rkey).statusCode());
    }
    Response session =
        server.signIn(Map.of("identifier", frank.handle(), "password", LabServer.PASSWORD));
    assertEquals(false, session.path("active"));
    assertEquals("deactivated", session.path("status"));
    assertOk(server.post(server.as(frank), "server.activateAccount", Map.of()));
    assertOk(server.to().queryParam("did", frank.did()).get(method("sync.getRepo")));
    server.write(frank, Map.of());
  }
}
