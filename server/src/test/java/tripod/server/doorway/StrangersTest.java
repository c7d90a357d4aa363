package tripod.server.doorway;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.http.Header;
import io.restassured.http.Headers;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.wiring.Running;

/** What strangers send that no page and no app of ours would. */
class StrangersTest {
  private static final String TOKEN = "lab-operator-token";

  private static Running server;

  @BeforeAll
  static void open(@TempDir Path data) {
    server =
        Running.start(
            new HashMap<>(
                Map.of("host.port", "0", "host.data", data.toString(), "admin.token", TOKEN)),
            Map.of());
    admin("/api/admin/accounts", "{\"name\":\"alice\",\"password\":\"a long enough one\"}")
        .then()
        .statusCode(200);
  }

  @AfterAll
  static void close() {
    server.close();
  }

  private static RequestSpecification to() {
    return given().baseUri(server.origin().toString());
  }

  private static io.restassured.response.Response admin(String path, String body) {
    return to().header("Authorization", "Bearer " + TOKEN)
        .contentType("application/json")
        .body(body)
        .post(path);
  }

  @Test
  void SEC_10_addressAndFields_haveLimits() {
    to().get("/?" + "a".repeat(9_000)).then().statusCode(414);
    List<Header> many = new ArrayList<>();
    for (int i = 0; i < 110; i++) {
      many.add(new Header("X-" + i, "a"));
    }
    to().headers(new Headers(many)).get("/xrpc/_health").then().statusCode(431);
    to().get("/xrpc/_health").then().statusCode(200);
  }

  @Test
  void SEC_19_lineThatCannotBeRead_isToldSoWithoutAPageOfTheListeners() throws IOException {
    String request = "GET /%zz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.origin().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertTrue(answer.startsWith("HTTP/1.1 400 "), answer);
      assertTrue(answer.contains("application/problem+json"), answer);
      assertFalse(answer.contains("zz"), answer);
    }
  }

  @Test
  void formOfAnotherEncoding_isNoFormOfOurs() {
    for (String path : List.of("/console/sign-in", "/console/new", "/oauth/authorize/decide")) {
      to().multiPart("form-token", "x").post(path).then().statusCode(403);
    }
  }

  @Test
  void adminBody_thatIsNoObject_is400() {
    for (String body : List.of("", "{", "[]", "5")) {
      admin("/api/admin/accounts/alice/state", body)
          .then()
          .statusCode(400)
          .body("message", equalTo("expected a JSON object"));
    }
  }

  @Test
  void nothingOnAPod_isAPageForABrowser_andAProblemForAnApp() {
    to().header("Host", "alice.localhost")
        .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
        .get("/social/posts/nothing")
        .then()
        .statusCode(404)
        .contentType("text/html")
        .header("Vary", containsString("Authorization"))
        .body(containsString("There is nothing here"));
    for (String accept : List.of("*/*", "text/turtle")) {
      to().header("Host", "alice.localhost")
          .header("Accept", accept)
          .get("/social/posts/nothing")
          .then()
          .statusCode(404)
          .contentType("application/problem+json");
    }
    to().header("Host", "alice.localhost")
        .header("Accept", "text/html")
        .header("Sec-Fetch-Dest", "empty")
        .get("/social/posts/nothing")
        .then()
        .contentType("application/problem+json");
  }
}
