package tripod.server.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tripod.server.account.LabServer.assertOk;
import static tripod.server.account.LabServer.assertRefused;
import static tripod.server.account.LabServer.method;

import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator took down is hidden at every door, and the repository's tree is unchanged. */
class SEC_74_TakedownTest {
  private static final String AS2 = "application/activity+json";
  private static final byte[] PICTURE =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5E"
                  + "rkJggg==");

  private static LabServer server;

  @BeforeAll
  static void start(@TempDir Path data) {
    server = new LabServer(data, Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void set(Map<String, Object> subject, boolean applied) {
    Response done =
        server.post(
            server.operator(),
            "admin.updateSubjectStatus",
            Map.of("subject", subject, "takedown", Map.of("applied", applied, "ref", "case-7")));
    assertOk(done);
    assertEquals(subject.get("$type"), done.path("subject.'$type'"));
    assertEquals(applied, done.path("takedown.applied"));
  }

  private static Map<String, Object> account(LabServer.Member member) {
    return Map.of("$type", "com.atproto.admin.defs#repoRef", "did", member.did());
  }

  private static String commit(LabServer.Member member) {
    return server
        .to()
        .queryParam("did", member.did())
        .get(method("sync.getLatestCommit"))
        .path("cid");
  }

  private static int podStatus(LabServer.Member member, String path, String accept) {
    return server.pod(member).header("Accept", accept).get(path).statusCode();
  }

  private static Response record(LabServer.Member member, String rkey, String method) {
    return server
        .to()
        .queryParam("repo", member.did())
        .queryParam("did", member.did())
        .queryParam("collection", "app.bsky.feed.post")
        .queryParam("rkey", rkey)
        .get(method(method));
  }

  private static List<String> listed(LabServer.Member member) {
    return server
        .to()
        .queryParam("repo", member.did())
        .queryParam("collection", "app.bsky.feed.post")
        .queryParam("limit", 2)
        .get(method("repo.listRecords"))
        .path("records.uri");
  }

  @Test
  void record_takenDown_isHiddenAtEveryDoorAndStaysInTheTree() {
    LabServer.Member alice = server.signUp("alice");
    String older = server.write(alice, Map.of());
    String oldest = server.write(alice, Map.of());
    String rkey = server.write(alice, Map.of());
    String path = "/social/posts/" + rkey;
    String uri = "at://" + alice.did() + "/app.bsky.feed.post/" + rkey;
    Response seen = record(alice, rkey, "repo.getRecord");
    assertOk(seen);
    for (String accept : List.of(AS2, "text/turtle", "text/html")) {
      assertEquals(200, podStatus(alice, path, accept), accept);
    }
    String before = commit(alice);
    Map<String, Object> subject =
        Map.of(
            "$type", "com.atproto.repo.strongRef", "uri", uri, "cid", seen.path("cid").toString());

    set(subject, true);
    assertRefused(record(alice, rkey, "repo.getRecord"), 400, "RecordNotFound");
    assertEquals(2, listed(alice).size());
    assertFalse(listed(alice).contains(uri));
    assertTrue(listed(alice).stream().allMatch(u -> u.endsWith(older) || u.endsWith(oldest)));
    for (String accept : List.of(AS2, "text/turtle", "text/html")) {
      assertEquals(404, podStatus(alice, path, accept), accept);
    }
    String container =
        server.pod(alice).header("Accept", "text/turtle").get("/social/posts/").asString();
    assertTrue(container.contains(older));
    assertFalse(container.contains(rkey));
    Response outbox = server.pod(alice).header("Accept", AS2).get("/actor/outbox?page=true");
    assertFalse(outbox.asString().contains(rkey), outbox.asString());
    assertFalse(server.pod(alice).header("Accept", "text/html").get("/").asString().contains(rkey));
    assertEquals(before, commit(alice), "the tree has moved");
    assertOk(record(alice, rkey, "sync.getRecord"));

    Response status =
        server.operator().queryParam("uri", uri).get(method("admin.getSubjectStatus"));
    assertEquals(true, status.path("takedown.applied"));
    assertEquals("case-7", status.path("takedown.ref"));
    assertEquals(uri, status.path("subject.uri"));

    set(subject, false);
    assertOk(record(alice, rkey, "repo.getRecord"));
    assertEquals(200, podStatus(alice, path, AS2));
  }

  @Test
  void blob_takenDown_isNotServedAndCannotBeStoredAgain() {
    LabServer.Member bob = server.signUp("bobby");
    Response stored = upload(bob);
    assertOk(stored);
    String cid = stored.jsonPath().getMap("blob.ref").get("$link").toString();
    server.write(
        bob,
        Map.of(
            "embed",
            Map.of(
                "$type",
                "app.bsky.embed.images",
                "images",
                List.of(Map.<String, Object>of("alt", "", "image", stored.<Object>path("blob"))))));
    assertOk(blob(bob, cid));
    assertEquals(200, podStatus(bob, "/media/" + cid, "*/*"));
    Map<String, Object> subject =
        Map.of("$type", "com.atproto.admin.defs#repoBlobRef", "did", bob.did(), "cid", cid);

    set(subject, true);
    assertRefused(blob(bob, cid), 400, "BlobNotFound");
    assertEquals(404, podStatus(bob, "/media/" + cid, "*/*"));
    assertRefused(upload(bob), 400, "InvalidRequest");
    Response status =
        server
            .operator()
            .queryParam("did", bob.did())
            .queryParam("blob", cid)
            .get(method("admin.getSubjectStatus"));
    assertEquals(true, status.path("takedown.applied"));
    assertOk(upload(server.signUp("other"))); // the same bytes are another's own affair

    set(subject, false);
    assertOk(blob(bob, cid));
    assertOk(upload(bob));
  }

  private static Response upload(LabServer.Member member) {
    return server.as(member).contentType("image/png").body(PICTURE).post(method("repo.uploadBlob"));
  }

  private static Response blob(LabServer.Member member, String cid) {
    return server
        .to()
        .queryParam("did", member.did())
        .queryParam("cid", cid)
        .get(method("sync.getBlob"));
  }

  @Test
  void account_takenDown_isClosedToStrangersAndItsOwnerMayOnlyLeave() {
    LabServer.Member carol = server.signUp("carol");
    String rkey = server.write(carol, Map.of());
    Response app =
        server.post(server.as(carol), "server.createAppPassword", Map.of("name", "an app"));
    set(account(carol), true);

    assertRefused(repo(carol, ""), 400, "RepoTakendown");
    assertRefused(record(carol, rkey, "repo.getRecord"), 400, "RepoTakendown");
    assertEquals(404, podStatus(carol, "/actor", AS2));
    assertEquals(404, podStatus(carol, "/social/posts/" + rkey, AS2));
    assertEquals(403, podStatus(carol, "/social/posts/" + rkey, "text/turtle"));
    assertEquals(403, podStatus(carol, "/profile/card", "text/turtle"));
    assertTrue(podStatus(carol, "/", "text/html") >= 400);
    Response finger =
        server
            .pod(carol)
            .queryParam("resource", "acct:carol@carol.localhost:" + server.origin().getPort())
            .get("/.well-known/webfinger");
    assertEquals(404, finger.statusCode());
    Response status = server.to().queryParam("did", carol.did()).get(method("sync.getRepoStatus"));
    assertEquals("takendown", status.path("status"));

    assertRefused(server.as(carol).get(method("server.getSession")), 400, "ExpiredToken"); // SEC-61
    Map<String, Object> signIn = Map.of("identifier", carol.did(), "password", LabServer.PASSWORD);
    assertRefused(server.signIn(signIn), 401, "AccountTakedown");
    assertRefused(
        server.signIn(
            Map.of(
                "identifier", carol.did(),
                "password", app.path("password").toString(),
                "allowTakendown", true)),
        401,
        "AccountTakedown");
    Response leaving =
        server.signIn(
            Map.of(
                "identifier", carol.did(), "password", LabServer.PASSWORD, "allowTakendown", true));
    assertOk(leaving);
    LabServer.Member owner = LabServer.member(leaving);
    assertOk(repo(carol, "Bearer " + owner.access()));
    assertOk(repo(carol, "Basic " + basic()));
    assertEquals(
        400,
        server
            .to()
            .header("Authorization", "Bearer " + owner.refresh())
            .post(method("server.refreshSession"))
            .statusCode());
    assertRefused(
        server.post(
            server.as(owner),
            "repo.createRecord",
            Map.of("repo", carol.did(), "collection", "app.bsky.feed.post", "record", Map.of())),
        401,
        "AccountTakedown");
    assertOk(serviceAuth(owner, "com.atproto.server.createAccount"));
    assertRefused(serviceAuth(owner, "com.atproto.repo.getRecord"), 401, "AccountTakedown");
    assertRefused(server.as(owner).get(method("server.getSession")), 401, "AccountTakedown");
    for (String ended :
        List.of(
            "server.createAppPassword",
            "server.requestEmailUpdate",
            "server.requestAccountDelete",
            "server.activateAccount",
            "repo.uploadBlob",
            "identity.updateHandle")) {
      assertRefused(
          server.post(server.as(owner), ended, Map.of("name", "x", "handle", "x.localhost")),
          401,
          "AccountTakedown");
    }
    assertOk(server.post(server.as(owner), "server.deactivateAccount", Map.of()));
    assertEquals(
        "takendown",
        server
            .to()
            .queryParam("did", carol.did())
            .get(method("sync.getRepoStatus"))
            .path("status"));

    set(account(carol), false);
    assertRefused(repo(carol, ""), 400, "RepoDeactivated");
    LabServer.Member back = server.signedIn(carol.did(), LabServer.PASSWORD);
    assertOk(server.post(server.as(back), "server.activateAccount", Map.of()));
    assertOk(repo(carol, ""));
    assertEquals(200, podStatus(carol, "/actor", AS2));
  }

  private static Response serviceAuth(LabServer.Member member, String lxm) {
    return server
        .as(member)
        .queryParam("aud", "did:web:elsewhere.example")
        .queryParam("lxm", lxm)
        .get(method("server.getServiceAuth"));
  }

  private static String basic() {
    return Base64.getEncoder()
        .encodeToString(("admin:" + LabServer.ADMIN).getBytes(StandardCharsets.UTF_8));
  }

  private static Response repo(LabServer.Member member, String authorization) {
    var request = server.to().queryParam("did", member.did());
    return (authorization.isEmpty() ? request : request.header("Authorization", authorization))
        .get(method("sync.getRepo"));
  }

  @Test
  void updateSubjectStatus_takedownAndActivation_areNotDoneAtOnce() {
    LabServer.Member dave = server.signUp("davey");
    assertRefused(
        server.post(
            server.operator(),
            "admin.updateSubjectStatus",
            Map.of(
                "subject", account(dave),
                "takedown", Map.of("applied", true),
                "deactivated", Map.of("applied", false))),
        400,
        "InvalidRequest");
    assertOk(
        server.post(
            server.operator(),
            "admin.updateSubjectStatus",
            Map.of("subject", account(dave), "deactivated", Map.of("applied", true))));
    assertRefused(repo(dave, ""), 400, "RepoDeactivated");
    Response status =
        server.operator().queryParam("did", dave.did()).get(method("admin.getSubjectStatus"));
    assertEquals(true, status.path("deactivated.applied"));
    assertEquals(false, status.path("takedown.applied"));
    assertOk(
        server.post(
            server.operator(),
            "admin.updateSubjectStatus",
            Map.of("subject", account(dave), "deactivated", Map.of("applied", false))));
    assertOk(repo(dave, ""));
  }

  @Test
  void subjects_malformedOrUnknown_areRefusedInTheirTerms() {
    for (Object bad :
        List.of(
            Map.of("$type", "what"),
            Map.of("did", "did:web:x.example"),
            Map.of("$type", "com.atproto.repo.strongRef", "uri", "at://nobody", "cid", "x"),
            Map.of("$type", "com.atproto.repo.strongRef", "uri", "no uri", "cid", "x"),
            Map.of("$type", "com.atproto.admin.defs#repoRef", "did", "did:web:nobody.example"),
            "text")) {
      Response refused =
          server.post(
              server.operator(),
              "admin.updateSubjectStatus",
              Map.of("subject", bad, "takedown", Map.of("applied", true)));
      assertEquals(400, refused.statusCode(), bad + " " + refused.asString());
    }
    LabServer.Member erin = server.signUp("erin");
    assertRefused(
        server
            .operator()
            .queryParam("uri", "at://" + erin.did() + "/app.bsky.feed.post/3jzfcijpj2z2a")
            .get(method("admin.getSubjectStatus")),
        400,
        "NotFound");
  }
}
