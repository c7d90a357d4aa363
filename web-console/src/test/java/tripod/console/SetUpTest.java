package tripod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SetUpTest {
  private static final String WITH_CODE = "/console/setup?code=" + House.CODE;

  @Test
  void SEC_96_printedCode_makesTheFirstHostOnce() {
    try (House house = House.https()) {
      Browser browser = house.browser();
      Browser.Answer made =
          browser.fill(
              WITH_CODE, "/console/setup", Map.of("name", "ada", "password", House.PASSWORD));
      assertEquals(303, made.status());
      assertEquals("/console/addresses?new=1", made.header("Location"));
      assertTrue(browser.get(made.header("Location")).body().contains("@ada.localhost"));
      assertEquals(200, browser.get("/console/members").status());

      Browser second = house.browser();
      assertEquals(410, second.get(WITH_CODE).status());
      Map<String, String> form =
          second.filled(
              "/console/sign-in",
              "/console/sign-in",
              Map.of("name", "eve", "password", House.PASSWORD, "code", House.CODE));
      assertEquals(410, second.post("/console/setup", form).status());
      assertEquals(1, house.accounts().count());
    }
  }

  @Test
  void SEC_96_wrongCode_makesNobody() {
    try (House house = House.https()) {
      Browser browser = house.browser();
      for (String code : new String[] {"", "wrong", House.CODE + "x", House.CODE.substring(1)}) {
        Map<String, String> form =
            browser.filled(
                "/console/setup",
                "/console/setup",
                Map.of("name", "eve", "password", House.PASSWORD, "code", code));
        assertEquals(403, browser.post("/console/setup", form).status(), code);
      }
      assertEquals(0, house.accounts().count());
    }
  }

  @Test
  void SEC_96_refusedPassword_leavesTheCodeGood() {
    try (House house = House.https()) {
      Browser browser = house.browser();
      Browser.Answer weak =
          browser.fill(WITH_CODE, "/console/setup", Map.of("name", "ada", "password", "short"));
      assertEquals(422, weak.status());
      assertTrue(weak.page().selectFirst("[role=alert]").text().contains("10 characters"));
      assertEquals("ada", weak.page().selectFirst("#name").val());
      Browser.Answer made =
          browser.fill(
              WITH_CODE, "/console/setup", Map.of("name", "ada", "password", House.PASSWORD));
      assertEquals(303, made.status());
    }
  }

  @Test
  void setUp_accountOfThatName_needsItsPassword() {
    try (House house = House.lab()) {
      house.member("ada");
      Browser browser = house.browser();
      Browser.Answer wrong =
          browser.fill(
              WITH_CODE, "/console/setup", Map.of("name", "ada", "password", "something else!"));
      assertEquals(409, wrong.status());
      Browser.Answer right =
          browser.fill(
              WITH_CODE, "/console/setup", Map.of("name", "ada", "password", House.PASSWORD));
      assertEquals(303, right.status());
      assertEquals(200, browser.get("/console/members").status());
    }
  }

  @Test
  void newMember_openSignUp_endsWithAllAddresses() {
    try (House house = House.lab()) {
      Browser browser = house.browser();
      Browser.Answer made =
          browser.fill(
              "/console/new", "/console/new", Map.of("name", "bob", "password", House.PASSWORD));
      assertEquals(303, made.status());
      String page = browser.get(made.header("Location")).page().text();
      String origin = "http://bob.localhost:" + house.port();
      for (String address :
          new String[] {
            "@bob.localhost",
            "did:plc:",
            "@bob@bob.localhost:" + house.port(),
            origin + "/actor",
            origin + "/profile/card#me",
            origin + "/"
          }) {
        assertTrue(page.contains(address), address);
      }
    }
  }

  @Test
  void newMember_closedSignUp_isForHostsAlone() {
    try (House house = House.https()) {
      house.member("bob");
      assertEquals(403, house.browser().get("/console/new").status());
      assertEquals(403, house.signedIn("bob").get("/console/new").status());
      assertEquals(403, house.signedIn("bob").get("/console/members").status());
      Browser bob = house.signedIn("bob");
      Map<String, String> form =
          bob.filled(
              "/console", "/console/sign-out", Map.of("name", "eve", "password", House.PASSWORD));
      assertEquals(403, bob.post("/console/new", form).status());

      Browser host = house.browser();
      host.fill(WITH_CODE, "/console/setup", Map.of("name", "ada", "password", House.PASSWORD));
      Browser.Answer made =
          host.fill(
              "/console/new", "/console/new", Map.of("name", "carol", "password", House.PASSWORD));
      assertEquals("/console/members/carol.localhost?new=1", made.header("Location"));
      assertTrue(host.get(made.header("Location")).body().contains("@carol.localhost"));
      assertEquals(200, house.signedIn("carol").get("/console").status());
    }
  }

  @Test
  void newMember_nameTaken_saysSoAndKeepsWhatWasTyped() {
    try (House house = House.lab()) {
      house.member("bob");
      Browser.Answer answer =
          house
              .browser()
              .fill(
                  "/console/new",
                  "/console/new",
                  Map.of("name", "bob", "password", House.PASSWORD));
      assertEquals(409, answer.status());
      assertEquals("bob", answer.page().selectFirst("#name").val());
      assertFalse(answer.body().contains(House.PASSWORD));
    }
  }

  @Test
  void newMember_nameThatCanBeNone_isRefusedInWords() {
    try (House house = House.lab()) {
      for (String name : new String[] {"a b", "<script>", "-", "ä"}) {
        Browser.Answer answer =
            house
                .browser()
                .fill(
                    "/console/new",
                    "/console/new",
                    Map.of("name", name, "password", House.PASSWORD));
        assertEquals(422, answer.status(), name);
        assertEquals(name, answer.page().selectFirst("#name").val());
      }
    }
  }
}
