package tripod.server.oauth;

import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import tripod.server.wiring.MemberHost;

/** An app for ATProto under development, as the loopback client id makes it. */
final class AtprotoApp {
  static final String REDIRECT = "http://127.0.0.1:19999/callback";
  static final String VERIFIER = "a-verifier-that-is-long-enough-to-be-one-0123456789";

  /** A method that tells whose a token is. */
  static final String GET_SESSION = "com.atproto.server.getSession";

  final AppKey key = new AppKey();
  private final MemberHost host;
  private final String scope;

  /** Of the request that was made last. */
  private String verifier = VERIFIER;

  AtprotoApp(MemberHost host, String scope) {
    this.host = host;
    this.scope = scope;
  }

  String clientId() {
    return "http://localhost?redirect_uri=" + encoded(REDIRECT) + "&scope=" + encoded(scope);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Returns what is asked for, but for changes; an empty change takes a parameter out. */
  Map<String, String> request(Map<String, String> changes) {
    Map<String, String> params =
        new HashMap<>(
            Map.of(
                "client_id",
                clientId(),
                "response_type",
                "code",
                "redirect_uri",
                REDIRECT,
                "scope",
                scope,
                "state",
                "a state & more",
                "code_challenge",
                AppKey.hash(verifier),
                "code_challenge_method",
                "S256"));
    params.putAll(changes);
    params.values().removeIf(String::isEmpty);
    return params;
  }

  static RequestSpecification form(Map<String, String> params) {
    return MemberHost.ask().urlEncodingEnabled(true).formParams(params);
  }

  Response push(Map<String, String> changes) {
    return form(request(changes)).post(host.origin() + "/oauth/par");
  }

  /** Pushes a request and returns where the person goes. */
  String authorize() {
    return authorize(Map.of());
  }

  String authorize(Map<String, String> changes) {
    verifier = UUID.randomUUID() + "." + UUID.randomUUID();
    String uri = push(changes).then().statusCode(201).extract().path("request_uri");
    return "/oauth/authorize?client_id=" + encoded(clientId()) + "&request_uri=" + encoded(uri);
  }

  Response token(Map<String, String> params) {
    return token(params, key);
  }

  /** Asks for tokens, once more when the server wants its nonce. */
  Response token(Map<String, String> params, AppKey with) {
    String url = host.origin() + "/oauth/token";
    Response answer = form(params).header("DPoP", with.proof("POST", url)).post(url);
    with.nonce(answer.header("DPoP-Nonce"));
    if (answer.statusCode() == 400 && "use_dpop_nonce".equals(answer.path("error"))) {
      answer = form(params).header("DPoP", with.proof("POST", url)).post(url);
    }
    return answer;
  }

  Map<String, String> exchange(String code, Map<String, String> changes) {
    Map<String, String> params =
        new HashMap<>(
            Map.of(
                "grant_type", "authorization_code",
                "code", code,
                "redirect_uri", REDIRECT,
                "client_id", clientId(),
                "code_verifier", verifier));
    params.putAll(changes);
    params.values().removeIf(String::isEmpty);
    return params;
  }

  Map<String, String> refresh(String token) {
    return Map.of("grant_type", "refresh_token", "refresh_token", token, "client_id", clientId());
  }

  /** Lets itself in by a person, and returns the code. */
  String code(String name) {
    URI back = new Person(host).letIn(authorize(), name);
    return Person.params(back).get("code");
  }

  /** Lets itself in by a person, and returns the answer with the tokens. */
  Response tokens(String name) {
    return token(exchange(code(name), Map.of())).then().statusCode(200).extract().response();
  }

  /** Begins a request with an access token. */
  RequestSpecification with(String token, String method, String url) {
    return with(token, key.proof(method, url, token));
  }

  /** Asks whose an access token is, and remembers the server's nonce. */
  Response session(String token) {
    String url = host.xrpc(GET_SESSION);
    Response answer = with(token, "GET", url).get(url);
    if (answer.header("DPoP-Nonce") != null) {
      key.nonce(answer.header("DPoP-Nonce"));
    }
    return answer;
  }

  static RequestSpecification with(String token, String proof) {
    return MemberHost.ask().header("Authorization", "DPoP " + token).header("DPoP", proof);
  }
}
