package tripod.server.network;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tripod.server.wiring.MemberHost.as;
import static tripod.server.wiring.MemberHost.ask;

import io.restassured.http.ContentType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.network.FakeService.Asked;
import tripod.server.network.FakeService.Reply;
import tripod.server.wiring.MemberHost;

/** Service proxying as callers and services see it (atproto.md 1.4). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServiceProxyTest {
  private static final String ASK = "com.example.stub.ask";
  private static final String PROXY = "atproto-proxy";
  private static final int MEBIBYTE = 1024 * 1024;

  private FakeService service;
  private FakeService appView;
  private MemberHost host;
  private MemberHost.Member alice;
  private String appPassword;
  private String stub;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    service = new FakeService();
    appView = new FakeService();
    host =
        new MemberHost(
            data,
            Map.of(
                "atproto.appview.url",
                appView.origin(),
                "atproto.appview.did",
                "did:web:appview.example"));
    alice = host.member("alice");
    stub = service.named("stub");
    String word =
        as(alice)
            .contentType(ContentType.JSON)
            .body(Map.of("name", "a reader"))
            .post(host.xrpc("com.atproto.server.createAppPassword"))
            .path("password");
    appPassword =
        ask()
            .contentType(ContentType.JSON)
            .body(Map.of("identifier", alice.handle(), "password", word))
            .post(host.xrpc("com.atproto.server.createSession"))
            .path("accessJwt");
  }

  @BeforeEach
  void script() {
    service.on(ASK, Reply.json(200, "{\"hello\":\"stub\"}"));
  }

  @AfterAll
  void stop() {
    host.close();
    service.close();
    appView.close();
  }

  @Test
  void query_isForwardedWithATokenOfItsOwn() {
    as(alice)
        .header(PROXY, stub)
        .get(host.xrpc(ASK) + "?q=a%20b%26c&odd=%22%7C&x%5B%5D=1")
        .then()
        .statusCode(200)
        .body("hello", equalTo("stub"));
    Asked asked = service.last();
    assertEquals("GET", asked.verb());
    assertEquals("/xrpc/" + ASK + "?q=a%20b%26c&odd=%22%7C&x%5B%5D=1", asked.target());
    assertFalse(asked.fields().get("authorization").contains(alice.token()));
    String claims = asked.claims();
    assertTrue(claims.contains("\"iss\":\"" + alice.did() + "\""), claims);
    assertTrue(claims.contains("\"aud\":\"" + service.did() + "\""), claims);
    assertTrue(claims.contains("\"lxm\":\"" + ASK + "\""), claims);
    as(alice).header(PROXY, service.named("whole")).get(host.xrpc(ASK)).then().statusCode(200);
    assertFalse(service.last().claims().equals(claims), "a token was used twice");
  }

  @Test
  void fields_ofTheListAreForwarded_andNoOthers() {
    as(alice)
        .header(PROXY, stub)
        .header("Accept-Language", "rm, de;q=0.5")
        .header("Atproto-Accept-Labelers", "did:plc:ar7c4by46qjdydhdevvrndac;redact")
        .header("X-Bsky-Topics", "birds")
        .header("X-Atproto-Something", "new")
        .header("X-Other", "no")
        .header("Cookie", "a=b")
        .header("Forwarded", "for=1.2.3.4")
        .get(host.xrpc(ASK))
        .then()
        .statusCode(200);
    Map<String, String> fields = service.last().fields();
    assertEquals("rm, de;q=0.5", fields.get("accept-language"));
    assertEquals("did:plc:ar7c4by46qjdydhdevvrndac;redact", fields.get("atproto-accept-labelers"));
    assertEquals("birds", fields.get("x-bsky-topics"));
    assertEquals("new", fields.get("x-atproto-something"));
    for (String name : new String[] {"x-other", "cookie", "forwarded", PROXY, "content-type"}) {
      assertFalse(fields.containsKey(name), name + " was forwarded");
    }
  }

  @Test
  void answer_keepsTheFieldsOfTheList_andNoOthers() {
    service.on(
        ASK,
        Reply.json(200, "{}")
            .with("Atproto-Repo-Rev", "3mbfvv7imxk22")
            .with("Atproto-Content-Labelers", "did:web:labels.example")
            .with("Content-Language", "rm")
            .with("Set-Cookie", "a=b")
            .with("X-Other", "no")
            .with("Access-Control-Allow-Origin", "https://only.example"));
    as(alice)
        .header(PROXY, stub)
        .get(host.xrpc(ASK))
        .then()
        .statusCode(200)
        .header("Atproto-Repo-Rev", "3mbfvv7imxk22")
        .header("Atproto-Content-Labelers", "did:web:labels.example")
        .header("Content-Language", "rm")
        .header("Content-Type", containsString("application/json"))
        .header("Access-Control-Allow-Origin", "*")
        .header("Access-Control-Expose-Headers", containsString("Atproto-Repo-Rev"))
        .header("Cache-Control", "private")
        .header("Vary", containsString("Authorization"))
        .header("X-Content-Type-Options", "nosniff")
        .header("Set-Cookie", nullValue())
        .header("X-Other", nullValue());
  }

  @Test
  void procedure_isForwardedWithItsBody() {
    service.on("com.example.stub.do", Reply.json(200, "{\"done\":true}"));
    as(alice)
        .header(PROXY, stub)
        .contentType("application/json")
        .body("{\"x\": 1}")
        .post(host.xrpc("com.example.stub.do"))
        .then()
        .statusCode(200)
        .body("done", is(true));
    assertEquals("{\"x\": 1}", service.last().body());
    assertEquals("application/json", service.last().fields().get("content-type"));
    as(alice).header(PROXY, stub).post(host.xrpc("com.example.stub.do")).then().statusCode(200);
    assertEquals("", service.last().body());
  }

  @Test
  void file_passesThroughWithoutBeingHeld() {
    service.on("com.example.stub.upload", Reply.json(200, "{}"));
    byte[] film = new byte[3 * MEBIBYTE];
    as(alice)
        .header(PROXY, stub)
        .contentType("video/mp4")
        .body(film)
        .post(host.xrpc("com.example.stub.upload"))
        .then()
        .statusCode(200);
    assertEquals(film.length, service.last().body().length());
    assertEquals("video/mp4", service.last().fields().get("content-type"));
  }

  @Test
  void head_isForwarded_withoutABody() {
    as(alice).header(PROXY, stub).head(host.xrpc(ASK)).then().statusCode(200).body(equalTo(""));
    assertEquals("HEAD", service.last().verb());
  }

  @Test
  void packedAnswer_isHandedOnAsItIs() {
    service.on(ASK, Reply.json(200, "{\"hello\":\"packed\"}").packed());
    as(alice)
        .header(PROXY, stub)
        .header("Accept-Encoding", "br, gzip")
        .get(host.xrpc(ASK))
        .then()
        .statusCode(200)
        .header("Content-Encoding", "gzip")
        .body("hello", equalTo("packed"));
    assertEquals("gzip", service.last().fields().get("accept-encoding"));
    as(alice).header(PROXY, stub).header("Accept-Encoding", "br, gzip;q=0").get(host.xrpc(ASK));
    assertEquals("identity", service.last().fields().get("accept-encoding"));
  }

  @Test
  void servicesFault_comesBackAsItIs() {
    service.on(
        ASK,
        Reply.json(429, "{\"error\":\"StubSaysNo\",\"message\":\"not now\",\"inside\":1}")
            .with("Retry-After", "7"));
    as(alice)
        .header(PROXY, stub)
        .get(host.xrpc(ASK))
        .then()
        .statusCode(429)
        .header("Retry-After", "7")
        .body("error", equalTo("StubSaysNo"))
        .body("message", equalTo("not now"))
        .body("inside", nullValue());
    service.on(ASK, new Reply(404, Map.of("Content-Type", "text/html"), "<html>".getBytes()));
    as(alice)
        .header(PROXY, stub)
        .get(host.xrpc(ASK))
        .then()
        .statusCode(404)
        .body("error", equalTo("XRPCNotSupported"))
        .body(not(containsString("html")));
  }

  @Test
  void servicesOwnFailure_isOur502() {
    service.on(ASK, Reply.json(500, "{\"error\":\"InternalServerError\",\"message\":\"oh\"}"));
    as(alice).header(PROXY, stub).get(host.xrpc(ASK)).then().statusCode(502);
    service.on(ASK, Reply.json(503, "{}"));
    as(alice)
        .header(PROXY, stub)
        .get(host.xrpc(ASK))
        .then()
        .statusCode(503)
        .body("error", equalTo("NotEnoughResources"));
  }

  @Test
  void SEC_22_redirect_isNotFollowed() {
    service.on(ASK, Reply.json(302, "{}").with("Location", appView.origin() + "/xrpc/" + ASK));
    as(alice)
        .header(PROXY, stub)
        .get(host.xrpc(ASK))
        .then()
        .statusCode(502)
        .body("error", equalTo("UpstreamFailure"))
        .header("Location", nullValue());
    assertEquals(0, appView.count(ASK));
  }

  @Test
  void SEC_20_SEC_21_serviceInsideTheHouse_isNotAsked() {
    as(alice)
        .header(PROXY, service.named("inside"))
        .get(host.xrpc(ASK))
        .then()
        .statusCode(400)
        .body("error", equalTo("InvalidRequest"));
    as(alice)
        .header(PROXY, service.named("nobody"))
        .get(host.xrpc(ASK))
        .then()
        .statusCode(502)
        .body("error", equalTo("UpstreamFailure"));
  }

  @Test
  void SEC_23_tooLargeAnswer_isRefusedOrCutOff() {
    service.on(ASK, new Reply(200, Map.of(), new byte[11 * MEBIBYTE]).packed());
    long got;
    try {
      got =
          as(alice)
              .header(PROXY, stub)
              .header("Accept-Encoding", "gzip")
              .get(host.xrpc(ASK))
              .then()
              .extract()
              .asByteArray()
              .length;
    } catch (UncheckedIOException | IllegalStateException cut) {
      got = 0;
    }
    assertTrue(got < 11 * MEBIBYTE, "all of it came");
    service.on(ASK, Reply.json(200, "{}"));
    as(alice).header(PROXY, stub).get(host.xrpc(ASK)).then().statusCode(200);
  }

  @Test
  void answerThatIsNotPackedAsItSays_is502_readableByOtherOrigins() {
    service.on(ASK, Reply.json(200, "{}").with("Content-Encoding", "gzip"));
    as(alice)
        .header(PROXY, stub)
        .header("Accept-Encoding", "gzip")
        .get(host.xrpc(ASK))
        .then()
        .statusCode(502)
        .header("Access-Control-Allow-Origin", "*")
        .body("error", equalTo("UpstreamFailure"));
    service.on(ASK, Reply.json(200, "{}").with("Content-Encoding", "br"));
    as(alice).header(PROXY, stub).get(host.xrpc(ASK)).then().statusCode(502);
  }

  @Test
  void recordOfAnotherHost_isAskedOfTheAppView_asNobody() {
    String method = "com.atproto.repo.getRecord";
    appView.on(method, Reply.json(200, "{\"uri\":\"at://x\"}"));
    String query = "?collection=app.bsky.feed.post&rkey=3mbgmyhmk5s22&repo=";
    ask()
        .get(host.xrpc(method) + query + "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb")
        .then()
        .statusCode(200)
        .body("uri", equalTo("at://x"));
    assertFalse(appView.last().fields().containsKey("authorization"));
    ask()
        .get(host.xrpc(method) + query + alice.did())
        .then()
        .statusCode(400)
        .body("error", equalTo("RecordNotFound"));
  }

  @Test
  void SEC_24_serviceThatNeverAnswers_isLeftAlone() throws IOException {
    try (FakeService gone = new FakeService()) {
      String name = gone.named("nobody");
      for (int i = 0; i < 7; i++) {
        as(alice)
            .header(PROXY, name)
            .get(host.xrpc(ASK))
            .then()
            .statusCode(502)
            .body("error", equalTo("UpstreamFailure"));
      }
      as(alice)
          .header(PROXY, name)
          .get(host.xrpc(ASK))
          .then()
          .body("message", containsString("left alone"));
    }
  }

  @Test
  void SEC_11_tooLargeBody_isRefused() {
    as(alice)
        .header(PROXY, stub)
        .contentType("application/json")
        .body(new byte[151 * 1024])
        .post(host.xrpc("com.example.stub.do"))
        .then()
        .statusCode(413)
        .body("error", equalTo("PayloadTooLarge"));
  }

  @Test
  void unknownServices_areRefused() {
    for (String name :
        new String[] {
          "rubbish",
          service.did().value(),
          service.did() + "#",
          service.did() + "#a#b",
          "#stub",
          service.did() + "#st ub",
          service.named("nothing"),
          "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa#stub"
        }) {
      as(alice)
          .header(PROXY, name)
          .get(host.xrpc(ASK))
          .then()
          .statusCode(400)
          .body("error", equalTo("InvalidRequest"));
    }
  }

  @Test
  void serviceWhoseIdentityCannotBeAsked_isAFaultOfTheNetwork() {
    as(alice)
        .header(PROXY, "did:web:localhost%3A1#stub")
        .get(host.xrpc(ASK))
        .then()
        .statusCode(502)
        .body("error", equalTo("UpstreamFailure"));
  }

  @Test
  void SEC_59_ourselves_areNoWayAround() {
    String own = ask().get(host.xrpc("com.atproto.server.describeServer")).path("did");
    as(alice)
        .header(PROXY, own + "#atproto_pds")
        .get(host.xrpc("com.example.stub.ask"))
        .then()
        .statusCode(400)
        .body("error", equalTo("InvalidToken"));
  }

  @Test
  void withoutAToken_nobodyIsAsked() {
    long before = service.count(ASK);
    ask()
        .header(PROXY, stub)
        .get(host.xrpc(ASK))
        .then()
        .statusCode(401)
        .body("error", equalTo("AuthMissing"));
    assertEquals(before, service.count(ASK));
  }

  @Test
  void protectedMethod_isForwardedForNobody() {
    for (String method :
        new String[] {"com.atproto.server.UPDATEEMAIL", "com.atproto.server.GETSESSION"}) {
      as(alice)
          .header(PROXY, stub)
          .get(host.xrpc(method))
          .then()
          .statusCode(400)
          .body("error", equalTo("InvalidToken"))
          .body("message", equalTo("Bad token method"));
    }
  }

  @Test
  void privilegedMethod_isNotForAPlainAppPassword() {
    service.on("chat.bsky.convo.listConvos", Reply.json(200, "{}"));
    as(appPassword)
        .header(PROXY, stub)
        .get(host.xrpc("chat.bsky.convo.listConvos"))
        .then()
        .statusCode(400)
        .body("error", equalTo("InvalidToken"));
    as(alice)
        .header(PROXY, stub)
        .get(host.xrpc("chat.bsky.convo.listConvos"))
        .then()
        .statusCode(200);
    as(appPassword).header(PROXY, stub).get(host.xrpc(ASK)).then().statusCode(200);
  }

  @Test
  void unnamedService_isTheAppView_whichIsNotLookedUp() {
    appView.on("app.bsky.graph.getFollows", Reply.json(200, "{\"follows\":[]}"));
    as(alice).get(host.xrpc("app.bsky.graph.getFollows") + "?actor=x").then().statusCode(200);
    assertTrue(appView.last().claims().contains("\"aud\":\"did:web:appview.example\""));
    as(alice)
        .get(host.xrpc("tools.ozone.moderation.queryEvents"))
        .then()
        .statusCode(400)
        .body("error", equalTo("InvalidRequest"))
        .body("message", containsString("No service configured"));
  }

  @Test
  void noMethod_isNoService() {
    as(alice).get(host.origin() + "/xrpc/").then().statusCode(404);
    as(alice).get(host.xrpc("not-a-method")).then().statusCode(400);
    as(alice)
        .header(PROXY, stub)
        .put(host.xrpc(ASK))
        .then()
        .statusCode(400)
        .body("error", equalTo("InvalidRequest"));
  }
}
