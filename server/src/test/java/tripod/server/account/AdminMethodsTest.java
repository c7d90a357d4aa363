package tripod.server.account;

import static org.hamcrest.Matchers.endsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
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

/** {@code com.atproto.admin.*} and invitations, as operators use them. */
class AdminMethodsTest {
  private static LabServer server;

  @BeforeAll
  static void start(@TempDir Path data) {
    server = new LabServer(data, Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Response info(LabServer.Member member) {
    return server.operator().queryParam("did", member.did()).get(method("admin.getAccountInfo"));
  }

  @Test
  void admin_withoutItsPassword_isRefused() {
    LabServer.Member alice = server.signUp("alice");
    for (String name :
        List.of(
            "getAccountInfo",
            "getAccountInfos",
            "getSubjectStatus",
            "getInviteCodes",
            "searchAccounts")) {
      assertRefused(server.to().get(method("admin." + name)), 401, "AuthMissing");
      assertRefused(server.as(alice).get(method("admin." + name)), 401, "AuthenticationRequired");
    }
    for (String name :
        List.of(
            "updateSubjectStatus",
            "updateAccountHandle",
            "updateAccountEmail",
            "updateAccountPassword",
            "updateAccountSigningKey",
            "deleteAccount",
            "sendEmail",
            "disableInviteCodes",
            "disableAccountInvites",
            "enableAccountInvites")) {
      assertRefused(server.post(server.to(), "admin." + name, Map.of()), 401, "AuthMissing");
      assertRefused(
          server.post(
              server.to().auth().preemptive().basic("admin", "guess"), "admin." + name, Map.of()),
          401,
          "AuthenticationRequired");
      Response empty = server.post(server.operator(), "admin." + name, Map.of());
      assertTrue(empty.statusCode() < 500, name + " " + empty.asString());
    }
    assertRefused(
        server.post(server.as(alice), "server.createInviteCode", Map.of("useCount", 1)),
        401,
        "AuthenticationRequired");
  }

  @Test
  void accountInfo_tellsWhatOperatorsMaySee() {
    LabServer.Member bob = server.signUp("bobby");
    Response view = info(bob);
    assertOk(view);
    assertEquals(bob.did(), view.path("did"));
    assertEquals("bobby.localhost", view.path("handle"));
    assertEquals("bobby@mail.test", view.path("email"));
    assertEquals(false, view.path("invitesDisabled"));
    assertNull(view.path("deactivatedAt"));
    assertNull(view.path("emailConfirmedAt"));
    Response views =
        server
            .operator()
            .queryParam("dids", bob.did(), "did:web:nobody.example")
            .get(method("admin.getAccountInfos"));
    assertEquals(List.of(bob.did()), views.path("infos.did"));
    Response found =
        server.operator().queryParam("email", "BOBBY@").get(method("admin.searchAccounts"));
    assertEquals(List.of(bob.did()), found.path("accounts.did"));
    Response none =
        server.operator().queryParam("email", "b_bby@").get(method("admin.searchAccounts"));
    assertEquals(List.of(), none.path("accounts.did"));
  }

  @Test
  void operatorsInterface_states_areThoseOfTheMethods() {
    LabServer.Member henry = server.signUp("henry");
    String path = "/api/admin/accounts/henry";
    assertEquals(404, console().get("/api/admin/accounts/nobody").statusCode());
    assertTrue(
        console()
            .get("/api/admin/accounts/nobody")
            .path("message")
            .toString()
            .contains("no account nobody"));
    Response down =
        console()
            .contentType("application/json")
            .body(Map.of("state", "takendown", "ref", "case 7"))
            .post(path + "/state");
    assertEquals("takendown", down.path("state"));
    assertEquals("case 7", console().get(path).path("takedownRef"));
    assertRefused(
        server.to().queryParam("did", henry.did()).get(method("sync.getRepo")),
        400,
        "RepoTakendown");
    Response up =
        console()
            .contentType("application/json")
            .body(Map.of("state", "active"))
            .post(path + "/state");
    assertEquals("active", up.path("state"));
    assertOk(server.to().queryParam("did", henry.did()).get(method("sync.getRepo")));
    assertEquals(
        400,
        console()
            .contentType("application/json")
            .body(Map.of("state", "asleep"))
            .post(path + "/state")
            .statusCode());
    assertEquals(200, console().delete(path).statusCode());
    assertEquals(404, console().delete(path).statusCode());
  }

  private static io.restassured.specification.RequestSpecification console() {
    return server.to().header("Authorization", "Bearer " + LabServer.ADMIN);
  }

  @Test
  void revokeAccountCredentials_leavesNoWayIn() {
    LabServer.Member member = server.signUp("lockedout");
    Response made =
        server.post(server.as(member), "server.createAppPassword", Map.of("name", "phone"));
    String phone = made.path("password");
    Map<String, String> account = Map.of("account", "lockedout.localhost");
    assertRefused(
        server.post(server.as(member), "temp.revokeAccountCredentials", account),
        401,
        "AuthenticationRequired");
    assertOk(server.post(server.operator(), "temp.revokeAccountCredentials", account));
    assertTrue(server.as(member).get(method("server.getSession")).statusCode() >= 400);
    assertRefused(
        server.post(
            server.to(),
            "server.createSession",
            Map.of("identifier", "lockedout.localhost", "password", phone)),
        401,
        "AuthenticationRequired");
    assertRefused(
        server.post(
            server.operator(), "temp.revokeAccountCredentials", Map.of("account", "nobody")),
        400,
        "InvalidRequest");
  }

  @Test
  void searchAccounts_pages_goThroughAll() {
    server.signUp("pageone");
    server.signUp("pagetwo");
    Response first =
        server
            .operator()
            .queryParam("email", "page")
            .queryParam("limit", 1)
            .get(method("admin.searchAccounts"));
    Response second =
        server
            .operator()
            .queryParam("email", "page")
            .queryParam("limit", 1)
            .queryParam("cursor", first.path("cursor").toString())
            .get(method("admin.searchAccounts"));
    assertEquals(List.of("pageone.localhost"), first.path("accounts.handle"));
    assertEquals(List.of("pagetwo.localhost"), second.path("accounts.handle"));
  }

  @Test
  void updateAccount_handleEmailAndPassword_withoutAskingItsOwner() {
    LabServer.Member carol = server.signUp("carol");
    assertOk(
        server.post(
            server.operator(),
            "admin.updateAccountHandle",
            Map.of("did", carol.did(), "handle", "support.localhost")));
    assertEquals("support.localhost", info(carol).path("handle"));
    assertRefused(
        server.post(
            server.operator(),
            "admin.updateAccountHandle",
            Map.of("did", server.signUp("dave1").did(), "handle", "support.localhost")),
        400,
        "HandleNotAvailable");
    assertOk(
        server.post(
            server.operator(),
            "admin.updateAccountEmail",
            Map.of("account", "support.localhost", "email", "carol@elsewhere.test")));
    assertEquals("carol@elsewhere.test", info(carol).path("email"));
    assertOk(server.as(carol).get(method("server.getSession")));
    assertOk(
        server.post(
            server.operator(),
            "admin.updateAccountPassword",
            Map.of("did", carol.did(), "password", "another-Long-passw0rd")));
    assertRefused(server.as(carol).get(method("server.getSession")), 400, "ExpiredToken");
    assertRefused(
        server.signIn(Map.of("identifier", carol.did(), "password", LabServer.PASSWORD)),
        401,
        "AuthenticationRequired");
    server.signedIn("carol@elsewhere.test", "another-Long-passw0rd");
  }

  @Test
  void addReservedHandle_keepsItFromMembers_butNotFromOperators() {
    LabServer.Member hugo = server.signUp("hugo1");
    Map<String, String> kept = Map.of("handle", "Brand.localhost");
    assertRefused(server.post(server.to(), "temp.addReservedHandle", kept), 401, "AuthMissing");
    assertRefused(
        server.post(server.as(hugo), "temp.addReservedHandle", kept),
        401,
        "AuthenticationRequired");
    for (int i = 0; i < 2; i++) {
      assertOk(server.post(server.operator(), "temp.addReservedHandle", kept));
    }
    assertRefused(
        server.post(
            server.operator(), "temp.addReservedHandle", Map.of("handle", "brand.example.com")),
        400,
        "UnsupportedDomain");
    assertRefused(
        server.post(
            server.to(),
            "server.createAccount",
            Map.of(
                "handle", "brand.localhost",
                "email", "brand@mail.test",
                "password", LabServer.PASSWORD)),
        400,
        "HandleNotAvailable");
    assertRefused(
        server.post(server.as(hugo), "identity.updateHandle", Map.of("handle", "brand.localhost")),
        400,
        "HandleNotAvailable");
    server
        .to()
        .queryParam("handle", "brand.localhost")
        .get(method("temp.checkHandleAvailability"))
        .then()
        .body("result.'$type'", endsWith("#resultUnavailable"));
    assertOk(
        server.post(
            server.operator(),
            "admin.updateAccountHandle",
            Map.of("did", hugo.did(), "handle", "brand.localhost")));
    assertEquals("brand.localhost", info(hugo).path("handle"));
  }

  @Test
  void updateAccountSigningKey_toAReservedKey_movesIdentityAndRepository() {
    LabServer.Member gina = server.signUp("gina1");
    String before = head(gina);
    String key = server.post(server.to(), "server.reserveSigningKey", Map.of()).path("signingKey");
    assertRefused(
        server.post(
            server.operator(),
            "admin.updateAccountSigningKey",
            Map.of("did", gina.did(), "signingKey", "did:key:zQ3shunknown")),
        400,
        "InvalidRequest");
    assertOk(
        server.post(
            server.operator(),
            "admin.updateAccountSigningKey",
            Map.of("did", gina.did(), "signingKey", key)));
    Response wanted = server.as(gina).get(method("identity.getRecommendedDidCredentials"));
    assertEquals(key, wanted.path("verificationMethods.atproto"));
    Response document = server.to().get("/" + gina.did() + "/data");
    assertEquals(key, document.path("verificationMethods.atproto"));
    assertTrue(!head(gina).equals(before), "the repository is not signed anew");
    server.write(gina, Map.of());
    assertRefused( // used up
        server.post(
            server.operator(),
            "admin.updateAccountSigningKey",
            Map.of("did", gina.did(), "signingKey", key)),
        400,
        "InvalidRequest");
    assertEquals(true, server.as(gina).get(method("server.checkAccountStatus")).path("validDid"));
  }

  private static String head(LabServer.Member member) {
    return server
        .to()
        .queryParam("did", member.did())
        .get(method("sync.getLatestCommit"))
        .path("cid");
  }

  @Test
  void deleteAccount_leavesAGravestoneAtItsHost() {
    LabServer.Member erin = server.signUp("erin");
    assertOk(server.post(server.operator(), "admin.deleteAccount", Map.of("did", erin.did())));
    assertRefused(
        server.to().queryParam("did", erin.did()).get(method("sync.getRepo")), 400, "RepoNotFound");
    for (String accept : List.of("application/activity+json", "text/turtle", "text/html")) {
      assertEquals(
          410, server.pod(erin).header("Accept", accept).get("/profile/card").statusCode());
    }
    assertRefused(
        server.post(server.operator(), "admin.deleteAccount", Map.of("did", erin.did())),
        400,
        "InvalidRequest");
    LabServer.Member again = server.signUp("erin");
    assertTrue(!again.did().equals(erin.did()));
    assertEquals(
        200, server.pod(again).header("Accept", "text/turtle").get("/profile/card").statusCode());
  }

  @Test
  void invites_madeListedAndStopped() {
    LabServer.Member frank = server.signUp("frank");
    Response one =
        server.post(
            server.operator(),
            "server.createInviteCode",
            Map.of("useCount", 3, "forAccount", frank.did()));
    String code = one.path("code");
    assertTrue(code.matches("localhost-[a-z2-9]{5}-[a-z2-9]{5}"), code);
    Response many =
        server.post(
            server.operator(),
            "server.createInviteCodes",
            Map.of("codeCount", 2, "useCount", 1, "forAccounts", List.of("admin", frank.did())));
    assertEquals(List.of("admin", frank.did()), many.path("codes.account"));
    Response own = server.as(frank).get(method("server.getAccountInviteCodes"));
    assertEquals(3, own.<List<String>>path("codes.code").size());
    assertEquals(List.of(3, 1, 1), own.path("codes.available"));
    assertEquals(frank.did(), own.path("codes[0].createdBy"));

    Response all =
        server
            .operator()
            .queryParam("sort", "usage")
            .queryParam("limit", 500)
            .get(method("admin.getInviteCodes"));
    assertTrue(all.<List<String>>path("codes.code").contains(code));
    assertTrue(all.<List<String>>path("codes.forAccount").contains("admin"));
    assertOk(
        server.post(server.operator(), "admin.disableInviteCodes", Map.of("codes", List.of(code))));
    assertRefused(
        server.post(
            server.operator(), "admin.disableInviteCodes", Map.of("accounts", List.of("admin"))),
        400,
        "InvalidRequest");
    own = server.as(frank).get(method("server.getAccountInviteCodes"));
    assertEquals(2, own.<List<String>>path("codes.code").size());
    assertOk(
        server.post(
            server.operator(),
            "admin.disableAccountInvites",
            Map.of("account", frank.did(), "note", "too many")));
    assertEquals(true, info(frank).path("invitesDisabled"));
    own = server.as(frank).get(method("server.getAccountInviteCodes"));
    assertEquals(List.of(), own.path("codes"));
    assertOk(
        server.post(
            server.operator(), "admin.enableAccountInvites", Map.of("account", frank.did())));
    assertEquals(false, info(frank).path("invitesDisabled"));
    for (Object bad : List.of(0, -1, 1_000_000, "1")) {
      assertRefused(
          server.post(server.operator(), "server.createInviteCode", Map.of("useCount", bad)),
          400,
          "InvalidRequest");
    }
  }
}
