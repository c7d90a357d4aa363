package tripod.server.wiring;

import static io.restassured.RestAssured.given;

import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A server of the lab with members, on loopback. */
public final class MemberHost implements AutoCloseable {
  private static final String ADMIN = "host-admin-token";

  /** Every member's password. */
  public static final String PASSWORD = "a-Long-passw0rd";

  private final Map<String, String> settings = new HashMap<>();
  private Running server;

  /** Starts a server over a folder with settings beyond those that every test needs. */
  public MemberHost(Path data, Map<String, String> more) {
    settings.put("host.port", "0");
    settings.put("host.data", data.toString());
    settings.put("admin.token", ADMIN);
    settings.putAll(more);
    server = Running.start(settings, Map.of());
  }

  /** Ends the server and begins another over the same data, on the same port. */
  public void restart() {
    server.close();
    settings.put("host.port", String.valueOf(port()));
    server = Running.start(settings, Map.of());
  }

  /** Returns where the server answers, without a slash at the end. */
  public String origin() {
    return server.origin().toString();
  }

  /** Returns the port it answers at. */
  public int port() {
    return server.origin().getPort();
  }

  /**
   * A member and what they hold.
   *
   * @param token an access token of a session at the ATProto door
   * @param clientId whom their scripts say they are
   * @param clientSecret what their scripts show for it
   */
  public record Member(
      String did, String handle, String token, String clientId, String clientSecret) {}

  /** Makes a member of a name, which comes before the dot of the handle, and signs them in. */
  public Member member(String name) {
    JsonPath made =
        answer(
            admin().body(Map.of("name", name, "password", PASSWORD)),
            origin() + "/api/admin/accounts");
    JsonPath session =
        answer(
            ask()
                .contentType(ContentType.JSON)
                .body(Map.of("identifier", name + ".localhost", "password", PASSWORD)),
            xrpc("com.atproto.server.createSession"));
    return new Member(
        made.getString("did"),
        session.getString("handle"),
        session.getString("accessJwt"),
        made.getString("clientId"),
        made.getString("clientSecret"));
  }

  private static JsonPath answer(RequestSpecification request, String address) {
    return request.post(address).then().statusCode(200).extract().jsonPath();
  }

  /** Returns the address of a method. */
  public String xrpc(String method) {
    return origin() + "/xrpc/" + method;
  }

  /** Begins a request of nobody, which follows no redirects. */
  public static RequestSpecification ask() {
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

  /** Begins a request of the host's keeper. */
  public static RequestSpecification admin() {
    return as(ADMIN).contentType(ContentType.JSON);
  }

  /** Begins a request of a member. */
  public static RequestSpecification as(Member member) {
    return as(member.token());
  }

  /** Begins a request of whoever has a token. */
  public static RequestSpecification as(String token) {
    return ask().header("Authorization", "Bearer " + token);
  }

  @Override
  public void close() {
    RestAssured.reset();
    server.close();
  }
}
