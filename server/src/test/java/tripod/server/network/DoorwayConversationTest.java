package tripod.server.network;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static tripod.server.wiring.MemberHost.ask;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.wiring.MemberHost;

/** The small addresses and the fields that every answer of a method has (atproto.md 1.1, 1.5). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorwayConversationTest {
  private static final String WHOSE = "/.well-known/atproto-did";

  private MemberHost host;
  private MemberHost.Member alice;

  @BeforeAll
  void start(@TempDir Path data) {
    host = new MemberHost(data, Map.of("limits.rate", "true"));
    alice = host.member("alice");
  }

  @AfterAll
  void stop() {
    host.close();
  }

  @Test
  void SEC_13_unknownHost_is421_butForWhoseHandleItIs() {
    ask()
        .header("Host", alice.handle())
        .get(host.origin() + WHOSE)
        .then()
        .statusCode(200)
        .body(equalTo(alice.did()));
    ask()
        .header("Host", "nobody.localhost")
        .get(host.origin() + WHOSE)
        .then()
        .statusCode(404)
        .contentType(startsWith("text/plain"))
        .body(equalTo("User not found"));
    for (String path : new String[] {"/", WHOSE + "/", "/xrpc/_health", "/robots.txt"}) {
      ask().header("Host", "nobody.localhost").get(host.origin() + path).then().statusCode(421);
    }
    ask().header("Host", "nobody.example").get(host.origin() + WHOSE).then().statusCode(421);
  }

  @Test
  void smallAddresses_answer() {
    ask().get(host.origin() + "/robots.txt").then().statusCode(200).body(startsWith("User-agent"));
    ask()
        .get(host.origin() + "/.well-known/change-password")
        .then()
        .statusCode(302)
        .header("Location", "/console");
    String check = host.origin() + "/internal/tls-allow";
    ask().get(check + "?domain=" + alice.handle()).then().statusCode(200);
    ask().get(check + "?domain=localhost").then().statusCode(200);
    ask().get(check + "?domain=nobody.localhost").then().statusCode(404);
    ask().get(check).then().statusCode(400);
  }

  @Test
  void SEC_15_limitedAnswer_tellsWhatIsLeft() {
    ask()
        .get(host.xrpc("com.atproto.server.describeServer"))
        .then()
        .statusCode(200)
        .header("RateLimit-Limit", "3000")
        .header("RateLimit-Policy", "3000;w=300")
        .header("RateLimit-Reset", startsWith("1"))
        .header("Access-Control-Expose-Headers", containsString("RateLimit-Reset"));
  }

  @Test
  void SEC_15_writes_areCountedByAccountInPoints() {
    var write =
        MemberHost.as(alice)
            .contentType("application/json")
            .body(
                "{\"repo\":\"%s\",\"writes\":[%s]}"
                    .formatted(
                        alice.did(),
                        String.join(
                            ",",
                            java.util.Collections.nCopies(
                                180,
                                "{\"$type\":\"com.atproto.repo.applyWrites#create\","
                                    + "\"collection\":\"com.example.note\",\"value\":{}}"))));
    for (int i = 1; i <= 9; i++) {
      write
          .post(host.xrpc("com.atproto.repo.applyWrites"))
          .then()
          .statusCode(200)
          .header("RateLimit-Policy", i < 4 ? "3000;w=300" : "5000;w=3600");
    }
    write
        .post(host.xrpc("com.atproto.repo.applyWrites"))
        .then()
        .statusCode(429)
        .header("Retry-After", notNullValue())
        .header("RateLimit-Policy", "5000;w=3600")
        .body("error", equalTo("RateLimitExceeded"));
  }

  @Test
  void wrongVerb_is400_andOptionsLastADay() {
    ask()
        .post(host.xrpc("com.atproto.server.describeServer"))
        .then()
        .statusCode(400)
        .body("error", equalTo("InvalidRequest"));
    ask().delete(host.xrpc("com.atproto.repo.createRecord")).then().statusCode(400);
    ask().head(host.xrpc("com.atproto.server.describeServer")).then().statusCode(200);
    ask()
        .header("Origin", "https://app.example")
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "authorization, atproto-proxy")
        .options(host.xrpc("com.example.anything"))
        .then()
        .statusCode(204)
        .header("Access-Control-Allow-Origin", "*")
        .header("Access-Control-Max-Age", "86400")
        .header("Access-Control-Allow-Headers", containsString("atproto-proxy"));
  }

  @Test
  void privateAnswers_areNobodysElse() {
    MemberHost.as(alice)
        .get(host.xrpc("com.atproto.server.getSession"))
        .then()
        .statusCode(200)
        .header("Cache-Control", "private")
        .header("Vary", containsString("Authorization"));
    ask()
        .get(host.xrpc("com.atproto.server.describeServer"))
        .then()
        .header("Cache-Control", nullValue());
  }
}
