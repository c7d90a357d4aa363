package tripod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tripod.identity.Account;
import tripod.podstore.Aspect;
import tripod.podstore.PodPath;
import tripod.podstore.social.Audience;
import tripod.podstore.social.Social;

class PostsTest {
  private House house;
  private Account alice;
  private Browser browser;

  @BeforeEach
  void open() {
    house = House.lab();
    alice = house.member("alice");
    browser = house.signedIn("alice");
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Browser.Answer write(String text, String audience) {
    return browser.fill(
        "/console",
        "/console/posts",
        Map.of("text", text, "audience", audience, "language", "en", "action", "post"));
  }

  private PodPath only() {
    List<PodPath> paths = house.posts(alice);
    assertEquals(1, paths.size());
    return paths.getFirst();
  }

  @Test
  void write_public_isInTheStoreAndShownInThreeForms() {
    Browser.Answer answer = write("Hello\r\nworld", "public");
    assertEquals(303, answer.status());
    Social.Post post = (Social.Post) house.read(alice, only()).orElseThrow();
    assertEquals("Hello\nworld", post.text());
    assertEquals(Audience.PUBLIC, post.audience());
    assertEquals("en", post.languages().getFirst().value());

    String page = browser.get(answer.header("Location")).page().text();
    String iri = "http://alice.localhost:" + house.port() + only().value();
    assertTrue(page.contains(iri), page);
    assertTrue(page.contains("at://" + alice.did() + "/app.bsky.feed.post/" + only().name()), page);
    assertTrue(page.contains("bafyrei"), page);
    assertTrue(browser.get("/console").page().select("article .body").text().contains("Hello"));
  }

  @Test
  void write_notForEverybody_hasItsOwnAccessList() {
    write("for me", "me");
    PodPath path = only();
    String acl =
        house
            .store()
            .read(
                alice.pod(),
                view ->
                    new String(
                        ((tripod.podstore.Content.Document)
                                view.get(path, Aspect.ACL).orElseThrow().content())
                            .bytes(),
                        java.nio.charset.StandardCharsets.UTF_8));
    assertFalse(acl.contains("foaf"), acl);
    assertTrue(acl.contains("<./" + path.name() + ">"), acl);
    String page = browser.get("/console/posts/" + path.name()).page().text();
    assertTrue(page.contains("There is no record"), page);
  }

  @Test
  void write_nothing_saysSo() {
    Browser.Answer answer = write("  \n ", "public");
    assertEquals(422, answer.status());
    assertEquals("There is nothing to post yet.", answer.page().selectFirst("[role=alert]").text());
    assertEquals(0, house.posts(alice).size());
  }

  @Test
  void write_audienceUnknown_isNotGuessed() {
    assertEquals(422, write("Hello", "world").status());
    assertEquals(422, write("Hello", "").status());
    assertEquals(0, house.posts(alice).size());
  }

  @Test
  void write_tooLong_keepsTheText() {
    String text = "x".repeat(50_001);
    Browser.Answer answer = write(text, "public");
    assertEquals(422, answer.status());
    assertEquals(text, answer.page().selectFirst("textarea").wholeText());
  }

  @Test
  void preview_withoutScript_writesNothing() {
    Browser.Answer answer =
        browser.fill(
            "/console",
            "/console/posts",
            Map.of("text", "x".repeat(301), "audience", "public", "action", "preview"));
    assertEquals(200, answer.status());
    assertTrue(answer.page().select(".effect.at").text().contains("301 / 300"));
    assertTrue(answer.page().select(".effect.at").hasClass("loss"));
    assertEquals(0, house.posts(alice).size());
  }

  @Test
  void preview_byScript_answersWithThePartAlone() {
    Map<String, String> form =
        browser.filled(
            "/console", "/console/posts", Map.of("text", "👩‍👩‍👧‍👦", "audience", "unlisted"));
    Browser.Answer answer = browser.post("/console/preview", form);
    assertEquals(200, answer.status());
    assertFalse(answer.body().contains("<html"));
    assertTrue(answer.page().select(".effect.at").hasClass("none"));
    assertTrue(answer.page().select(".effect.ap").text().contains("1 / 500"));
  }

  @Test
  void preview_sessionGone_sendsTheWholePageToSignIn() {
    Browser stranger = house.browser();
    Map<String, String> form = stranger.filled("/console/sign-in", "/console/sign-in", Map.of());
    Browser.Answer answer =
        stranger.post(
            "/console/preview",
            form,
            "Origin",
            "null",
            "Sec-Fetch-Site",
            "same-origin",
            "HX-Request",
            "true");
    assertEquals("/console/sign-in", answer.header("HX-Redirect"));
  }

  @Test
  void edit_changesTheTextAndNothingElse() {
    write("before", "public");
    PodPath path = only();
    String address = "/console/posts/" + path.name() + "/edit";
    Browser.Answer answer = browser.fill(address, address, Map.of("text", "after"));
    assertEquals(303, answer.status());
    Social.Post post = (Social.Post) house.read(alice, path).orElseThrow();
    assertEquals("after", post.text());
    assertEquals(Audience.PUBLIC, post.audience());
    assertTrue(post.updated().isPresent());
  }

  @Test
  void edit_sameText_changesNothing() {
    write("the same", "public");
    PodPath path = only();
    var before = house.rev(alice, path);
    String address = "/console/posts/" + path.name() + "/edit";
    browser.fill(address, address, Map.of("text", "the same", "language", "en"));
    assertEquals(before, house.rev(alice, path));
  }

  @Test
  void edit_changedMeanwhile_keepsBothTexts() {
    write("first", "public");
    PodPath path = only();
    String address = "/console/posts/" + path.name() + "/edit";
    Map<String, String> late = browser.filled(address, address, Map.of("text", "mine"));
    browser.fill(address, address, Map.of("text", "theirs"));
    Browser.Answer answer = browser.post(address, late);
    assertEquals(409, answer.status());
    assertEquals("mine", answer.page().selectFirst("textarea").wholeText());
    assertEquals("theirs", ((Social.Post) house.read(alice, path).orElseThrow()).text());
  }

  @Test
  void delete_asksFirst() {
    write("to go", "public");
    String address = "/console/posts/" + only().name() + "/delete";
    assertTrue(browser.get(address).body().contains("to go"));
    assertEquals(1, house.posts(alice).size());
    assertEquals(303, browser.fill(address, address, Map.of()).status());
    assertEquals(0, house.posts(alice).size());
    assertEquals(404, browser.get(address).status());
  }

  @Test
  void posts_ofSomebodyElse_areNotThere() {
    write("alice's", "public");
    String name = only().name();
    house.member("bob");
    Browser bob = house.signedIn("bob");
    for (String page : new String[] {"", "/edit", "/delete"}) {
      assertEquals(404, bob.get("/console/posts/" + name + page).status(), page);
    }
    Map<String, String> form = bob.filled("/console", "/console/sign-out", Map.of());
    assertEquals(404, bob.post("/console/posts/" + name + "/delete", form).status());
    assertEquals(1, house.posts(alice).size());
  }

  @Test
  void list_longerThanAPage_goesOn() {
    for (int i = 0; i < 25; i++) {
      house.put(alice, Texts.post("number " + i, Audience.PUBLIC));
    }
    var first = browser.get("/console").page();
    assertEquals(20, first.select("article.post").size());
    assertTrue(first.select("article.post").first().text().contains("number 24"));
    String more = first.selectFirst(".more a").attr("href");
    var second = browser.get(more).page();
    assertEquals(5, second.select("article.post").size());
    assertTrue(second.select(".more a").isEmpty());
  }

  @Test
  void strangeNames_areNotFoundAndNeverAFault() {
    for (String name :
        new String[] {"%00", "..", "%2e%2e", "a%2Fb", "%E2%80%AE", "x".repeat(600)}) {
      int status = browser.get("/console/posts/" + name).status();
      assertTrue(status == 404 || status == 400, name + " " + status);
    }
  }
}
