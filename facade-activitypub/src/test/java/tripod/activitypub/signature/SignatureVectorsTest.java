package tripod.activitypub.signature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.As2;
import tripod.identity.http.OutboundHttp;
import tripod.identity.http.OutboundResponse;

/** Signatures that hold, and each way in which one does not. */
class SignatureVectorsTest {
  private static final String ACTOR = "https://peer.example/users/bob";
  private static final URI INBOX = URI.create("https://alice.example/actor/inbox");
  private static final byte[] BODY = "{\"type\":\"Like\"}".getBytes(StandardCharsets.UTF_8);
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));

  private final AtomicInteger fetches = new AtomicInteger();
  private KeyPair published = TestKeys.rsa();

  private static SigningKey key(String id, KeyPair pair) {
    return new SigningKey(id, data -> sign("SHA256withRSA", pair, data));
  }

  private static byte[] sign(String algorithm, KeyPair pair, byte[] data) {
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(pair.getPrivate());
      signature.update(data);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private ObjectNode actor() {
    ObjectNode actor = ActivityJson.object();
    actor.put("id", ACTOR).put("type", "Person").put("inbox", ACTOR + "/inbox");
    actor
        .putObject("publicKey")
        .put("id", ACTOR + "#main-key")
        .put("owner", ACTOR)
        .put("publicKeyPem", TestKeys.pem(published.getPublic()));
    actor
        .putArray("assertionMethod")
        .addObject()
        .put("id", ACTOR + "#ed")
        .put("type", "Multikey")
        .put("controller", ACTOR)
        .put("publicKeyMultibase", TestKeys.multibase(TestKeys.ed25519().getPublic()));
    return actor;
  }

  private RemoteKeys keys() {
    OutboundHttp web =
        request -> {
          fetches.incrementAndGet();
          boolean known = request.uri().toString().equals(ACTOR);
          return new OutboundResponse(
              known ? 200 : 404,
              request.uri(),
              Map.of("content-type", List.of(As2.ACTIVITY_JSON)),
              known ? ActivityJson.write(actor()) : new byte[0]);
        };
    SignedHttp http = new SignedHttp(web, new RequestSigner(CLOCK), new KnockMemory());
    return new RemoteKeys(
        new RemoteDocuments(http, () -> key("https://host.example/actor#k", TestKeys.rsa())),
        CLOCK);
  }

  private static Map<String, String> signed(SignatureScheme scheme, InstantSource clock) {
    Map<String, String> headers =
        new HashMap<>(
            new RequestSigner(clock)
                .post(scheme, INBOX, BODY, key(ACTOR + "#main-key", TestKeys.rsa())));
    headers.put("host", "alice.example");
    return headers;
  }

  private static SignedRequest request(Map<String, String> headers, URI target, byte[] body) {
    Map<String, List<String>> lists = new HashMap<>();
    headers.forEach((name, value) -> lists.put(name, List.of(value)));
    return new SignedRequest("POST", target, lists, body);
  }

  private void assertRefused(SignedRequest request) {
    SignatureVerifier verifier = new SignatureVerifier(keys(), CLOCK);
    assertThrows(ActivityFailure.Unproven.class, () -> verifier.verify(request));
  }

  @Test
  void ownSignature_inBothDialects_holds() {
    SignatureVerifier verifier = new SignatureVerifier(keys(), CLOCK);
    for (SignatureScheme scheme : SignatureScheme.values()) {
      VerifyingKey key = verifier.verify(request(signed(scheme, CLOCK), INBOX, BODY));
      assertEquals(ACTOR, key.owner().value(), scheme.name());
    }
    assertEquals(1, fetches.get(), "the second look-up is from memory");
  }

  @Test
  void SEC_80_bentRequest_inBothDialects_isRefused() {
    for (SignatureScheme scheme : SignatureScheme.values()) {
      Map<String, String> good = signed(scheme, CLOCK);
      byte[] otherBody = "{\"type\":\"Undo\"}".getBytes(StandardCharsets.UTF_8);
      assertRefused(request(good, INBOX, otherBody));
      assertRefused(request(good, URI.create("https://alice.example/elsewhere"), BODY));
      Map<String, String> otherHost = new HashMap<>(good);
      otherHost.put("host", "mallory.example");
      assertRefused(request(otherHost, INBOX, BODY));
      Map<String, String> unsigned = new HashMap<>(good);
      unsigned.remove("signature");
      assertRefused(request(unsigned, INBOX, BODY));
    }
  }

  @Test
  void SEC_80_timeMoreThanAnHourOff_isRefused() {
    for (SignatureScheme scheme : SignatureScheme.values()) {
      for (long seconds : new long[] {-3700, 3700}) {
        InstantSource other = InstantSource.fixed(CLOCK.instant().plusSeconds(seconds));
        assertRefused(request(signed(scheme, other), INBOX, BODY));
      }
      InstantSource near = InstantSource.fixed(CLOCK.instant().minusSeconds(3500));
      new SignatureVerifier(keys(), CLOCK).verify(request(signed(scheme, near), INBOX, BODY));
    }
  }

  @Test
  void SEC_80_weakCover_isRefused_beforeAnyFetch() {
    for (String covered : new String[] {"date", "(request-target) host date", "host date digest"}) {
      Map<String, String> headers = signed(SignatureScheme.CAVAGE, CLOCK);
      headers.put(
          "signature",
          headers
              .get("signature")
              .replaceFirst("headers=\"[^\"]*\"", "headers=\"" + covered + "\""));
      assertRefused(request(headers, INBOX, BODY));
    }
    for (String covered :
        new String[] {"\"@method\"", "\"@method\" \"@target-uri\"", "\"content-digest\""}) {
      Map<String, String> headers = signed(SignatureScheme.RFC9421, CLOCK);
      headers.put(
          "signature-input",
          headers.get("signature-input").replaceFirst("\\(.*\\)", "(" + covered + ")"));
      assertRefused(request(headers, INBOX, BODY));
    }
    assertEquals(0, fetches.get());
  }

  @Test
  void SEC_80_unreadableHeaders_areRefused() {
    for (String signature :
        new String[] {
          "", "keyId", "keyId=\"a", "keyId=\"a\",keyId=\"b\"", "=", "sig1=:AA==:", "keyId=\"a\"x"
        }) {
      Map<String, String> headers = signed(SignatureScheme.CAVAGE, CLOCK);
      headers.put("signature", signature);
      assertRefused(request(headers, INBOX, BODY));
    }
    for (String input :
        new String[] {
          "",
          "sig1",
          "sig1=",
          "sig1=(",
          "sig1=(\"@method\";req);created=1",
          "sig1=();created=1",
          "sig1=(\"@method\" \"@method\");created=1",
          "sig1=(\"@method\");created=1;created=2"
        }) {
      Map<String, String> headers = signed(SignatureScheme.RFC9421, CLOCK);
      headers.put("signature-input", input);
      assertRefused(request(headers, INBOX, BODY));
    }
  }

  @Test
  void SEC_80_rotatedKey_isFetchedOnceMore_andNotAgain() {
    RemoteKeys keys = keys();
    SignatureVerifier verifier = new SignatureVerifier(keys, CLOCK);
    published = TestKeys.otherRsa();
    SignedRequest request = request(signed(SignatureScheme.CAVAGE, CLOCK), INBOX, BODY);
    assertThrows(ActivityFailure.Unproven.class, () -> verifier.verify(request));
    assertEquals(2, fetches.get(), "one look-up and one refresh");
    published = TestKeys.rsa();
    assertThrows(ActivityFailure.Unproven.class, () -> verifier.verify(request));
    assertEquals(2, fetches.get(), "no second refresh within minutes");
  }

  @Test
  void SEC_80_shortRsaKey_isRefused() {
    published = TestKeys.make("RSA", 1024);
    Map<String, String> headers =
        new HashMap<>(
            new RequestSigner(CLOCK)
                .post(SignatureScheme.CAVAGE, INBOX, BODY, key(ACTOR + "#main-key", published)));
    headers.put("host", "alice.example");
    assertRefused(request(headers, INBOX, BODY));
  }

  @Test
  void proof_holdsForTheDocumentAlone() {
    ObjectNode document = ActivityJson.object();
    document.put("@context", As2.CONTEXT).put("id", "https://peer.example/1").put("n", 1.5);
    ObjectNode proved =
        IntegrityProof.add(
            document, ACTOR + "#ed", data -> sign("Ed25519", TestKeys.ed25519(), data), CLOCK);
    IntegrityProof proofs = new IntegrityProof(keys());
    assertEquals(ACTOR, proofs.verify(proved).orElseThrow().owner().value());
    ObjectNode changed = proved.deepCopy().put("n", 2);
    assertThrows(ActivityFailure.Unproven.class, () -> proofs.verify(changed));
    assertEquals(Optional.empty(), proofs.verify(document));
  }

  @Test
  void jcs_writesNumbersAndStringsAsEcmaScript() {
    // Numbers and results of RFC 8785, section 3.2.2 and appendix B.
    String json =
        "{\"numbers\":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001,-0,"
            + "9007199254740991,1e21,123456789012345680000,0.000001,1e-7],"
            + "\"string\":\"\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\\"\\/\","
            + "\"literals\":[null,true,false]}";
    String expected =
        "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27,0,"
            + "9007199254740991,1e+21,123456789012345680000,0.000001,1e-7],"
            + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}";
    ObjectNode read = lenient(json);
    assertEquals(expected, new String(Jcs.bytes(read), StandardCharsets.UTF_8));
  }

  /** Some numbers of the vectors are longer than strangers may send. */
  private static ObjectNode lenient(String json) {
    try {
      return (ObjectNode) new com.fasterxml.jackson.databind.ObjectMapper().readTree(json);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void base58_isItsOwnInverse() {
    byte[] bytes = {0, 0, 1, 2, (byte) 0xff, 0};
    assertArrayEquals(bytes, Base58.decode(Base58.encode(bytes)));
    assertEquals(
        "StV1DL6CwTryKyV", Base58.encode("hello world".getBytes(StandardCharsets.US_ASCII)));
    assertTrue(Base58.decode("").length == 0);
  }
}
