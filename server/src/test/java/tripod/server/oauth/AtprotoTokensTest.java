package tripod.server.oauth;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.wiring.MemberHost;

/** The tokens of an app for ATProto: proofs, rotation, revocation, and the doors they open. */
class AtprotoTokensTest {
  private static final String FULL = "atproto transition:generic";

  private static MemberHost host;
  private static String did;

  @BeforeAll
  static void start(@TempDir Path data) {
    host = new MemberHost(data, Map.of());
    did = host.member("alice").did();
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  private static AtprotoApp app() {
    return new AtprotoApp(host, FULL);
  }

  @Test
  void SEC_57_tokenEndpoint_wantsItsNonce_beforeTheCodeIsUsed() {
    AtprotoApp app = app();
    String code = app.code("alice");
    String url = host.origin() + "/oauth/token";
    Map<String, String> params = app.exchange(code, Map.of());
    Response first =
        AtprotoApp.form(params).header("DPoP", app.key.proof("POST", url, "", "stale")).post(url);
    first
        .then()
        .statusCode(400)
        .body("error", equalTo("use_dpop_nonce"))
        .header("Access-Control-Expose-Headers", containsString("DPoP-Nonce"));
    app.key.nonce(first.header("DPoP-Nonce"));
    String proof = app.key.proof("POST", url);
    AtprotoApp.form(params).header("DPoP", proof).post(url).then().statusCode(200);
    AtprotoApp.form(app.exchange(app.code("alice"), Map.of()))
        .header("DPoP", proof)
        .post(url)
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_dpop_proof"));
  }

  @Test
  void SEC_57_resource_wantsNonceHashUrlAndKey() {
    AtprotoApp app = app();
    String token = app.tokens("alice").path("access_token");
    String url = host.xrpc(AtprotoApp.GET_SESSION);
    AtprotoApp.with(token, app.key.proof("GET", url, token, ""))
        .get(url)
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", startsWith("DPoP error=\"use_dpop_nonce\""))
        .header("Access-Control-Expose-Headers", containsString("DPoP-Nonce"))
        .body("error", equalTo("use_dpop_nonce"));
    app.session(token).then().statusCode(200);
    for (String proof :
        List.of(
            app.key.proof("POST", url, token),
            app.key.proof("GET", url + "x", token),
            app.key.proof("GET", url),
            app.key.proof("GET", url, "another token"))) {
      AtprotoApp.with(token, proof)
          .get(url)
          .then()
          .statusCode(401)
          .header("WWW-Authenticate", startsWith("DPoP error=\"invalid_dpop_proof\""));
    }
    AppKey thief = new AppKey();
    thief.nonce(app.key.nonce());
    AtprotoApp.with(token, thief.proof("GET", url, token))
        .get(url)
        .then()
        .statusCode(401)
        .body("error", equalTo("invalid_token"));
    AtprotoApp.with(token, app.key.proof("GET", url, token))
        .queryParam("query", "is-not-signed")
        .get(url)
        .then()
        .statusCode(200);
  }

  @Test
  void SEC_58_refreshToken_isGoodOnce_andItsReuseEndsTheFamily() {
    AtprotoApp app = app();
    Response first = app.tokens("alice");
    assertEquals(900, first.<Integer>path("expires_in"));
    String old = first.path("refresh_token");
    Response second = app.token(app.refresh(old));
    second.then().statusCode(200).body("sub", equalTo(did));
    assertNotEquals(old, second.path("refresh_token"));
    app.session(second.path("access_token")).then().statusCode(200);
    app.token(app.refresh(old)).then().statusCode(400).body("error", equalTo("invalid_grant"));
    app.session(second.path("access_token")).then().statusCode(401);
    app.token(app.refresh(second.path("refresh_token"))).then().statusCode(400);
  }

  @Test
  void SEC_58_refreshToken_inOtherHands_endsTheFamily() {
    AtprotoApp app = app();
    Response tokens = app.tokens("alice");
    app.token(app.refresh(tokens.path("refresh_token")), new AppKey())
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_grant"));
    app.session(tokens.path("access_token")).then().statusCode(401);
  }

  @Test
  void SEC_61_revokedByTheAppOrInTheConsole_endsAtOnce() {
    AtprotoApp app = app();
    Response tokens = app.tokens("alice");
    app.session(tokens.path("access_token")).then().statusCode(200);
    AtprotoApp.form(Map.of("token", tokens.path("refresh_token")))
        .post(host.origin() + "/oauth/revoke")
        .then()
        .statusCode(200);
    app.session(tokens.path("access_token")).then().statusCode(401);
    AtprotoApp.form(Map.of("token", "nonsense"))
        .post(host.origin() + "/oauth/revoke")
        .then()
        .statusCode(200);

    Response again = app.tokens("alice");
    app.session(again.path("access_token")).then().statusCode(200);
    Person person = new Person(host);
    person.signIn(app.authorize(), "alice");
    while (true) {
      Response list = person.open("/console/apps");
      if (!list.asString().contains("An app on your own device")) {
        break;
      }
      person.send(list, "/console/apps/end", Map.of()).then().statusCode(303);
    }
    app.session(again.path("access_token")).then().statusCode(401);
    app.token(app.refresh(again.path("refresh_token"))).then().statusCode(400);
  }

  @Test
  void browserApps_mayAskFromAnyOrigin() {
    for (String path : List.of("/oauth/par", "/oauth/token", "/oauth/revoke")) {
      MemberHost.ask()
          .header("Origin", "https://app.example")
          .header("Access-Control-Request-Method", "POST")
          .header("Access-Control-Request-Headers", "dpop,content-type")
          .options(host.origin() + path)
          .then()
          .statusCode(204)
          .header("Access-Control-Allow-Origin", equalTo("*"))
          .header("Access-Control-Allow-Headers", equalTo("dpop,content-type"));
    }
  }

  @Test
  void SEC_64_token_isGoodAtItsDoorOnly() {
    AtprotoApp app = app();
    String token = app.tokens("alice").path("access_token");
    MemberHost.ask()
        .header("Authorization", "Bearer " + token)
        .get(host.xrpc(AtprotoApp.GET_SESSION))
        .then()
        .statusCode(400);
    String pod = "http://127.0.0.1:" + host.port() + "/private/";
    app.with(token, "GET", "http://alice.localhost:" + host.port() + "/private/")
        .header("Host", "alice.localhost:" + host.port())
        .get(pod)
        .then()
        .statusCode(401);
    MemberHost.ask()
        .header("Authorization", "Bearer " + token)
        .header("Host", "alice.localhost:" + host.port())
        .get("http://127.0.0.1:" + host.port() + "/actor/inbox")
        .then()
        .statusCode(401);
  }

  @Test
  void SEC_61_deactivationByAnApp_needsItsScope_andEndsEveryApp() {
    host.member("carol");
    AtprotoApp plain = app();
    AtprotoApp manager = new AtprotoApp(host, "atproto account:status?action=manage");
    String plainToken = plain.tokens("carol").path("access_token");
    String token = manager.tokens("carol").path("access_token");
    deactivate(plain, plainToken)
        .then()
        .statusCode(403)
        .body("error", equalTo("ScopeMissingError"));
    deactivate(manager, token).then().statusCode(200);
    manager.session(token).then().statusCode(401);
    plain.session(plainToken).then().statusCode(401);
  }

  private static Response deactivate(AtprotoApp app, String token) {
    String url = host.xrpc("com.atproto.server.deactivateAccount");
    Response first =
        app.with(token, "POST", url).contentType(ContentType.JSON).body("{}").post(url);
    if (first.header("DPoP-Nonce") == null || first.statusCode() != 401) {
      return first;
    }
    app.key.nonce(first.header("DPoP-Nonce"));
    return app.with(token, "POST", url).contentType(ContentType.JSON).body("{}").post(url);
  }

  @Test
  void json_isTakenLikeAForm_andTooMuchIsRefused() {
    AtprotoApp app = app();
    MemberHost.ask()
        .contentType(ContentType.JSON)
        .body(app.request(Map.of()))
        .post(host.origin() + "/oauth/par")
        .then()
        .statusCode(201);
    MemberHost.ask()
        .contentType(ContentType.JSON)
        .body("{\"client_id\":\"" + "x".repeat(110 * 1024) + "\"}")
        .post(host.origin() + "/oauth/par")
        .then()
        .statusCode(413);
    for (String body : List.of("", "[]", "{", "\"\"")) {
      MemberHost.ask()
          .contentType(ContentType.JSON)
          .body(body)
          .post(host.origin() + "/oauth/token")
          .then()
          .statusCode(400);
    }
  }
}
