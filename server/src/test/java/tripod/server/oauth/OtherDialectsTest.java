package tripod.server.oauth;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.wiring.MemberHost;

/** Apps for Solid and apps made for Mastodon, over HTTP, against the whole server. */
class OtherDialectsTest {
  private static final String REDIRECT = "https://app.example/back";
  private static final String OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob";

  private static MemberHost host;
  private static MemberHost.Member alice;

  @BeforeAll
  static void start(@TempDir Path data) {
    host = new MemberHost(data, Map.of());
    alice = host.member("alice");
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  private static JsonPath registered(String method) {
    return MemberHost.ask()
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "client_name",
                "Notes",
                "redirect_uris",
                List.of(REDIRECT),
                "token_endpoint_auth_method",
                method))
        .post(host.origin() + "/oauth/register")
        .then()
        .statusCode(201)
        .extract()
        .jsonPath();
  }

  private static String address(Map<String, String> params) {
    StringBuilder address = new StringBuilder("/oauth/authorize?");
    params.forEach(
        (k, v) -> address.append(k).append('=').append(AtprotoApp.encoded(v)).append('&'));
    return address.toString();
  }

  private static Map<String, String> solidRequest(String clientId, String scope) {
    return new HashMap<>(
        Map.of(
            "client_id",
            clientId,
            "response_type",
            "code",
            "redirect_uri",
            REDIRECT,
            "scope",
            scope,
            "state",
            "s",
            "nonce",
            "n-1",
            "code_challenge",
            AppKey.hash(AtprotoApp.VERIFIER),
            "code_challenge_method",
            "S256"));
  }

  private static Map<String, String> solidExchange(String clientId, String code) {
    return new HashMap<>(
        Map.of(
            "grant_type", "authorization_code",
            "client_id", clientId,
            "code", code,
            "redirect_uri", REDIRECT,
            "code_verifier", AtprotoApp.VERIFIER));
  }

  private static Response token(AppKey key, Map<String, String> params) {
    String url = host.origin() + "/oauth/token";
    return AtprotoApp.form(params).header("DPoP", key.proof("POST", url)).post(url);
  }

  private static RequestSpecification onPod() {
    return MemberHost.ask().header("Host", "alice.localhost:" + host.port());
  }

  private static String pod(String path) {
    return "http://127.0.0.1:" + host.port() + path;
  }

  /** Reads something of the pod that nobody but its owner may. */
  private static Response secret(AppKey key, String token) {
    String url = "http://alice.localhost:" + host.port() + "/settings/";
    return onPod()
        .header("Authorization", "DPoP " + token)
        .header("DPoP", key.proof("GET", url, token))
        .get(pod("/settings/"));
  }

  @Test
  void openidConfiguration_saysAllThatSolidClientsLookFor() {
    MemberHost.ask()
        .get(host.origin() + "/.well-known/openid-configuration")
        .then()
        .body("issuer", equalTo(host.origin()))
        .body("registration_endpoint", equalTo(host.origin() + "/oauth/register"))
        .body("scopes_supported", hasItems("openid", "webid", "offline_access"))
        .body("code_challenge_methods_supported", hasItems("S256"))
        .body("grant_types_supported", hasItems("authorization_code", "refresh_token"))
        .body("require_pushed_authorization_requests", equalTo(null));
    MemberHost.ask()
        .get(host.origin() + "/.well-known/oauth-authorization-server")
        .then()
        .body("require_pushed_authorization_requests", equalTo(true));
  }

  @Test
  void solid_registersSignsInReadsAndRefreshes() throws ParseException {
    String clientId = registered("none").getString("client_id");
    AppKey key = new AppKey();
    Person person = new Person(host);
    Response consent =
        person.signIn(
            address(solidRequest(clientId, "openid webid offline_access later")), "alice");
    assertEquals(List.of("openid", "webid", "offline_access"), Person.scopes(consent));
    assertTrue(consent.asString().contains("Notes") && consent.asString().contains("app.example"));
    Response out = person.send(consent, Person.DECIDE, Map.of("decision", "grant"));
    Map<String, String> back = Person.params(URI.create(out.header("Location")));
    assertEquals(host.origin(), back.get("iss"));

    Response tokens = token(key, solidExchange(clientId, back.get("code")));
    tokens.then().statusCode(200).body("token_type", equalTo("DPoP"));
    JWTClaimsSet id = SignedJWT.parse(tokens.path("id_token")).getJWTClaimsSet();
    assertEquals(
        "http://alice.localhost:" + host.port() + "/profile/card#me", id.getStringClaim("webid"));
    assertEquals(alice.did(), id.getSubject());
    assertEquals(List.of(clientId, "solid"), id.getAudience());
    assertEquals(clientId, id.getStringClaim("azp"));
    assertEquals("n-1", id.getStringClaim("nonce"));
    assertEquals(Map.of("jkt", key.thumbprint()), id.getJSONObjectClaim("cnf"));

    secret(key, tokens.path("access_token")).then().statusCode(200);
    secret(new AppKey(), tokens.path("access_token")).then().statusCode(401);
    Response again =
        token(
            key,
            Map.of(
                "grant_type",
                "refresh_token",
                "client_id",
                clientId,
                "refresh_token",
                tokens.path("refresh_token")));
    again.then().statusCode(200);
    secret(key, again.path("access_token")).then().statusCode(200);

    // SEC-61: what the console revokes ends at once, signed token or not.
    Response list = person.open("/console/apps");
    assertTrue(list.asString().contains("Notes"), list.asString());
    person.send(list, "/console/apps/end", Map.of()).then().statusCode(303);
    secret(key, again.path("access_token")).then().statusCode(401);
  }

  @Test
  void solid_withoutOfflineAccess_getsNoRefreshToken_andNeedsPkceAndOpenid() {
    JsonPath client = registered("client_secret_basic");
    String clientId = client.getString("client_id");
    AppKey key = new AppKey();
    URI back = new Person(host).letIn(address(solidRequest(clientId, "openid webid")), "alice");
    Map<String, String> params = solidExchange(clientId, Person.params(back).get("code"));
    token(key, params).then().statusCode(401).body("error", equalTo("invalid_client"));
    params.put("client_secret", client.getString("client_secret"));
    token(key, params).then().statusCode(200).body("refresh_token", equalTo(null));

    Map<String, String> without = solidRequest(clientId, "openid webid");
    without.remove("code_challenge");
    URI refused = URI.create(new Person(host).get(address(without)).header("Location"));
    assertEquals("invalid_request", Person.params(refused).get("error"));
    URI scope =
        URI.create(
            new Person(host).get(address(solidRequest(clientId, "webid"))).header("Location"));
    assertEquals("invalid_scope", Person.params(scope).get("error"));
    Map<String, String> elsewhere = solidRequest(clientId, "openid");
    elsewhere.put("redirect_uri", "https://evil.example/back");
    assertEquals(400, new Person(host).get(address(elsewhere)).statusCode());
    assertEquals(
        400, new Person(host).get(address(solidRequest(clientId, "openid atproto"))).statusCode());
  }

  @Test
  void SEC_56_registration_takesNoAddressThatRunsOrReads() {
    for (String redirect :
        List.of(
            "javascript:alert(1)", "data:text/html,x", "http://a.example/", "file:///x", "/x")) {
      MemberHost.ask()
          .contentType(ContentType.JSON)
          .body(Map.of("redirect_uris", List.of(redirect)))
          .post(host.origin() + "/oauth/register")
          .then()
          .statusCode(400)
          .body("error", equalTo("invalid_redirect_uri"));
    }
  }

  private static JsonPath mastodonApp(String scopes, String redirect) {
    return onPod()
        .urlEncodingEnabled(true)
        .formParams(Map.of("client_name", "Tusk", "redirect_uris", redirect, "scopes", scopes))
        .post(pod("/api/v1/apps"))
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  private static Response mastodonToken(JsonPath app, String code, String redirect) {
    return onPod()
        .urlEncodingEnabled(true)
        .formParams(
            Map.of(
                "grant_type",
                "authorization_code",
                "code",
                code,
                "redirect_uri",
                redirect,
                "client_id",
                app.getString("client_id"),
                "client_secret",
                app.getString("client_secret")))
        .post(pod("/oauth/token"));
  }

  private static Map<String, String> mastodonRequest(JsonPath app, String scope, String redirect) {
    return Map.of(
        "client_id",
        app.getString("client_id"),
        "response_type",
        "code",
        "redirect_uri",
        redirect,
        "scope",
        scope);
  }

  @Test
  void mastodon_fromTheMembersOwnHost_toABearerTokenOfTheClientDoor() {
    JsonPath app = mastodonApp("read write follow", "tusk://back");
    String query = address(mastodonRequest(app, "read write", "tusk://back"));
    String onService = onPod().get(pod(query)).then().statusCode(303).extract().header("Location");
    assertTrue(onService.startsWith(host.origin() + "/oauth/authorize?"), onService);
    Person person = new Person(host);
    Response consent = person.signIn(onService, "alice");
    consent.then().header("Content-Security-Policy", containsString("form-action 'self' tusk:;"));
    assertEquals(List.of("read", "write"), Person.scopes(consent));
    Response out = person.send(consent, Person.DECIDE, Map.of("decision", "grant"));
    URI back = URI.create(out.header("Location"));
    assertTrue(back.toString().startsWith("tusk://back?code="), back.toString());
    Response tokens = mastodonToken(app, Person.params(back).get("code"), "tusk://back");
    tokens
        .then()
        .statusCode(200)
        .body("token_type", equalTo("Bearer"), "scope", equalTo("read write"));
    String token = tokens.path("access_token");
    outboxPost(token).then().statusCode(201);
    inbox(token).then().statusCode(200);

    // SEC-64: it is good at no other door.
    MemberHost.ask()
        .header("Authorization", "Bearer " + token)
        .get(host.xrpc("com.atproto.server.getSession"))
        .then()
        .statusCode(400);
    onPod()
        .header("Authorization", "Bearer " + token)
        .get(pod("/settings/"))
        .then()
        .statusCode(401);

    onPod()
        .urlEncodingEnabled(true)
        .formParams(
            Map.of(
                "token", token,
                "client_id", app.getString("client_id"),
                "client_secret", app.getString("client_secret")))
        .post(pod("/oauth/revoke"))
        .then()
        .statusCode(200);
    outboxPost(token).then().statusCode(401);
  }

  private static Response outboxPost(String token) {
    return onPod()
        .header("Authorization", "Bearer " + token)
        .contentType("application/activity+json")
        .body(
            "{\"@context\":\"https://www.w3.org/ns/activitystreams\",\"type\":\"Note\","
                + "\"content\":\"<p>from an app</p>\","
                + "\"to\":\"https://www.w3.org/ns/activitystreams#Public\"}")
        .post(pod("/actor/outbox"));
  }

  private static Response inbox(String token) {
    return onPod()
        .header("Authorization", "Bearer " + token)
        .header("Accept", "application/activity+json")
        .get(pod("/actor/inbox"));
  }

  @Test
  void mastodon_readScope_doesNotWrite_andTheCodeCanBeShown() {
    JsonPath app = mastodonApp("read", OUT_OF_BAND);
    Person person = new Person(host);
    Response consent = person.signIn(address(mastodonRequest(app, "read", OUT_OF_BAND)), "alice");
    Response shown = person.send(consent, Person.DECIDE, Map.of("decision", "grant"));
    shown.then().statusCode(200);
    String code = Jsoup.parse(shown.asString()).select("code").text();
    assertTrue(code.startsWith("cod-"), code);
    String token =
        mastodonToken(app, code, OUT_OF_BAND).then().statusCode(200).extract().path("access_token");
    inbox(token).then().statusCode(200);
    outboxPost(token).then().statusCode(401);
    new Person(host)
        .get(address(mastodonRequest(app, "read write", OUT_OF_BAND)))
        .then()
        .statusCode(400);
  }

  @Test
  void mastodon_wrongSecretOrScope_isRefused() {
    JsonPath app = mastodonApp("read", "https://app.example/back");
    Map<String, String> wrong =
        Map.of(
            "client_id",
            app.getString("client_id"),
            "client_secret",
            "wrong",
            "code",
            Person.params(
                    new Person(host)
                        .letIn(
                            address(mastodonRequest(app, "read", "https://app.example/back")),
                            "alice"))
                .get("code"),
            "grant_type",
            "authorization_code");
    onPod()
        .urlEncodingEnabled(true)
        .formParams(wrong)
        .post(pod("/oauth/token"))
        .then()
        .statusCode(401)
        .header("WWW-Authenticate", startsWith("Basic"))
        .body("error", equalTo("invalid_client"));
    onPod()
        .urlEncodingEnabled(true)
        .formParams(Map.of("client_name", "T", "redirect_uris", "tusk://b", "scopes", "admin:read"))
        .post(pod("/api/v1/apps"))
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_scope"));
  }
}
