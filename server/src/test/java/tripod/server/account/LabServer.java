package tripod.server.account;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import tripod.server.wiring.Running;

/** A server of the lab with an operator's password, asked as strangers ask it. */
final class LabServer implements AutoCloseable {
  static final String ADMIN = "lab-operator-password";
  static final String PASSWORD = "a-Long-passw0rd";

  private final Running server;

  LabServer(Path data, Map<String, String> options) {
    Map<String, String> all = new HashMap<>(options);
    all.put("host.port", "0");
    all.put("host.data", data.toString());
    all.put("admin.token", ADMIN);
    server = Running.start(all, Map.of());
  }

  /** Somebody with an account and the tokens of one session. */
  record Member(String did, String handle, String access, String refresh) {
    String host() {
      return handle;
    }
  }

  URI origin() {
    return server.origin();
  }

  RequestSpecification to() {
    return given().baseUri(origin().toString()).urlEncodingEnabled(true);
  }

  RequestSpecification as(Member member) {
    return to().header("Authorization", "Bearer " + member.access());
  }

  RequestSpecification operator() {
    return to().auth().preemptive().basic("admin", ADMIN);
  }

  /** A request to a pod's own host. */
  RequestSpecification pod(Member member) {
    return to().header("Host", member.host() + ":" + origin().getPort()).redirects().follow(false);
  }

  static String method(String name) {
    return "/xrpc/com.atproto." + name;
  }

  Member signUp(String name) {
    Response made =
        to().contentType("application/json")
            .body(
                Map.of(
                    "handle", name + ".localhost",
                    "email", name + "@mail.test",
                    "password", PASSWORD))
            .post(method("server.createAccount"));
    assertEquals(200, made.statusCode(), made.asString());
    return member(made);
  }

  Response signIn(Map<String, Object> body) {
    return to().contentType("application/json").body(body).post(method("server.createSession"));
  }

  Member signedIn(String identifier, String password) {
    Response session = signIn(Map.of("identifier", identifier, "password", password));
    assertEquals(200, session.statusCode(), session.asString());
    return member(session);
  }

  static Member member(Response session) {
    return new Member(
        session.path("did"),
        session.path("handle"),
        session.path("accessJwt"),
        session.path("refreshJwt"));
  }

  Response post(RequestSpecification request, String name, Object body) {
    return request.contentType("application/json").body(body).post(method(name));
  }

  /** Writes a post and returns its record key. */
  String write(Member member, Map<String, Object> more) {
    Map<String, Object> record = new HashMap<>(more);
    record.put("$type", "app.bsky.feed.post");
    record.put("text", "a thing that was said");
    record.put("createdAt", "2026-01-02T03:04:05.678Z");
    Response written =
        post(
            as(member),
            "repo.createRecord",
            Map.of("repo", member.did(), "collection", "app.bsky.feed.post", "record", record));
    assertEquals(200, written.statusCode(), written.asString());
    String uri = written.path("uri");
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  static void assertRefused(Response response, int status, String error) {
    assertEquals(status, response.statusCode(), response.asString());
    assertEquals(error, response.path("error"), response.asString());
  }

  static void assertOk(Response response) {
    assertEquals(200, response.statusCode(), response.asString());
  }

  @Override
  public void close() {
    server.close();
  }
}
