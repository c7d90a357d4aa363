package tripod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tripod.identity.Account;
import tripod.podstore.PodPath;
import tripod.podstore.social.Audience;
import tripod.podstore.social.Facet;
import tripod.podstore.social.Social;

class PublicPagesTest {
  private House house;
  private Account alice;
  private Browser reader;

  @BeforeEach
  void open() {
    house = House.lab();
    alice = house.member("alice");
    reader = house.browserOn("alice");
  }

  @AfterEach
  void close() {
    house.close();
  }

  private Browser.Answer html(String path) {
    return reader.get(path, "Accept", "text/html");
  }

  @Test
  void post_public_isAnEntryThatNamesItsOtherForms() {
    PodPath path = house.put(alice, Texts.post("Hello", Audience.PUBLIC));
    Browser.Answer answer = html(path.value());
    assertEquals(200, answer.status());
    assertEquals("Accept", answer.header("Vary"));
    Document page = answer.page();
    String url = "http://alice.localhost:" + house.port() + path.value();
    assertEquals("Hello", page.select(".h-entry .e-content").text());
    assertEquals(url, page.select(".h-entry .u-url.permalink").attr("href"));
    assertEquals("2026-11-22T01:02:03.000Z", page.select(".dt-published").attr("datetime"));
    assertEquals("alice", page.select(".p-author.h-card .p-name").text());
    assertEquals(
        url, page.select("link[rel=alternate][type=application/activity+json]").attr("href"));
    assertEquals(url, page.select("link[rel=alternate][type=text/turtle]").attr("href"));
    assertEquals(
        "at://" + alice.did() + "/app.bsky.feed.post/" + path.name(),
        page.select("link[rel=alternate]:not([type])").attr("href"));
  }

  @Test
  void profile_listsPublicPostsAndTheNames() {
    house.put(alice, Texts.post("everybody", Audience.PUBLIC));
    house.put(alice, Texts.post("quietly", Audience.UNLISTED));
    house.put(alice, Texts.post("followers only", Audience.FOLLOWERS));
    house.put(alice, Texts.post("dear diary", Audience.OWNER));
    Document page = html("/").page();
    assertEquals(List.of("everybody"), page.select(".h-entry .e-content").eachText());
    assertEquals(
        "http://alice.localhost:" + house.port() + "/profile/card#me",
        page.select(".h-card .u-uid").attr("href"));
    assertTrue(page.text().contains("@alice@alice.localhost:" + house.port()));
    assertTrue(
        page.select("link[rel=me]")
            .eachAttr("href")
            .contains("http://alice.localhost:" + house.port() + "/actor"));
    assertEquals(
        "at://" + alice.did(), page.select("link[rel=alternate]:not([type])").attr("href"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Audience.class,
      names = {"FOLLOWERS", "DIRECT", "OWNER"})
  void post_notForEverybody_isLeftToTheSolidDoor(Audience audience) {
    PodPath path = house.put(alice, Texts.post("secret words", audience));
    Browser.Answer answer = html(path.value());
    assertEquals(House.HANDED_OVER, answer.body());
    assertFalse(html("/").body().contains("secret words"));
  }

  @Test
  void post_unlisted_isShownToWhoHasTheAddress() {
    PodPath path = house.put(alice, Texts.post("quietly", Audience.UNLISTED));
    Document page = html(path.value()).page();
    assertEquals("quietly", page.select(".e-content").text());
    assertTrue(page.select("link[href^=at:]").isEmpty(), "VIS-3: it is no record");
  }

  @Test
  void post_closedByAccessList_isLeftToTheSolidDoor() {
    PodPath path = house.put(alice, Texts.post("shut", Audience.PUBLIC));
    house
        .store()
        .write(
            alice.pod(),
            writer -> {
              writer.putAspect(
                  path,
                  tripod.podstore.Aspect.ACL,
                  new tripod.podstore.Content.Document(
                      tripod.syntax.MediaType.TURTLE, new byte[0]));
              return path;
            });
    assertEquals(House.HANDED_OVER, html(path.value()).body());
    assertFalse(html("/").body().contains("shut"));
  }

  @Test
  void pages_ofASleepingAccount_areLeftToTheSolidDoor() {
    PodPath path = house.put(alice, Texts.post("Hello", Audience.PUBLIC));
    house.accounts().become(alice, Account.State.DEACTIVATED);
    assertEquals(House.HANDED_OVER, html("/").body());
    assertEquals(House.HANDED_OVER, html(path.value()).body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/social/posts/nothing", "/social/posts/%00", "/social/posts/.."})
  void post_notThere_isLeftToTheSolidDoor(String path) {
    Browser.Answer answer = html(path);
    assertTrue(answer.body().equals(House.HANDED_OVER) || answer.status() < 500, answer.body());
  }

  @Test
  void profile_manyPosts_goesOn() {
    for (int i = 0; i < 45; i++) {
      Audience audience = i % 2 == 0 ? Audience.PUBLIC : Audience.OWNER;
      house.put(alice, Texts.post("number " + i, audience));
    }
    Document first = html("/").page();
    assertEquals(20, first.select(".h-entry").size());
    Document second = html(first.selectFirst(".more a").attr("href")).page();
    assertEquals(3, second.select(".h-entry").size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "</p></div></main><iframe src=//evil.example>",
        "{{constructor.constructor('alert(1)')()}} ${7*7}",
        "<a href=\"javascript:alert(1)\">x</a>",
        "&lt;script&gt;",
      })
  void SEC_38_textThatLooksLikeMarkup_isText(String text) {
    PodPath path = house.put(alice, Texts.post(text, Audience.PUBLIC));
    assertEquals(text, html(path.value()).page().select(".e-content").first().wholeText());
    assertEquals(text, html("/").page().select(".e-content").first().wholeText());
    Browser member = house.signedIn("alice");
    assertEquals(text, member.get("/console").page().select(".body").first().wholeText());
    Document forms = member.get("/console/posts/" + path.name()).page();
    assertEquals(text, forms.select("article .body").first().wholeText());
    assertTrue(forms.select(".form.at pre").text().contains(text.strip()));
    Document edit = member.get("/console/posts/" + path.name() + "/edit").page();
    assertEquals(text, edit.selectFirst("textarea").wholeText());
  }

  @Test
  void SEC_38_markupOfTheSource_isCleaned() {
    String dirty =
        "<p onclick=alert(1) style=color:red class=x>Hi <a href=javascript:alert(1)>a</a>"
            + "<a href=https://x.example onmouseover=alert(1)>b</a></p><script>alert(1)</script>"
            + "<form action=/console/sign-out><input></form><base href=//evil.example>";
    PodPath path =
        house.put(alice, Texts.post("Hi", List.of(), Optional.of(dirty), Audience.PUBLIC));
    Document page = html(path.value()).page();
    assertEquals(
        "<p>Hi a<a href=\"https://x.example\" rel=\"nofollow noopener noreferrer\">b</a></p>",
        page.select(".e-content").html());
  }

  @Test
  void SEC_38_linkInTheText_leavesTheHouseWithoutATrace() {
    Social.Post post =
        Texts.post(
            "see bank.example",
            List.of(new Facet(4, 16, List.of(new Facet.Feature.Link("https://evil.example/x")))),
            Optional.empty(),
            Audience.PUBLIC);
    PodPath path = house.put(alice, post);
    var link = html(path.value()).page().select(".e-content a").first();
    assertEquals("nofollow noopener noreferrer", link.attr("rel"));
    assertEquals("bank.example [evil.example]", link.text());
  }
}
