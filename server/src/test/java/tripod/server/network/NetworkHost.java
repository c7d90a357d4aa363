package tripod.server.network;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tripod.server.wiring.Running;

/** A server with members, and the network beside it. */
final class NetworkHost implements AutoCloseable {
  static final String ADMIN = "network-admin-token";
  static final String PASSWORD = "a-Long-passw0rd";

  private final Map<String, String> settings = new HashMap<>();
  private Running server;

  NetworkHost(Path data, Map<String, String> more) {
    settings.put("host.port", "0");
    settings.put("host.data", data.toString());
    settings.put("admin.token", ADMIN);
    settings.putAll(more);
    server = Running.start(settings, Map.of());
  }

  /** Ends the server and begins another over the same data, on the same port. */
  void restart() {
    server.close();
    settings.put("host.port", String.valueOf(server.origin().getPort()));
    server = Running.start(settings, Map.of());
  }

  String origin() {
    return server.origin().toString();
  }

  /** A member and what they hold. */
  record Member(String did, String handle, String token) {}

  /** Makes a member. */
  Member member(String name) {
    var made =
        ask()
            .contentType(ContentType.JSON)
            .body(
                Map.of(
                    "handle", name + ".localhost",
                    "email", name + "@mail.test",
                    "password", PASSWORD))
            .post(xrpc("com.atproto.server.createAccount"))
            .then()
            .statusCode(200)
            .extract()
            .jsonPath();
    return new Member(made.getString("did"), made.getString("handle"), made.getString("accessJwt"));
  }

  String xrpc(String method) {
    return origin() + "/xrpc/" + method;
  }

  /** Begins a request of nobody. */
  static RequestSpecification ask() {
    return given()
        .config(
            RestAssuredConfig.config()
                .encoderConfig(
                    EncoderConfig.encoderConfig()
                        .appendDefaultContentCharsetToContentTypeIfUndefined(false)))
        .urlEncodingEnabled(false)
        .redirects()
        .follow(false);
  }

  /** Begins a request of a member. */
  static RequestSpecification as(Member member) {
    return as(member.token());
  }

  static RequestSpecification as(String token) {
    return ask().header("Authorization", "Bearer " + token);
  }

  @Override
  public void close() {
    RestAssured.reset();
    server.close();
  }
}
