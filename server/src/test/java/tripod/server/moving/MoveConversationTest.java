package tripod.server.moving;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tripod.identity.did.PlcOperation;
import tripod.identity.did.PlcState;
import tripod.identity.key.DidKey;
import tripod.identity.key.Secp256k1;

/** Whole moves of an account between two servers, as a client makes them (atproto.md 4.7). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MoveConversationTest {
  private static final String SERVER = "com.atproto.server.";
  private static final String IDENTITY = "com.atproto.identity.";
  private static final String CREATE = SERVER + "createAccount";
  private static final String CAR = "application/vnd.ipld.car";
  private static final byte[] PICTURE =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

  private MailSink mail;
  private Host directory;
  private Host from;
  private Host to;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    mail = new MailSink();
    directory = Host.start(data.resolve("plc"), "", mail.address());
    from = Host.start(data.resolve("from"), directory.origin(), mail.address());
    to = Host.start(data.resolve("to"), directory.origin(), mail.address());
  }

  @AfterAll
  void stop() throws IOException {
    to.close();
    from.close();
    directory.close();
    mail.close();
  }

  private static String serviceToken(Host host, String token, Host audience) {
    return host.get(token, SERVER + "getServiceAuth", Map.of("aud", audience.did(), "lxm", CREATE))
        .then()
        .statusCode(200)
        .extract()
        .path("token");
  }

  private static Map<String, String> arrival(String did, String name) {
    return Map.of(
        "did",
        did,
        "handle",
        name + ".localhost",
        "email",
        name + "@new.test",
        "password",
        Host.PASSWORD);
  }

  private static byte[] archive(Host host, String token, String did) {
    return host.get(token, "com.atproto.sync.getRepo", Map.of("did", did))
        .then()
        .statusCode(200)
        .extract()
        .asByteArray();
  }

  @Test
  void move_stepByStep_carriesEverythingAndLeavesTheOldHostReadable() throws Exception {
    JsonPath old = from.signUp("mover", Map.of());
    String did = old.getString("did");
    String here = old.getString("accessJwt");
    Map<String, Object> blob =
        from.send(here, "com.atproto.repo.uploadBlob", "image/png", PICTURE).path("blob");
    Map<String, Object> post = new HashMap<>();
    post.put("$type", "app.bsky.feed.post");
    post.put("text", "with a picture");
    post.put("createdAt", "2026-11-26T12:00:00.000Z");
    post.put(
        "embed",
        Map.of(
            "$type",
            "app.bsky.embed.images",
            "images",
            List.of(Map.of("alt", "a dot", "image", blob))));
    from.post(
            here,
            "com.atproto.repo.createRecord",
            Map.of("repo", did, "collection", "app.bsky.feed.post", "record", post))
        .then()
        .statusCode(200);
    from.post(
            here,
            "app.bsky.actor.putPreferences",
            Map.of(
                "preferences",
                List.of(
                    Map.of(
                        "$type",
                        "app.bsky.actor.defs#personalDetailsPref",
                        "birthDate",
                        "1990-01-01T00:00:00.000Z"))))
        .then()
        .statusCode(200);

    // Without the word of the identity nobody gets its account; with it, it is born asleep.
    to.post("", CREATE, arrival(did, "moved")).then().statusCode(401);
    JsonPath begun =
        to.post(serviceToken(from, here, to), CREATE, arrival(did, "moved"))
            .then()
            .statusCode(200)
            .body("active", equalTo(false))
            .body("status", equalTo("deactivated"))
            .extract()
            .jsonPath();
    String there = begun.getString("accessJwt");

    // A move that stopped here is taken up again, with a new token, by the same name alone.
    to.post(serviceToken(from, here, to), CREATE, arrival(did, "renamed")).then().statusCode(400);
    there =
        to.post(serviceToken(from, here, to), CREATE, arrival(did, "moved"))
            .then()
            .statusCode(200)
            .body("did", equalTo(did))
            .extract()
            .path("accessJwt");

    byte[] car = archive(from, here, did);
    to.send(there, "com.atproto.repo.importRepo", CAR, car).then().statusCode(200);
    to.send(there, "com.atproto.repo.importRepo", CAR, car).then().statusCode(200); // repeatable
    to.get(there, SERVER + "checkAccountStatus", Map.of())
        .then()
        .body("activated", equalTo(false))
        .body("validDid", equalTo(false))
        .body("indexedRecords", equalTo(1))
        .body("expectedBlobs", equalTo(1))
        .body("importedBlobs", equalTo(0))
        .body("privateStateValues", equalTo(0));
    List<String> missing =
        to.get(there, "com.atproto.repo.listMissingBlobs", Map.of()).path("blobs.cid");
    for (String cid : missing) {
      byte[] bytes =
          from.get(here, "com.atproto.sync.getBlob", Map.of("did", did, "cid", cid))
              .then()
              .statusCode(200)
              .extract()
              .asByteArray();
      to.send(there, "com.atproto.repo.uploadBlob", "image/png", bytes).then().statusCode(200);
    }
    to.get(there, "com.atproto.repo.listMissingBlobs", Map.of()).then().body("blobs", hasSize(0));
    to.post(
            there,
            "app.bsky.actor.putPreferences",
            from.get(here, "app.bsky.actor.getPreferences", Map.of()).asString())
        .then()
        .statusCode(200);

    // The identity still points to the old host, so the account may not wake.
    to.post(there, SERVER + "activateAccount", "").then().statusCode(400);
    switchIdentity("mover@mail.test", here, there);
    to.post(there, SERVER + "activateAccount", "").then().statusCode(200);
    to.get(there, SERVER + "checkAccountStatus", Map.of())
        .then()
        .body("activated", equalTo(true))
        .body("validDid", equalTo(true))
        .body("importedBlobs", equalTo(1))
        .body("privateStateValues", equalTo(1));
    to.postText(there, did, "written in the new place");

    // The old host speaks for the identity no more, and an account that woke is nobody's to resume.
    to.post(serviceToken(from, here, to), CREATE, arrival(did, "moved")).then().statusCode(401);
    to.post(serviceToken(to, there, to), CREATE, arrival(did, "moved")).then().statusCode(400);

    // The old host: asleep, gone for strangers, readable for its owner.
    from.post(here, SERVER + "deactivateAccount", Map.of()).then().statusCode(200);
    from.get("", "com.atproto.sync.getRepo", Map.of("did", did))
        .then()
        .statusCode(400)
        .body("error", equalTo("RepoDeactivated"));
    from.get(here, "com.atproto.sync.getRepo", Map.of("did", did)).then().statusCode(200);
    from.get(here, "com.atproto.sync.getBlob", Map.of("did", did, "cid", missing.getFirst()))
        .then()
        .statusCode(200);
    from.get(here, "app.bsky.actor.getPreferences", Map.of())
        .then()
        .statusCode(200)
        .body("preferences", hasSize(1));
  }

  private void switchIdentity(String address, String here, String there) throws Exception {
    Map<String, Object> wanted =
        to.get(there, IDENTITY + "getRecommendedDidCredentials", Map.of())
            .then()
            .statusCode(200)
            .extract()
            .path("");
    from.post(here, IDENTITY + "requestPlcOperationSignature", "").then().statusCode(200);
    Map<String, Object> request = new HashMap<>(wanted);
    from.post(here, IDENTITY + "signPlcOperation", request).then().statusCode(400); // no code
    request.put("token", mail.code(address));
    Object operation =
        from.post(here, IDENTITY + "signPlcOperation", request)
            .then()
            .statusCode(200)
            .extract()
            .path("operation");
    to.post(there, IDENTITY + "submitPlcOperation", Map.of("operation", operation))
        .then()
        .statusCode(200);
  }

  @Test
  void move_didWebServedHere_changesItsDocumentByMailCode() throws Exception {
    String port = from.origin().substring(from.origin().lastIndexOf(':') + 1);
    String did = "did:web:webby.localhost%3A" + port;
    String here = from.signUp("webby", Map.of("did", did)).getString("accessJwt");
    from.atPod("webby", "/.well-known/did.json")
        .then()
        .statusCode(200)
        .body("id", equalTo(did))
        .body("alsoKnownAs", equalTo(List.of("at://webby.localhost")))
        .body("service[0].serviceEndpoint", equalTo(from.origin()));
    from.signUp("plain", Map.of());
    from.atPod("plain", "/.well-known/did.json").then().statusCode(404);
    from.postText(here, did, "from a name of my own");

    String there =
        to.post(serviceToken(from, here, to), CREATE, arrival(did, "webbed"))
            .then()
            .statusCode(200)
            .extract()
            .path("accessJwt");
    to.send(there, "com.atproto.repo.importRepo", CAR, archive(from, here, did))
        .then()
        .statusCode(200);
    to.post(there, SERVER + "activateAccount", "").then().statusCode(400);
    switchIdentity("webby@mail.test", here, there);
    from.atPod("webby", "/.well-known/did.json")
        .then()
        .body("alsoKnownAs", equalTo(List.of("at://webbed.localhost")))
        .body("service[0].serviceEndpoint", equalTo(to.origin()));
    to.post(there, SERVER + "activateAccount", "").then().statusCode(200);
    to.postText(there, did, "and it goes on");
  }

  @Test
  void move_oldHostGone_theMembersOwnKeyIsEnough(@TempDir Path data) throws Exception {
    byte[] own = Secp256k1.generate(new SecureRandom());
    String ownKey = DidKey.ofSecp256k1(own).toString();
    String did;
    byte[] backup;
    try (Host lost = Host.start(data, directory.origin(), mail.address())) {
      JsonPath session = lost.signUp("stray", Map.of("recoveryKey", ownKey));
      did = session.getString("did");
      lost.postText(session.getString("accessJwt"), did, "saved in time");
      backup = archive(lost, session.getString("accessJwt"), did);
    }

    // Nobody answers at the old host. The member lets their own key speak for the identity.
    PlcState state = state(did);
    submit(did, own, with(state, state.rotationKeys(), ownKey, state.services()));
    String there =
        to.post(offlineToken(did, own, to.did()), CREATE, arrival(did, "found"))
            .then()
            .statusCode(200)
            .extract()
            .path("accessJwt");
    to.send(there, "com.atproto.repo.importRepo", CAR, backup).then().statusCode(200);

    JsonPath wanted = to.get(there, IDENTITY + "getRecommendedDidCredentials", Map.of()).jsonPath();
    submit(
        did,
        own,
        with(
                state(did),
                List.of(ownKey, wanted.getString("rotationKeys[0]")),
                wanted.getString("verificationMethods.atproto"),
                Map.of(
                    "atproto_pds", new PlcState.Service("AtprotoPersonalDataServer", to.origin())))
            .withHandle(new tripod.syntax.Handle("found.localhost")));
    to.post(there, SERVER + "activateAccount", "").then().statusCode(200);
    to.get(
            "",
            "com.atproto.repo.listRecords",
            Map.of("repo", did, "collection", "app.bsky.feed.post"))
        .then()
        .body("records.value.text", equalTo(List.of("saved in time")));
  }

  @Test
  void takenDown_ownerMayStillLeave() {
    JsonPath old = from.signUp("ousted", Map.of());
    String did = old.getString("did");
    from.postText(old.getString("accessJwt"), did, "the last word");
    io.restassured.RestAssured.given()
        .baseUri(from.origin())
        .header("Authorization", "Bearer " + Host.ADMIN)
        .contentType("application/json")
        .body("{\"state\":\"suspended\"}")
        .post("/api/admin/accounts/ousted.localhost/state")
        .then()
        .statusCode(200);
    Map<String, Object> signIn =
        new HashMap<>(Map.of("identifier", "ousted.localhost", "password", Host.PASSWORD));
    from.post("", SERVER + "createSession", signIn).then().statusCode(401);
    signIn.put("allowTakendown", true);
    Response session = from.post("", SERVER + "createSession", signIn);
    session.then().statusCode(200).body("active", equalTo(false));
    String token = session.path("accessJwt");

    from.get("", "com.atproto.sync.getRepo", Map.of("did", did)).then().statusCode(400);
    assertEquals(true, archive(from, token, did).length > 100);
    from.get(
            token,
            SERVER + "getServiceAuth",
            Map.of("aud", to.did(), "lxm", "app.bsky.feed.getTimeline"))
        .then()
        .statusCode(401);
    to.post(serviceToken(from, token, to), CREATE, arrival(did, "taken-in")).then().statusCode(200);
    from.post(token, IDENTITY + "requestPlcOperationSignature", "").then().statusCode(200);
    from.get(token, SERVER + "checkAccountStatus", Map.of())
        .then()
        .statusCode(200)
        .body("indexedRecords", greaterThan(0));
  }

  @Test
  void SEC_35_import_foreignOrUnsignedArchive_isRefused() {
    JsonPath one = from.signUp("honest", Map.of());
    JsonPath two = from.signUp("curious", Map.of());
    from.postText(one.getString("accessJwt"), one.getString("did"), "mine");
    byte[] car = archive(from, one.getString("accessJwt"), one.getString("did"));
    from.send(two.getString("accessJwt"), "com.atproto.repo.importRepo", CAR, car)
        .then()
        .statusCode(400);
    byte[] bent = car.clone();
    bent[bent.length - 1] ^= 1;
    from.send(one.getString("accessJwt"), "com.atproto.repo.importRepo", CAR, bent)
        .then()
        .statusCode(400);
  }

  @Test
  void SEC_59_createAccount_tokenOfAnotherOrUsedTwice_isRefused() {
    JsonPath one = from.signUp("first-one", Map.of());
    String did = one.getString("did");
    JsonPath two = from.signUp("second-one", Map.of());
    to.post(serviceToken(from, two.getString("accessJwt"), to), CREATE, arrival(did, "nobodys"))
        .then()
        .statusCode(401);
    String elsewhere = serviceToken(from, one.getString("accessJwt"), from);
    to.post(elsewhere, CREATE, arrival(did, "nobodys")).then().statusCode(401);
    String token = serviceToken(from, one.getString("accessJwt"), to);
    to.post(token, CREATE, arrival(did, "somebodys")).then().statusCode(200);
    to.post(token, CREATE, arrival(did, "somebodys")).then().statusCode(401);
    to.post("", CREATE, arrival("did:web:unreachable.localhost%3A1", "webless"))
        .then()
        .statusCode(401);
    to.post(token, CREATE, arrival("did:web:unreachable.localhost%3A1", "webless"))
        .then()
        .statusCode(400);
  }

  private PlcState state(String did) throws IOException {
    String last =
        io.restassured.RestAssured.get(directory.origin() + "/" + did + "/log/last").asString();
    JsonNode json = new ObjectMapper().readTree(last);
    return PlcOperation.parse(json).state().orElseThrow();
  }

  private static PlcState with(
      PlcState state,
      List<String> rotation,
      String signing,
      Map<String, PlcState.Service> services) {
    return new PlcState(rotation, Map.of("atproto", signing), state.alsoKnownAs(), services);
  }

  /** Signs with a key that no server has, and sends straight to the directory. */
  private void submit(String did, byte[] key, PlcState state) throws IOException {
    String last =
        io.restassured.RestAssured.get(directory.origin() + "/" + did + "/log/last").asString();
    String prev = PlcOperation.parse(new ObjectMapper().readTree(last)).cid();
    PlcOperation operation =
        PlcOperation.sign(state, Optional.of(prev), bytes -> Secp256k1.sign(key, bytes));
    io.restassured.RestAssured.given()
        .contentType("application/json")
        .body(operation.json().toString())
        .post(directory.origin() + "/" + did)
        .then()
        .statusCode(200);
  }

  private static String offlineToken(String did, byte[] key, String audience) {
    long now = Instant.now().getEpochSecond();
    String input =
        base64("{\"typ\":\"JWT\",\"alg\":\"ES256K\"}")
            + "."
            + base64(
                "{\"iss\":\"%s\",\"aud\":\"%s\",\"lxm\":\"%s\",\"iat\":%d,\"exp\":%d,\"jti\":\"%d\"}"
                    .formatted(did, audience, CREATE, now, now + 60, System.nanoTime()));
    byte[] signature = Secp256k1.sign(key, input.getBytes(StandardCharsets.US_ASCII));
    return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
