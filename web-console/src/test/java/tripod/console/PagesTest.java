package tripod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tripod.identity.Account;
import tripod.podstore.PodPath;
import tripod.podstore.social.Audience;

/** What holds of every page. */
class PagesTest {
  private static House house;
  private static final Map<String, Browser.Answer> CONSOLE = new java.util.LinkedHashMap<>();
  private static final Map<String, Browser.Answer> PUBLIC = new java.util.LinkedHashMap<>();

  @BeforeAll
  static void open() {
    house = House.lab();
    Browser stranger = house.browser();
    take(stranger, "/", "/console/sign-in", "/console/new", "/console/setup");
    take(stranger, "/console/setup?code=" + House.CODE, "/console/setup?code=wrong");
    stranger.fill(
        "/console/setup?code=" + House.CODE,
        "/console/setup",
        Map.of("name", "root", "password", House.PASSWORD));
    take(
        stranger,
        "/console/members",
        "/console/members/root.localhost",
        "/console/members/no.localhost");
    take(stranger, "/console/setup?done");
    Account alice = house.member("alice");
    PodPath post = house.put(alice, Texts.post("Hello, all of you", Audience.PUBLIC));
    PodPath secret = house.put(alice, Texts.post("For me", Audience.OWNER));
    Browser member = house.signedIn("alice");
    String forms = "/console/posts/" + post.name();
    take(member, "/console", "/console/addresses", "/console/addresses?new=1", forms);
    take(member, forms + "/edit", forms + "/delete", "/console/posts/" + secret.name());
    take(member, "/console/posts/nothing", "/?signed-in");
    Browser reader = house.browserOn("alice");
    PUBLIC.put("/", reader.get("/", "Accept", "text/html"));
    PUBLIC.put(post.value(), reader.get(post.value(), "Accept", "text/html"));
  }

  private static void take(Browser browser, String... paths) {
    for (String path : paths) {
      CONSOLE.put(path, browser.get(path));
    }
  }

  @AfterAll
  static void close() {
    house.close();
  }

  private static Map<String, Browser.Answer> all() {
    Map<String, Browser.Answer> all = new java.util.LinkedHashMap<>(CONSOLE);
    PUBLIC.forEach((path, answer) -> all.put("pod " + path, answer));
    return all;
  }

  @Test
  void SEC_54_consolePage_hasThePolicy() {
    CONSOLE.forEach(
        (path, answer) -> {
          assertEquals(
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:"
                  + " http://*.localhost:"
                  + house.port()
                  + "; connect-src 'self'; form-action 'self'; frame-ancestors 'none';"
                  + " base-uri 'none'; require-trusted-types-for 'script'; trusted-types default",
              answer.header("Content-Security-Policy"),
              path);
          assertEquals("no-store", answer.header("Cache-Control"), path);
        });
  }

  @Test
  void SEC_54_everyPage_hasTheOtherHeaders() {
    all()
        .forEach(
            (path, answer) -> {
              assertEquals("nosniff", answer.header("X-Content-Type-Options"), path);
              assertEquals("no-referrer", answer.header("Referrer-Policy"), path);
              assertEquals("same-origin", answer.header("Cross-Origin-Opener-Policy"), path);
              assertTrue(answer.header("Content-Type").startsWith("text/html"), path);
            });
  }

  @Test
  void SEC_54_noPage_hasInlineScriptOrStyle() {
    all()
        .forEach(
            (path, answer) -> {
              Document page = answer.page();
              assertTrue(page.select("style, [style], script:not([src])").isEmpty(), path);
              for (Element element : page.getAllElements()) {
                for (Attribute attribute : element.attributes()) {
                  assertFalse(attribute.getKey().startsWith("on"), path + " " + attribute);
                  assertFalse(attribute.getValue().startsWith("javascript:"), path);
                }
              }
            });
  }

  @Test
  void SEC_54_publicPage_runsNoScript() {
    PUBLIC.forEach(
        (path, answer) -> {
          assertFalse(answer.header("Content-Security-Policy").contains("script-src"), path);
          assertTrue(
              answer.header("Content-Security-Policy").startsWith("default-src 'none'"), path);
          assertTrue(answer.page().select("script").isEmpty(), path);
        });
  }

  @Test
  void SEC_13_podsHost_setsAndReadsNoCookie() {
    PUBLIC.forEach((path, answer) -> assertEquals(List.of(), answer.cookies(), path));
    Browser withCookies = house.browserOn("alice");
    withCookies.cookies().putAll(house.signedIn("alice").cookies());
    Browser.Answer answer = withCookies.get("/", "Accept", "text/html");
    assertEquals(PUBLIC.get("/").body(), answer.body());
    assertEquals(List.of(), answer.cookies());
  }

  @Test
  void SEC_55_publicPage_takesNothingFromOtherHosts() {
    String policy = PUBLIC.get("/").header("Content-Security-Policy");
    assertEquals(
        "default-src 'none'; style-src 'self' http://localhost:%1$d; img-src 'self' data: http://localhost:%1$d; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
            .formatted(house.port()),
        policy);
  }

  @Test
  void everyPage_isReadableWithoutEyes() {
    all()
        .forEach(
            (path, answer) -> {
              Document page = answer.page();
              assertEquals("en", page.selectFirst("html").attr("lang"), path);
              assertEquals(1, page.select("main").size(), path);
              assertEquals(1, page.select("h1").size(), path);
              assertFalse(page.title().isBlank(), path);
              assertEquals("#main", page.selectFirst("body > a").attr("href"), path);
              List<String> unnamed = new ArrayList<>();
              for (Element field : page.select("input:not([type=hidden]), textarea, select")) {
                boolean named =
                    field.closest("label") != null
                        || page.select("label[for=" + field.id() + "]").size() == 1;
                if (!named) {
                  unnamed.add(field.toString());
                }
              }
              assertEquals(List.of(), unnamed, path);
              assertTrue(page.select("img:not([alt])").isEmpty(), path);
              assertTrue(
                  page.select("[aria-describedby]").stream()
                      .allMatch(e -> page.getElementById(e.attr("aria-describedby")) != null),
                  path);
            });
  }

  @Test
  void pages_haveTheStatusTheyShould() {
    assertEquals(200, CONSOLE.get("/").status());
    assertEquals(403, CONSOLE.get("/console/setup?code=wrong").status());
    assertEquals(410, CONSOLE.get("/console/setup?done").status());
    assertEquals(404, CONSOLE.get("/console/posts/nothing").status());
    assertEquals(404, CONSOLE.get("/console/members/no.localhost").status());
    assertEquals(200, CONSOLE.get("/console/members").status());
  }

  @Test
  void problem_ofTheDoorway_isAPageForBrowsersAlone() {
    for (Browser browser : List.of(house.browser(), house.browserOn("alice"))) {
      Browser.Answer page = browser.get("/no/such/page", "Accept", "text/html,*/*;q=0.8");
      assertEquals(404, page.status());
      assertEquals("There is nothing here", page.page().select("h1").text());
      assertEquals(List.of(), page.cookies());
      assertTrue(page.page().select("script[src^=/], link[href^=/]").isEmpty(), page.body());
      assertEquals("no route", browser.get("/no/such/page", "Accept", "*/*").body());
    }
  }

  @Test
  void assets_areThereAndKept() {
    Browser browser = house.browser();
    for (Element file : CONSOLE.get("/").page().select("script[src], link[rel=stylesheet]")) {
      String path = file.hasAttr("src") ? file.attr("src") : file.attr("href");
      Browser.Answer answer = browser.get(path);
      assertEquals(200, answer.status(), path);
      assertTrue(answer.header("Cache-Control").contains("immutable"), path);
      assertEquals("nosniff", answer.header("X-Content-Type-Options"), path);
    }
    assertEquals(404, browser.get("/console/assets/x/nothing.js").status());
  }
}
