package tripod.server.network;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static tripod.server.wiring.MemberHost.as;
import static tripod.server.wiring.MemberHost.ask;

import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.network.FakeService.Reply;
import tripod.server.wiring.MemberHost;

/** Tokens by which services call here for members, and reports with nobody to send them to. */
class ServiceTokensTest {
  private static final String UPLOAD = "com.atproto.repo.uploadBlob";
  private static final String REPORT = "com.atproto.moderation.createReport";

  @TempDir Path data;
  private MemberHost host;
  private MemberHost.Member alice;

  @BeforeEach
  void start() {
    host = new MemberHost(data, Map.of());
    alice = host.member("alice");
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private String did() {
    return ask().get(host.xrpc("com.atproto.server.describeServer")).path("did");
  }

  private String token(String audience, String method, int seconds) {
    return as(alice)
        .get(
            host.xrpc("com.atproto.server.getServiceAuth")
                + "?aud="
                + URLEncoder.encode(audience, StandardCharsets.UTF_8)
                + "&lxm="
                + method
                + "&exp="
                + (Instant.now().getEpochSecond() + seconds))
        .then()
        .statusCode(200)
        .extract()
        .path("token");
  }

  private ValidatableResponse upload(String token) {
    return as(token)
        .contentType("video/mp4")
        .body("a film".getBytes(StandardCharsets.UTF_8))
        .post(host.xrpc(UPLOAD))
        .then();
  }

  @Test
  void SEC_59_upload_withATokenOfItsOwn_onceAlsoAcrossARestart() {
    String token = token(did(), UPLOAD, 1_500);
    upload(token).statusCode(200).body("blob.mimeType", equalTo("video/mp4"));
    upload(token).statusCode(401).body("error", equalTo("BadJwt"));
    host.restart();
    upload(token).statusCode(401).body("error", equalTo("BadJwt"));
    upload(token(did() + "#atproto_pds", UPLOAD, 60)).statusCode(200);
  }

  @Test
  void SEC_59_tokenForSomethingElse_isRefusedByName() {
    upload(token(did() + "#other", UPLOAD, 60))
        .statusCode(401)
        .body("error", equalTo("BadJwtAudience"));
    upload(token("did:web:elsewhere.example", UPLOAD, 60))
        .statusCode(401)
        .body("error", equalTo("BadJwtAudience"));
    upload(token(did(), "app.bsky.feed.getTimeline", 60))
        .statusCode(401)
        .body("error", equalTo("BadJwtLexiconMethod"));
    upload(token(did(), UPLOAD, 3_500)).statusCode(401).body("error", equalTo("BadExpiration"));
    as(token(did(), "com.atproto.server.getSession2", 60))
        .get(host.xrpc("com.atproto.server.getSession"))
        .then()
        .statusCode(400)
        .body("error", equalTo("InvalidToken"));
  }

  private ValidatableResponse report(String proxy) {
    var request =
        as(alice)
            .contentType("application/json")
            .body(
                "{\"reasonType\":\"com.atproto.moderation.defs#reasonSpam\",\"reason\":\"again\","
                    + "\"subject\":{\"$type\":\"com.atproto.admin.defs#repoRef\",\"did\":\""
                    + "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb\"}}");
    return (proxy.isEmpty() ? request : request.header("atproto-proxy", proxy))
        .post(host.xrpc(REPORT))
        .then();
  }

  private ValidatableResponse reports() {
    return MemberHost.admin().get(host.origin() + "/api/admin/reports").then().statusCode(200);
  }

  @Test
  void report_withNobodyToSendItTo_isKeptForTheOperator() throws IOException {
    int id =
        report("")
            .statusCode(200)
            .body("reportedBy", equalTo(alice.did()))
            .body("subject.did", equalTo("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb"))
            .extract()
            .path("id");
    reports().body("reports", hasSize(1)).body("reports[0].reason", equalTo("again"));
    MemberHost.admin()
        .post(host.origin() + "/api/admin/reports/" + id + "/close")
        .then()
        .statusCode(200);
    reports().body("reports", hasSize(0));
    try (FakeService labeler = new FakeService()) {
      labeler.on(REPORT, Reply.json(200, "{\"id\":7}"));
      report(labeler.named("stub")).statusCode(200).body("id", equalTo(7));
    }
    reports().body("reports", hasSize(0));
  }
}
