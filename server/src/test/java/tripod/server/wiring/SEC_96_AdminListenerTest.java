package tripod.server.wiring;

import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real host: one listener for the proxy, and one on loopback for its keeper and its verbs. */
class SEC_96_AdminListenerTest {
  private static final String ASK = "/internal/tls-allow";
  private static final String SERVICE = "pods.coop.example";

  private static Running server;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("tripod.toml");
    Files.writeString(
        file,
        """
        [host]
        origin = "https://%s"
        member-domains = ["coop.example"]
        data = "%s"
        port = 0

        [identity]
        plc = "embedded"
        """
            .formatted(SERVICE, folder.resolve("data")));
    server = Running.start(new HashMap<>(Map.of("config", file.toString())), Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String admin(String path) {
    return server.adminNote().address() + path;
  }

  private static RequestSpecification keeper() {
    return MemberHost.ask()
        .header("Authorization", "Bearer " + server.adminNote().token())
        .contentType(ContentType.JSON);
  }

  private static int allowed(String domain) {
    return MemberHost.ask().get(admin(ASK + "?domain=" + domain)).statusCode();
  }

  private static RequestSpecification atProxy(String host) {
    return MemberHost.ask().header("Host", host);
  }

  private static String proxied(String path) {
    return "http://127.0.0.1:" + server.port() + path;
  }

  @Test
  void tlsAllow_isForHostsThatLeadSomewhere_andKeepersMakeMembersUninvited() {
    assertEquals(200, allowed(SERVICE));
    assertEquals(200, allowed("PODS.coop.example"));
    assertEquals(404, allowed("alice.coop.example"));
    assertEquals(404, allowed("elsewhere.example"));
    assertEquals(400, allowed(""));
    keeper()
        .body(Map.of("name", "alice", "password", MemberHost.PASSWORD))
        .post(admin("/api/admin/accounts"))
        .then()
        .statusCode(200)
        .body("handle", equalTo("alice.coop.example"));
    assertEquals(200, allowed("alice.coop.example"));
    // What its keeper may, strangers need an invitation for.
    atProxy(SERVICE)
        .contentType(ContentType.JSON)
        .body(
            Map.of(
                "handle", "bob.coop.example",
                "email", "bob@elsewhere.example",
                "password", MemberHost.PASSWORD))
        .post(proxied("/xrpc/com.atproto.server.createAccount"))
        .then()
        .statusCode(400)
        .body("error", equalTo("InvalidInviteCode"));
    keeper()
        .body(Map.of("state", "suspended"))
        .post(admin("/api/admin/accounts/alice.coop.example/state"))
        .then()
        .statusCode(200);
    assertEquals(404, allowed("alice.coop.example"));
  }

  @Test
  void internalAddresses_areNotOnTheProxysListener() {
    String asked = proxied(ASK + "?domain=" + SERVICE);
    atProxy(SERVICE).get(proxied("/xrpc/_health")).then().statusCode(200);
    atProxy(SERVICE).get(asked).then().statusCode(404);
    keeper().header("Host", SERVICE).get(proxied("/api/admin/accounts")).then().statusCode(404);
    keeper().get(admin("/api/admin/accounts")).then().statusCode(200);
    atProxy("127.0.0.1:" + server.port()).get(asked).then().statusCode(421);
    atProxy("localhost").get(asked).then().statusCode(421);
  }

  @Test
  void adminListener_isOnLoopback_andAnswersToItsOwnNamesAlone() {
    URI address = URI.create(server.adminNote().address());
    assertEquals("127.0.0.1", address.getHost());
    assertTrue(address.getPort() != server.port());
    String asked = admin(ASK + "?domain=" + SERVICE);
    for (String name : new String[] {"localhost:" + address.getPort(), "[::1]", SERVICE}) {
      atProxy(name).get(asked).then().statusCode(200);
    }
    // A page elsewhere whose name was made to lead to loopback.
    atProxy("evil.example").get(asked).then().statusCode(421);
    MemberHost.ask().get(admin("/api/admin/accounts")).then().statusCode(401);
    keeper().get(admin("/api/admin/accounts")).then().statusCode(200);
  }
}
