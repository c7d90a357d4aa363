package tripod.server.oauth;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.restassured.response.Response;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tripod.server.wiring.MemberHost;

/** An app for ATProto and a person, over HTTP, against the whole server. */
class AtprotoOAuthTest {
  private static final String FULL = "atproto transition:generic";

  private static MemberHost host;
  private static String did;

  @BeforeAll
  static void start(@TempDir Path data) {
    host = new MemberHost(data, Map.of());
    did = host.member("alice").did();
    host.member("bob");
  }

  @AfterAll
  static void stop() {
    host.close();
  }

  private static AtprotoApp app() {
    return new AtprotoApp(host, FULL);
  }

  @ParameterizedTest
  @CsvSource({
    "code_challenge, '', invalid_request",
    "code_challenge_method, plain, invalid_request",
    "code_challenge, too-short, invalid_request",
    "redirect_uri, http://127.0.0.1:19999/other, invalid_request",
    "redirect_uri, http://localhost:19999/callback, invalid_request",
    "redirect_uri, https://127.0.0.1:19999/callback, invalid_request",
    "scope, openid atproto, invalid_scope",
    "scope, transition:generic, invalid_scope",
    "scope, atproto repo:*, invalid_scope",
    "response_type, token, unsupported_response_type",
    "nonce, one, invalid_request",
    "request, a.b.c, request_not_supported",
    "login_hint, nobody at all, invalid_request",
    "response_mode, jwt, invalid_request",
    "prompt, none login, invalid_request",
    "client_id, http://localhost:8080/, invalid_client_metadata",
    "client_id, ftp://app.example/, invalid_client_id",
    "client_id, '', invalid_client"
  })
  void SEC_56_pushedRequest_thatBreaksARule_isRefused(String name, String value, String error) {
    app().push(Map.of(name, value)).then().statusCode(400).body("error", equalTo(error));
  }

  @Test
  void SEC_56_request_thatWasNotPushed_isShownToThePersonOnly() {
    AtprotoApp app = app();
    StringBuilder address = new StringBuilder("/oauth/authorize?");
    app.request(Map.of())
        .forEach((k, v) -> address.append(k).append('=').append(AtprotoApp.encoded(v)).append('&'));
    Response page = new Person(host).get(address.toString());
    assertEquals(400, page.statusCode());
    assertTrue(page.asString().contains("push its request"), page.asString());
  }

  @Test
  void SEC_56_loopbackRedirect_takesAnyPort_andTheAnswerNamesIssuerAndState() {
    AtprotoApp app = app();
    String other = "http://127.0.0.1:4321/callback";
    URI back = new Person(host).letIn(app.authorize(Map.of("redirect_uri", other)), "alice");
    assertTrue(back.toString().startsWith(other + "?"), back.toString());
    Map<String, String> params = Person.params(back);
    assertEquals(Set.of("code", "state", "iss"), params.keySet());
    assertEquals("a state & more", params.get("state"));
    assertEquals(host.origin(), params.get("iss"));
    app.token(app.exchange(params.get("code"), Map.of("redirect_uri", other)))
        .then()
        .statusCode(200)
        .body("sub", equalTo(did), "token_type", equalTo("DPoP"), "scope", equalTo(FULL));
  }

  @Test
  void SEC_56_answerInFragmentOrForm_asAsked() {
    AtprotoApp app = app();
    URI fragment =
        new Person(host).letIn(app.authorize(Map.of("response_mode", "fragment")), "alice");
    assertTrue(Person.params(fragment).containsKey("code"));
    assertTrue(fragment.getRawQuery() == null);
    Person person = new Person(host);
    Response consent = person.signIn(app.authorize(Map.of("response_mode", "form_post")), "alice");
    Response page = person.send(consent, Person.DECIDE, Map.of("decision", "grant"));
    page.then()
        .statusCode(200)
        .header(
            "Content-Security-Policy",
            containsString("form-action 'self' http://127.0.0.1:19999;"));
    var form = Jsoup.parse(page.asString()).selectFirst("form[data-onward]");
    assertEquals(AtprotoApp.REDIRECT, form.attr("action"));
    assertEquals(List.of("code", "state", "iss"), form.select("input").eachAttr("name"));
  }

  @Test
  void SEC_56_code_isGoodOnce_andItsReplayEndsWhatCameOfIt() {
    AtprotoApp app = app();
    String code = app.code("alice");
    String token = app.token(app.exchange(code, Map.of())).path("access_token");
    app.session(token).then().statusCode(200).body("did", equalTo(did));
    app.token(app.exchange(code, Map.of()))
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_grant"));
    app.session(token).then().statusCode(401).body("error", equalTo("invalid_token"));
  }

  @Test
  void SEC_56_challenge_isGoodOnceADay_forTheSameClient() {
    AtprotoApp app = app();
    AtprotoApp other = new AtprotoApp(host, "atproto");
    String reused = "one-verifier-for-several-requests-0123456789abcdef";
    Map<String, String> asked = Map.of("code_challenge", AppKey.hash(reused));
    Map<String, String> shown = Map.of("code_verifier", reused);
    String first = code(app, asked);
    String second = code(app, asked);
    String others = code(other, asked);
    // Somebody who does not have the verifier does not use the challenge up.
    app.token(app.exchange(code(app, asked), Map.of())).then().statusCode(400);
    app.token(app.exchange(first, shown)).then().statusCode(200);
    app.token(app.exchange(second, shown))
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_grant"))
        .body("error_description", containsString("code_challenge"));
    other.token(other.exchange(others, shown)).then().statusCode(200);
  }

  private static String code(AtprotoApp app, Map<String, String> changes) {
    return Person.params(new Person(host).letIn(app.authorize(changes), "alice")).get("code");
  }

  @ParameterizedTest
  @CsvSource({
    "code_verifier, another-verifier-that-is-long-enough-0123456789",
    "code_verifier, ''",
    "code_verifier, short",
    "redirect_uri, http://127.0.0.1:19999/other"
  })
  void SEC_56_code_withWhatDoesNotFit_isRefusedAndUsedUp(String name, String value) {
    AtprotoApp app = app();
    String code = app.code("alice");
    app.token(app.exchange(code, Map.of(name, value)))
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_grant"));
    app.token(app.exchange(code, Map.of())).then().statusCode(400);
  }

  @Test
  void SEC_56_code_ofAnotherClient_isRefused() {
    AtprotoApp app = app();
    AtprotoApp other = new AtprotoApp(host, "atproto");
    other
        .token(other.exchange(app.code("alice"), Map.of()))
        .then()
        .statusCode(400)
        .body("error", equalTo("invalid_grant"));
  }

  @Test
  void SEC_56_request_belongsToTheBrowserThatOpenedItFirst() {
    AtprotoApp app = app();
    String address = app.authorize();
    assertEquals(200, new Person(host).open(address).statusCode());
    assertEquals(400, new Person(host).open(address).statusCode());
  }

  @Test
  void SEC_56_request_isAnsweredOnce() {
    AtprotoApp app = app();
    Person person = new Person(host);
    Response consent = person.signIn(app.authorize(), "alice");
    assertEquals(
        303, person.send(consent, Person.DECIDE, Map.of("decision", "grant")).statusCode());
    assertEquals(
        400, person.send(consent, Person.DECIDE, Map.of("decision", "grant")).statusCode());
  }

  @Test
  void SEC_56_consent_namesWhatIsGranted_andWhatIsUntickedIsNot() {
    String scope = "atproto repo:app.bsky.feed.post?action=create blob:image/* account:email";
    AtprotoApp app = new AtprotoApp(host, scope);
    Person person = new Person(host);
    Response consent = person.signIn(app.authorize(), "alice");
    assertEquals(List.of(scope.split(" ", -1)), Person.scopes(consent));
    String words = Jsoup.parse(consent.asString()).select("main").text();
    for (String said :
        List.of(
            "@alice.localhost",
            "Create posts",
            "all networks",
            "image/*",
            "See your mail address",
            "127.0.0.1:19999",
            "on your own device")) {
      assertTrue(words.contains(said), said + " in " + words);
    }
    Response out =
        person.send(
            consent,
            Person.DECIDE,
            Map.of("decision", "grant"),
            one -> !one.equals("account:email"));
    String code = Person.params(URI.create(out.header("Location"))).get("code");
    Response tokens = app.token(app.exchange(code, Map.of()));
    tokens.then().body("scope", equalTo(scope.replace(" account:email", "")));
    app.session(tokens.path("access_token")).then().statusCode(200);
    app.session(tokens.path("access_token")).then().body("email", equalTo(null));
  }

  @Test
  void SEC_56_scopesThatAreNotUnderstood_areLeftOut() {
    AtprotoApp app = new AtprotoApp(host, "atproto repo:nonsense later:thing");
    assertEquals(
        List.of("atproto"), Person.scopes(new Person(host).signIn(app.authorize(), "alice")));
  }

  @Test
  void SEC_56_refusal_isToldToTheApp() {
    AtprotoApp app = app();
    Person person = new Person(host);
    Response out =
        person.send(person.open(app.authorize()), Person.DECIDE, Map.of("decision", "refuse"));
    Map<String, String> params = Person.params(URI.create(out.header("Location")));
    assertEquals("access_denied", params.get("error"));
    assertEquals("a state & more", params.get("state"));
    URI silent =
        URI.create(
            new Person(host).get(app.authorize(Map.of("prompt", "none"))).header("Location"));
    assertEquals("consent_required", Person.params(silent).get("error"));
  }

  @Test
  void SEC_53_decision_withoutTheFormsToken_changesNothing() {
    AtprotoApp app = app();
    Person person = new Person(host);
    Response consent = person.signIn(app.authorize(), "alice");
    Response foreign =
        person.send(consent, Person.DECIDE, Map.of("decision", "grant", "form-token", "wrong"));
    assertEquals(403, foreign.statusCode());
    assertEquals(
        303, person.send(consent, Person.DECIDE, Map.of("decision", "grant")).statusCode());
  }

  @Test
  void SEC_54_pages_letFormsLeadToTheAppAndNowhereElse() {
    new Person(host)
        .open(app().authorize())
        .then()
        .header(
            "Content-Security-Policy",
            containsString("form-action 'self' http://127.0.0.1:19999; frame-ancestors 'none'"))
        .header("X-Frame-Options", equalTo("DENY"))
        .header("Cache-Control", equalTo("no-store"));
  }

  @Test
  void loginHint_andAnotherAccount_leadToTheRightPerson() {
    AtprotoApp app = app();
    Person person = new Person(host);
    person.signIn(app.authorize(), "bob");
    Response page = person.open(app.authorize(Map.of("login_hint", "alice.localhost")));
    assertEquals("alice.localhost", Jsoup.parse(page.asString()).select("input[name=name]").val());
    Response again = person.open(app.authorize(Map.of("prompt", "login")));
    assertFalse(again.asString().contains("Let this app in"));
    assertTrue(
        person
            .open(app.authorize(Map.of("prompt", "select_account")))
            .asString()
            .contains("Which account"));
    assertTrue(person.open(app.authorize()).asString().contains("@bob.localhost"));
  }
}
