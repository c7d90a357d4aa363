package tripod.server.oauth;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.util.Map;
import tripod.server.wiring.Running;

/** A server with members, for conversations about letting apps in. */
final class OAuthHost implements AutoCloseable {
  static final String PASSWORD = "a-Long-passw0rd";
  private static final String ADMIN = "oauth-admin-token";

  private final Running server;

  OAuthHost(Path data) {
    server =
        Running.start(
            Map.of("host.port", "0", "host.data", data.toString(), "admin.token", ADMIN), Map.of());
  }

  /** Makes a member, and returns what the admin interface says of them. */
  JsonPath member(String name) {
    return admin()
        .body(Map.of("name", name, "password", PASSWORD))
        .post(origin() + "/api/admin/accounts")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  /** Begins a request of the host's keeper. */
  RequestSpecification admin() {
    return ask().header("Authorization", "Bearer " + ADMIN).contentType(ContentType.JSON);
  }

  String origin() {
    return server.origin().toString();
  }

  int port() {
    return server.origin().getPort();
  }

  String xrpc(String method) {
    return origin() + "/xrpc/" + method;
  }

  /** Begins a request of a program that follows no redirects. */
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

  @Override
  public void close() {
    RestAssured.reset();
    server.close();
  }
}
