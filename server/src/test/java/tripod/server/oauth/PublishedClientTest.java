package tripod.server.oauth;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.restassured.response.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.wiring.MemberHost;

/** Clients whose document is fetched: one that signs, and one for Solid. */
class PublishedClientTest {
  private static final String REDIRECT = "https://app.example/back";
  private static final String TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private static final Map<String, String> web = new ConcurrentHashMap<>();
  private static MemberHost host;
  private static HttpServer site;
  private static String client;
  private static String notes;
  private static ECKey key;

  @BeforeAll
  static void start(@TempDir Path data) throws IOException, JOSEException {
    host = new MemberHost(data, Map.of());
    host.member("alice");
    key = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext(
        "/",
        exchange -> {
          byte[] body =
              web.getOrDefault(exchange.getRequestURI().getPath(), "")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    site.start();
    String origin = "http://localhost:" + site.getAddress().getPort();
    client = origin + "/client.json";
    notes = origin + "/notes.jsonld";
    web.put(
        "/client.json",
        """
        {"client_id": "%s", "client_name": "Signer", "dpop_bound_access_tokens": true,
         "grant_types": ["authorization_code", "refresh_token"], "response_types": ["code"],
         "scope": "atproto transition:generic", "redirect_uris": ["%s"],
         "token_endpoint_auth_method": "private_key_jwt",
         "token_endpoint_auth_signing_alg": "ES256", "jwks_uri": "%s/jwks.json"}
        """
            .formatted(client, REDIRECT, origin));
    web.put("/jwks.json", new JWKSet(key).toString(true));
    web.put(
        "/notes.jsonld",
        """
        {"@context": ["https://www.w3.org/ns/solid/oidc-context.jsonld"], "client_id": "%s",
         "client_name": "Notes", "redirect_uris": ["%s"],
         "grant_types": ["authorization_code", "refresh_token"]}
        """
            .formatted(notes, REDIRECT));
  }

  @AfterAll
  static void stop() {
    site.stop(0);
    host.close();
  }

  private static String assertion(ECKey signer, String audience, String jti) {
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k1").build(),
            new JWTClaimsSet.Builder()
                .issuer(client)
                .subject(client)
                .audience(audience)
                .jwtID(jti)
                .issueTime(new Date())
                .build());
    try {
      jwt.sign(new ECDSASigner(signer));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return jwt.serialize();
  }

  private static Map<String, String> signed(Map<String, String> params) {
    return with(params, assertion(key, host.origin(), UUID.randomUUID().toString()));
  }

  private static Map<String, String> with(Map<String, String> params, String assertion) {
    Map<String, String> all = new HashMap<>(params);
    all.put("client_assertion_type", TYPE);
    all.put("client_assertion", assertion);
    return all;
  }

  private static Map<String, String> request() {
    return Map.of(
        "client_id",
        client,
        "response_type",
        "code",
        "redirect_uri",
        REDIRECT,
        "scope",
        "atproto transition:generic",
        "code_challenge",
        AppKey.hash(AtprotoApp.VERIFIER),
        "code_challenge_method",
        "S256");
  }

  private static Response push(Map<String, String> params) {
    return AtprotoApp.form(params).post(host.origin() + "/oauth/par");
  }

  @Test
  void SEC_58_clientThatSigns_mustSignEachTime_forThisIssuer_once() throws JOSEException {
    push(request()).then().statusCode(400).body("error", equalTo("invalid_client"));
    ECKey other = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    String id = UUID.randomUUID().toString();
    for (String bad :
        List.of(
            assertion(other, host.origin(), UUID.randomUUID().toString()),
            assertion(key, "https://other.example", UUID.randomUUID().toString()),
            assertion(key, host.origin(), ""),
            "nonsense")) {
      push(with(request(), bad)).then().statusCode(400).body("error", equalTo("invalid_client"));
    }
    String good = assertion(key, host.origin(), id);
    push(with(request(), good)).then().statusCode(201);
    push(with(request(), good)).then().statusCode(400).body("error", equalTo("invalid_client"));
  }

  @Test
  void clientThatSigns_getsTokens_andIsShownByItsAddress() {
    String uri = push(signed(request())).then().statusCode(201).extract().path("request_uri");
    Person person = new Person(host);
    Response consent =
        person.signIn(
            "/oauth/authorize?client_id="
                + AtprotoApp.encoded(client)
                + "&request_uri="
                + AtprotoApp.encoded(uri),
            "alice");
    Response out = person.send(consent, Person.DECIDE, Map.of("decision", "grant"));
    String code = Person.params(URI.create(out.header("Location"))).get("code");
    AtprotoApp app = new AtprotoApp(host, "atproto");
    Map<String, String> exchange =
        Map.of(
            "grant_type", "authorization_code",
            "code", code,
            "redirect_uri", REDIRECT,
            "client_id", client,
            "code_verifier", AtprotoApp.VERIFIER);
    app.token(exchange).then().statusCode(401).body("error", equalTo("invalid_client"));
    String url = host.origin() + "/oauth/token";
    Response tokens =
        AtprotoApp.form(signed(exchange)).header("DPoP", app.key.proof("POST", url)).post(url);
    if (tokens.statusCode() == 400) {
      app.key.nonce(tokens.header("DPoP-Nonce"));
      tokens =
          AtprotoApp.form(signed(exchange)).header("DPoP", app.key.proof("POST", url)).post(url);
    }
    tokens.then().statusCode(200);
    Map<String, String> refresh =
        Map.of(
            "grant_type",
            "refresh_token",
            "refresh_token",
            tokens.path("refresh_token"),
            "client_id",
            client);
    app.token(signed(refresh)).then().statusCode(200);
  }

  @Test
  void solidDocument_isFetchedAndItsClientLetIn() {
    String address =
        "/oauth/authorize?client_id="
            + AtprotoApp.encoded(notes)
            + "&response_type=code&scope=openid%20webid&redirect_uri="
            + AtprotoApp.encoded(REDIRECT)
            + "&code_challenge="
            + AppKey.hash(AtprotoApp.VERIFIER)
            + "&code_challenge_method=S256";
    URI back = new Person(host).letIn(address, "alice");
    AppKey own = new AppKey();
    String url = host.origin() + "/oauth/token";
    Response tokens =
        AtprotoApp.form(
                Map.of(
                    "grant_type",
                    "authorization_code",
                    "code",
                    Person.params(back).get("code"),
                    "redirect_uri",
                    REDIRECT,
                    "client_id",
                    notes,
                    "code_verifier",
                    AtprotoApp.VERIFIER))
            .header("DPoP", own.proof("POST", url))
            .post(url);
    tokens.then().statusCode(200).body("scope", equalTo("openid webid"));
    // A document of one dialect is none of the other.
    assertEquals(
        "invalid_client_metadata",
        push(Map.of("client_id", notes, "response_type", "code")).path("error"));
    assertTrue(
        new Person(host)
                .get("/oauth/authorize?client_id=" + AtprotoApp.encoded(client))
                .statusCode()
            == 400);
  }
}
