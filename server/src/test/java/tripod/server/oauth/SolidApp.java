package tripod.server.oauth;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tripod.server.wiring.MemberHost;

/** An app or a script for Solid, with a key and a token, and what it does with them. */
final class SolidApp {
  private static final String REDIRECT = "https://app.example/back";

  private final MemberHost host;
  private final String member;
  private final AppKey key = new AppKey();
  private final String clientId;
  private String token = "";
  private String refresh = "";

  private SolidApp(MemberHost host, String member, String clientId) {
    this.clientId = clientId;
    this.host = host;
    this.member = member;
  }

  /** Registers an app, lets it in through a person's browser and takes its token. */
  static SolidApp letIn(MemberHost host, Person person, String member) {
    String clientId =
        MemberHost.ask()
            .contentType(ContentType.JSON)
            .body(
                Map.of(
                    "client_name", "Notes",
                    "redirect_uris", List.of(REDIRECT),
                    "token_endpoint_auth_method", "none"))
            .post(host.origin() + "/oauth/register")
            .then()
            .statusCode(201)
            .extract()
            .path("client_id");
    SolidApp app = new SolidApp(host, member, clientId);
    String verifier = UUID.randomUUID() + "-" + UUID.randomUUID();
    URI back =
        person.letIn(
            "/oauth/authorize?response_type=code&scope=openid+webid+offline_access&client_id="
                + AtprotoApp.encoded(clientId)
                + "&redirect_uri="
                + AtprotoApp.encoded(REDIRECT)
                + "&code_challenge_method=S256&code_challenge="
                + AppKey.hash(verifier),
            member);
    app.exchange(
        Map.of(
            "grant_type", "authorization_code",
            "client_id", clientId,
            "code", Person.params(back).get("code"),
            "redirect_uri", REDIRECT,
            "code_verifier", verifier));
    return app;
  }

  /** Lets in a script by its own id and secret. */
  static SolidApp script(MemberHost host, String member, String clientId, String secret) {
    SolidApp app = new SolidApp(host, member, clientId);
    app.exchange(
        Map.of(
            "grant_type",
            "client_credentials",
            "client_id",
            clientId,
            "client_secret",
            secret,
            "scope",
            "webid"));
    return app;
  }

  private void exchange(Map<String, String> params) {
    String url = host.origin() + "/oauth/token";
    Response tokens =
        AtprotoApp.form(params)
            .header("DPoP", key.proof("POST", url))
            .post(url)
            .then()
            .statusCode(200)
            .extract()
            .response();
    token = tokens.path("access_token");
    if (tokens.path("refresh_token") instanceof String given) {
      refresh = given;
    }
  }

  /** Begins a request for a path of the member's pod. */
  RequestSpecification with(String method, String path) {
    return with(method, path, member);
  }

  private RequestSpecification with(String method, String path, String pod) {
    String onHost = pod + ".localhost:" + host.port();
    return MemberHost.ask()
        .header("Host", onHost)
        .header("Authorization", "DPoP " + token)
        .header("DPoP", key.proof(method, "http://" + onHost + path, token));
  }

  Response get(String path) {
    return with("GET", path).get("http://127.0.0.1:" + host.port() + path);
  }

  /** Subscribes to a resource of a pod. */
  Response subscribe(String pod, String path) {
    String service = "/.notifications/WebSocketChannel2023/";
    return with("POST", service, pod)
        .contentType("application/ld+json")
        .body(
            Map.of(
                "@context", "https://www.w3.org/ns/solid/notification/v1",
                "type", "http://www.w3.org/ns/solid/notifications#WebSocketChannel2023",
                "topic", "http://" + pod + ".localhost:" + host.port() + path))
        .post("http://127.0.0.1:" + host.port() + service);
  }

  /** Revokes the token that this holds. */
  void giveBack() {
    AtprotoApp.form(Map.of("token", refresh, "client_id", clientId))
        .post(host.origin() + "/oauth/revoke")
        .then()
        .statusCode(200);
  }

  /** Returns where a subscription to a resource of the member's own pod is listened to. */
  URI channel(String path) {
    return channelOf(member, path);
  }

  /** Returns where a subscription to a resource of somebody's pod is listened to. */
  URI channelOf(String pod, String path) {
    URI socket =
        URI.create(subscribe(pod, path).then().statusCode(200).extract().path("receiveFrom"));
    return URI.create("ws://127.0.0.1:" + host.port() + socket.getRawPath());
  }
}
