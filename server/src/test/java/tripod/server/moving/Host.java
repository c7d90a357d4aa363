package tripod.server.moving;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tripod.server.wiring.Running;

/** One server of ours, spoken to as a client speaks. */
final class Host implements AutoCloseable {
  static final String PASSWORD = "a-Long-passw0rd";
  static final String ADMIN = "moving-admin-token";

  private final Running running;

  private Host(Running running) {
    this.running = running;
  }

  /** Starts a server with a directory of its own, or with another's. */
  static Host start(Path data, String plc, String smtp) {
    Map<String, String> options =
        new HashMap<>(
            Map.of(
                "host.port",
                "0",
                "host.data",
                data.toString(),
                "admin.token",
                ADMIN,
                "mail.smtp",
                smtp));
    if (!plc.isEmpty()) {
      options.put("identity.plc", plc);
    }
    return new Host(Running.start(options, Map.of()));
  }

  String origin() {
    return running.origin().toString();
  }

  String did() {
    return get("", "com.atproto.server.describeServer", Map.of()).jsonPath().getString("did");
  }

  private RequestSpecification as(String token) {
    RequestSpecification request = given().baseUri(origin());
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /** Asks; an empty token asks as nobody. */
  Response get(String token, String method, Map<String, ?> parameters) {
    return as(token).queryParams(parameters).get("/xrpc/" + method);
  }

  /** Does; an empty token does as nobody. */
  Response post(String token, String method, Object body) {
    return as(token).contentType(ContentType.JSON).body(body).post("/xrpc/" + method);
  }

  /** Sends bytes. */
  Response send(String token, String method, String type, byte[] bytes) {
    return as(token).contentType(type).body(bytes).post("/xrpc/" + method);
  }

  /** Asks at a path of a pod's host. */
  Response atPod(String name, String path) {
    return given()
        .baseUri(origin())
        .header("Host", name + ".localhost:" + running.origin().getPort())
        .get(path);
  }

  /** Makes an account and returns its session. */
  JsonPath signUp(String name, Map<String, String> more) {
    Map<String, String> body = new HashMap<>(more);
    body.put("handle", name + ".localhost");
    body.put("email", name + "@mail.test");
    body.put("password", PASSWORD);
    return post("", "com.atproto.server.createAccount", body)
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  void postText(String token, String did, String text) {
    post(
            token,
            "com.atproto.repo.createRecord",
            Map.of(
                "repo",
                did,
                "collection",
                "app.bsky.feed.post",
                "record",
                Map.of(
                    "$type",
                    "app.bsky.feed.post",
                    "text",
                    text,
                    "createdAt",
                    "2026-11-26T12:00:00.000Z")))
        .then()
        .statusCode(200);
  }

  @Override
  public void close() {
    running.close();
  }
}
