package tripod.identity.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tripod.identity.IdentityConfig;
import tripod.identity.LogMailer;
import tripod.identity.Secret;
import tripod.identity.TestDatabase;
import tripod.identity.http.OutboundRules;
import tripod.identity.key.MasterKey;
import tripod.identity.room.IdentityRoom;
import tripod.identity.route.PathParams;
import tripod.identity.route.Route;
import tripod.identity.token.SolidTokens;

/** The room's addresses over HTTP, with the room put together as the server does. */
class RoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newHttpClient();
  private final TestDatabase database = TestDatabase.h2();
  private IdentityRoom room;
  private Javalin web;

  @BeforeEach
  void start() {
    room =
        IdentityRoom.open(
            IdentityConfig.lab(8080),
            new IdentityRoom.Ground(
                database.migrated(),
                database,
                MasterKey.of(new byte[32]),
                OutboundRules.lab(List.of()),
                Secret.of("admin-token"),
                new LogMailer(),
                SolidTokens.ProfileReader.NONE,
                java.time.InstantSource.system(),
                new java.security.SecureRandom()));
    web =
        Javalin.create(
                config -> {
                  // Literal paths first, as the server's router has them.
                  for (Route route :
                      room.routes().stream()
                          .filter(r -> r.host() != Route.HostKind.POD)
                          .sorted(java.util.Comparator.comparing(r -> r.path().contains("{")))
                          .toList()) {
                    for (String method : route.methods()) {
                      config.routes.addHttpHandler(
                          method.equals("GET") ? HandlerType.GET : HandlerType.POST,
                          route.path(),
                          request -> {
                            PathParams.set(request, request.pathParamMap());
                            route.handler().handle(request);
                          });
                    }
                  }
                })
            .start("127.0.0.1", 0);
  }

  @AfterEach
  void stop() {
    web.stop();
    room.close();
    database.close();
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + web.port() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode get(String path) throws Exception {
    return JSON.readTree(send("GET", path, "").body());
  }

  private JsonNode account(String name) throws Exception {
    HttpResponse<String> made =
        send(
            "POST",
            "/api/admin/accounts",
            "{\"name\":\"" + name + "\",\"password\":\"pw-" + name + "-1a2b\"}",
            "Authorization",
            "Bearer admin-token");
    assertEquals(200, made.statusCode(), made.body());
    return JSON.readTree(made.body());
  }

  private HttpResponse<String> token(JsonNode account, String secret, String scope)
      throws Exception {
    String pair = encode(account.get("clientId").asText()) + ":" + encode(secret);
    return send(
        "POST",
        "/oauth/token",
        "grant_type=client_credentials&scope=" + scope,
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes()),
        "Content-Type",
        "application/x-www-form-urlencoded");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Test
  void adminAccounts_answersAsTheContractSays() throws Exception {
    JsonNode made = account("alice");
    List<String> names = new ArrayList<>();
    made.fieldNames().forEachRemaining(names::add);
    assertEquals(
        List.of(
            "did",
            "handle",
            "acct",
            "actor",
            "webid",
            "storage",
            "issuer",
            "clientId",
            "clientSecret"),
        names);
    assertEquals("http://alice.localhost:8080/profile/card#me", made.get("webid").asText());
    for (String body :
        List.of("", "[]", "{}", "{\"name\":1}", "{\"name\":\"bob\",\"password\":\"short\"}")) {
      assertEquals(
          400,
          send("POST", "/api/admin/accounts", body, "Authorization", "Bearer admin-token")
              .statusCode(),
          body);
    }
    assertEquals(
        409,
        send(
                "POST",
                "/api/admin/accounts",
                "{\"name\":\"Alice\",\"password\":\"pw-alice-1a2b\"}",
                "Authorization",
                "Bearer admin-token")
            .statusCode());
    assertEquals(
        401,
        send("POST", "/api/admin/accounts", "{}", "Authorization", "Bearer wrong").statusCode());
    assertEquals(401, send("POST", "/api/admin/accounts", "{}").statusCode());
  }

  @Test
  void token_clientCredentials_forActivityPubAndRefusals() throws Exception {
    JsonNode alice = account("alice");
    HttpResponse<String> given = token(alice, alice.get("clientSecret").asText(), "activitypub");
    assertEquals(200, given.statusCode());
    assertEquals("no-store", given.headers().firstValue("Cache-Control").orElseThrow());
    JsonNode answer = JSON.readTree(given.body());
    assertEquals("Bearer", answer.get("token_type").asText());
    assertEquals(
        alice.get("did").asText(),
        room.bearerTokens()
            .verify(answer.get("access_token").asText(), "activitypub")
            .did()
            .value());
    assertEquals(401, token(alice, "wrong", "activitypub").statusCode());
    assertEquals(
        "invalid_dpop_proof",
        JSON.readTree(token(alice, alice.get("clientSecret").asText(), "webid").body())
            .get("error")
            .asText());
    assertEquals(
        "invalid_scope",
        JSON.readTree(token(alice, alice.get("clientSecret").asText(), "atproto").body())
            .get("error")
            .asText());
    for (String body : List.of("", "grant_type=password", "grant_type=a&grant_type=b")) {
      assertEquals(
          400,
          send("POST", "/oauth/token", body, "Content-Type", "application/x-www-form-urlencoded")
              .statusCode(),
          body);
    }
    assertEquals(
        401,
        send(
                "POST",
                "/oauth/token",
                "grant_type=client_credentials",
                "Authorization",
                "Basic %%%",
                "Content-Type",
                "application/x-www-form-urlencoded")
            .statusCode());
  }

  @Test
  void metadata_isCompleteAndWithoutSecrets() throws Exception {
    assertEquals(
        "http://localhost:8080", get("/.well-known/openid-configuration").get("issuer").asText());
    assertTrue(
        get("/.well-known/oauth-authorization-server")
            .get("require_pushed_authorization_requests")
            .asBoolean());
    assertEquals(
        1, get("/.well-known/oauth-protected-resource").get("authorization_servers").size());
    assertEquals("did:web:localhost%3A8080", get("/.well-known/did.json").get("id").asText());
    JsonNode key = get("/oauth/jwks").get("keys").get(0);
    assertTrue(key.has("x"));
    assertFalse(key.has("d"));
  }

  @Test
  void plcDirectory_atPrefixAndRoot_answersAlike() throws Exception {
    String did = account("alice").get("did").asText();
    for (String root : List.of("/plc/" + did, "/" + did, "/" + did.replace(":", "%3A"))) {
      assertEquals(did, get(root).get("id").asText());
      assertEquals(did, get(root + "/data").get("did").asText());
      assertEquals(1, get(root + "/log").size());
      assertEquals("plc_operation", get(root + "/log/last").get("type").asText());
      assertFalse(get(root + "/log/audit").get(0).get("nullified").asBoolean());
    }
    HttpResponse<String> document = send("GET", "/plc/" + did, "");
    assertTrue(
        document
            .headers()
            .firstValue("Content-Type")
            .orElseThrow()
            .startsWith("application/did+ld+json"));
    HttpResponse<String> unknown = send("GET", "/plc/did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "");
    assertEquals(404, unknown.statusCode());
    assertEquals(
        "DID not registered: did:plc:aaaaaaaaaaaaaaaaaaaaaaaa",
        JSON.readTree(unknown.body()).get("message").asText());
    assertEquals(404, send("GET", "/plc/rubbish", "").statusCode());
    for (String body : List.of("", "{", "[]", "{}", "[".repeat(5000), "{\"type\":\"create\"}")) {
      assertEquals(400, send("POST", "/plc/" + did, body).statusCode(), body);
    }
    assertEquals(1, send("GET", "/plc/export?after=0", "").body().lines().count());
    assertEquals(400, send("GET", "/plc/export?count=x", "").statusCode());
  }
}
