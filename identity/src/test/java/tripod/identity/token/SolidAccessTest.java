package tripod.identity.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tripod.identity.Account;
import tripod.identity.IdentityFailure;
import tripod.identity.Secret;
import tripod.identity.TestDatabase;
import tripod.identity.TestRoom;
import tripod.identity.http.OutboundResponse;
import tripod.syntax.PodNames;

class SolidAccessTest {
  private static final String URL = "http://alice.localhost:8080/notes/a%20b";
  private static final String ISSUER = "https://issuer.example";
  private static final String ELSEWHERE = "https://bob.example/card#me";

  private final TestRoom room = new TestRoom(TestDatabase.h2());
  private final Map<String, String> web = new HashMap<>();
  private ECKey key;
  private ECKey issuerKey;
  private Account alice;
  private PodNames names;
  private DpopProofs dpop;
  private SolidAccess solid;

  @BeforeEach
  void setUp() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).generate();
    issuerKey = new ECKeyGenerator(Curve.P_256).keyID("k1").generate();
    alice = room.account("alice").account();
    names = room.accounts.names(alice);
    dpop = new DpopProofs(room.clock, Secret.of("nonce"));
    solid =
        new SolidAccess(
            room.config,
            room.accounts,
            new SolidAccess.Inside(dpop, room.hostKeys, LiveGrants.NONE),
            new SolidAccess.Outside(
                request ->
                    new OutboundResponse(
                        web.containsKey(request.uri().toString()) ? 200 : 404,
                        request.uri(),
                        Map.of(),
                        web.getOrDefault(request.uri().toString(), "")
                            .getBytes(StandardCharsets.UTF_8)),
                webId ->
                    webId.contains("localhost")
                        ? Optional.of(List.of("http://localhost:8080/"))
                        : Optional.empty(),
                (webId, uri, type, body) -> List.of(new String(body, StandardCharsets.UTF_8))),
            room.clock,
            room.random);
    web.put(
        ISSUER + "/.well-known/openid-configuration",
        "{\"issuer\":\"" + ISSUER + "/\",\"jwks_uri\":\"" + ISSUER + "/jwks\"}");
    web.put(ISSUER + "/jwks", new JWKSet(issuerKey).toString(true));
    web.put("https://bob.example/card", ISSUER);
  }

  @AfterEach
  void close() {
    room.close();
  }

  private ObjectNode proofClaims(String token) {
    ObjectNode claims =
        Jws.object()
            .put("htm", "GET")
            .put("htu", URL)
            .put("jti", UUID.randomUUID().toString())
            .put("iat", room.clock.instant().getEpochSecond());
    return token.isEmpty() ? claims : claims.put("ath", Jws.hash(token));
  }

  private static String sign(ECKey signer, ObjectNode header, ObjectNode claims) {
    String input = Jws.signingInput(header, claims);
    return input + "." + Jws.encode(TokenSignature.es256(signer.getD().decode(), input));
  }

  private String proof(ECKey signer, ObjectNode claims) {
    ObjectNode header = Jws.object().put("typ", "dpop+jwt").put("alg", "ES256");
    header.set("jwk", Jws.object().setAll(jwk(signer)));
    return sign(signer, header, claims);
  }

  private static ObjectNode jwk(ECKey signer) {
    return Jws.object()
        .put("kty", "EC")
        .put("crv", "P-256")
        .put("x", signer.getX().toString())
        .put("y", signer.getY().toString());
  }

  private String token() throws Exception {
    return solid.issue(alice.pod(), "client", key.computeThumbprint().toString());
  }

  private SolidTokens.Answer ask(String token, String proof) {
    return solid.verify("DPoP " + token, List.of(proof), "GET", URL);
  }

  private String foreign(String webId, ObjectNode over) throws Exception {
    long now = room.clock.instant().getEpochSecond();
    ObjectNode claims =
        Jws.object()
            .put("iss", ISSUER + "/")
            .put("webid", webId)
            .put("sub", webId)
            .put("aud", "solid")
            .put("iat", now)
            .put("exp", now + 300);
    claims.putObject("cnf").put("jkt", key.computeThumbprint().toString());
    claims.setAll(over);
    return sign(issuerKey, Jws.object().put("alg", "ES256").put("kid", "k1"), claims);
  }

  private void assertRefused(String why, SolidTokens.Answer answer) {
    var refused = assertInstanceOf(SolidTokens.Answer.Refused.class, answer);
    assertTrue(refused.reason().contains(why), refused.reason());
    assertTrue(refused.challenge().startsWith("DPoP algs="), refused.challenge());
    assertTrue(refused.challenge().contains("as_uri=\"http://localhost:8080\""));
  }

  @Test
  void SEC_60_ownToken_withProof_isTheOwner() throws Exception {
    String token = token();
    var known =
        assertInstanceOf(
            SolidTokens.Answer.Known.class, ask(token, proof(key, proofClaims(token))));
    assertEquals(Optional.of(names.webId()), known.agent().webId());
    assertEquals(Optional.of(alice.did()), known.agent().did());
    Jws claims = Jws.parse(token).orElseThrow();
    assertTrue(claims.hasAudience("solid"));
    assertEquals("client", claims.claim("client_id"));
    assertInstanceOf(SolidTokens.Answer.Anonymous.class, solid.verify(null, List.of(), "GET", URL));
    // The same token again, as found in the cache, and a URL with other spelling and a query.
    assertInstanceOf(
        SolidTokens.Answer.Known.class,
        solid.verify(
            "dpop " + token,
            List.of(
                proof(
                    key,
                    proofClaims(token)
                        .put("htu", "HTTP://Alice.localhost:8080/notes/%61%20b?x=1"))),
            "GET",
            URL));
  }

  @Test
  void SEC_57_badProofs_areRefused() throws Exception {
    String token = token();
    assertRefused("one DPoP proof", solid.verify("DPoP " + token, List.of(), "GET", URL));
    assertRefused("method", ask(token, proof(key, proofClaims(token).put("htm", "PUT"))));
    assertRefused("URL", ask(token, proof(key, proofClaims(token).put("htu", URL + "x"))));
    ECKey other = new ECKeyGenerator(Curve.P_256).generate();
    assertRefused("another key", ask(token, proof(other, proofClaims(token))));
    long now = room.clock.instant().getEpochSecond();
    assertRefused("not of now", ask(token, proof(key, proofClaims(token).put("iat", now - 61))));
    assertRefused("not of now", ask(token, proof(key, proofClaims(token).put("iat", now + 61))));
    assertRefused("no iat", ask(token, proof(key, proofClaims(token).put("iat", 1e300))));
    assertRefused("another token", ask(token, proof(key, proofClaims(token).put("ath", "AAAA"))));
    // Without any hash, as most Solid libraries send it, the binding to the key has to do.
    assertInstanceOf(SolidTokens.Answer.Known.class, ask(token, proof(key, proofClaims(""))));
    assertRefused("no usable jti", ask(token, proof(key, proofClaims(token).put("jti", ""))));
    String once = proof(key, proofClaims(token));
    assertInstanceOf(SolidTokens.Answer.Known.class, ask(token, once));
    assertRefused("used before", ask(token, once));
    ObjectNode header = Jws.object().put("typ", "JWT").put("alg", "ES256");
    header.set("jwk", jwk(key));
    assertRefused("typ", ask(token, sign(key, header, proofClaims(token))));
    ObjectNode leaking = Jws.object().put("typ", "dpop+jwt").put("alg", "ES256");
    leaking.set("jwk", jwk(key).put("d", key.getD().toString()));
    assertRefused("no public key", ask(token, sign(key, leaking, proofClaims(token))));
    ObjectNode none = Jws.object().put("typ", "dpop+jwt").put("alg", "none");
    none.set("jwk", jwk(key));
    assertRefused("signature", ask(token, Jws.signingInput(none, proofClaims(token)) + "."));
  }

  @Test
  void SEC_60_badTokens_areRefused() throws Exception {
    String token = token();
    assertRefused("DPoP", solid.verify("Bearer " + token, List.of(), "GET", URL));
    assertRefused("no JWT", ask("abc", proof(key, proofClaims("abc"))));
    String[] parts = token.split("\\.");
    String claims = new String(Jws.decode(parts[1])).replace("alice", "bobby");
    String changed = parts[0] + "." + Jws.encode(claims.getBytes()) + "." + parts[2];
    assertRefused("signature", ask(changed, proof(key, proofClaims(changed))));
    String none = Jws.encode("{\"alg\":\"none\"}".getBytes()) + "." + parts[1] + ".";
    assertRefused("signature", ask(none, proof(key, proofClaims(none))));
    room.pass(Duration.ofMinutes(17));
    assertRefused("expired", ask(token, proof(key, proofClaims(token))));
    String fresh = token();
    room.accounts.deactivate(alice.pod(), Optional.empty());
    assertRefused("not active", ask(fresh, proof(key, proofClaims(fresh))));
  }

  @Test
  void SEC_60_foreignIssuer_onlyForWebIdsThatListIt() throws Exception {
    String good = foreign(ELSEWHERE, Jws.object());
    var known =
        assertInstanceOf(SolidTokens.Answer.Known.class, ask(good, proof(key, proofClaims(good))));
    assertEquals(ELSEWHERE, known.agent().webId().orElseThrow().value());
    assertTrue(known.agent().did().isEmpty());
    web.put("https://orphan.example/card", "https://other.example");
    for (String webId : List.of("https://orphan.example/card#me", names.webId().value())) {
      String bad = foreign(webId, Jws.object());
      assertRefused("does not list", ask(bad, proof(key, proofClaims(bad))));
    }
    String expired = foreign(ELSEWHERE, Jws.object().put("exp", 1000));
    assertRefused("expired", ask(expired, proof(key, proofClaims(expired))));
    String other = foreign(ELSEWHERE, Jws.object().put("aud", "https://elsewhere.example"));
    assertRefused("not for Solid", ask(other, proof(key, proofClaims(other))));
    String unknown = foreign(ELSEWHERE, Jws.object().put("iss", "https://nowhere.example"));
    assertRefused("issuer", ask(unknown, proof(key, proofClaims(unknown))));
  }

  @Test
  void clientCredentials_rightAndWrongSecret() {
    var clients = new StoredClientCredentials(room.database, room.clock, room.random);
    var made = clients.create(alice.pod(), "test");
    assertEquals(Optional.of(alice.pod()), clients.check(made.clientId(), made.secret()));
    assertEquals(Optional.empty(), clients.check(made.clientId(), Secret.of("wrong")));
    assertEquals(Optional.empty(), clients.check("nobody", made.secret()));
    clients.revoke(alice.pod(), made.clientId());
    assertEquals(Optional.empty(), clients.check(made.clientId(), made.secret()));
  }

  @Test
  void SEC_64_bearerToken_goodForItsScopeAlone() {
    var bearers = new StoredBearerTokens(room.database, room.accounts, room.clock, room.random);
    String token = bearers.issue(alice.pod(), "client", "activitypub");
    assertEquals(alice.did(), bearers.verify(token, "activitypub").did());
    assertThrows(IdentityFailure.BadToken.class, () -> bearers.verify(token, "atproto"));
    assertThrows(IdentityFailure.BadToken.class, () -> bearers.verify("x" + token, "activitypub"));
    assertThrows(IdentityFailure.BadToken.class, () -> room.sessions.verifyAccess(token));
    room.pass(Duration.ofHours(1));
    assertThrows(IdentityFailure.ExpiredToken.class, () -> bearers.verify(token, "activitypub"));
    assertTrue(URI.create(URL).isAbsolute());
  }
}
