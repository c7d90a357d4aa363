package tripod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tripod.identity.Account;
import tripod.identity.AccountChange;
import tripod.identity.route.Route;

class SessionSecurityTest {
  private static House house;
  private static Account alice;

  @BeforeAll
  static void open() {
    house = House.lab();
    alice = house.member("alice");
  }

  @AfterAll
  static void close() {
    house.close();
  }

  private static Browser.Answer signIn(Browser browser, String password) {
    return browser.fill(
        "/console/sign-in", "/console/sign-in", Map.of("name", "alice", "password", password));
  }

  @Test
  void SEC_52_cookieOfTheLab_isHttpOnlyAndLaxUnderAnHonestName() {
    Browser.Answer answer = signIn(house.browser(), House.PASSWORD);
    assertEquals(303, answer.status());
    String cookie = sessionCookie(answer);
    assertTrue(cookie.startsWith("tripod-session-" + house.port() + "="), cookie);
    assertTrue(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax"), cookie);
    assertTrue(cookie.contains("; Path=/;"), cookie);
    assertFalse(cookie.contains("Domain"), cookie);
    assertFalse(cookie.contains("__Host-"), cookie);
  }

  @Test
  void SEC_52_cookieOfARealHost_hasThePrefixAndIsSecure() {
    try (House real = House.https()) {
      real.member("alice");
      Browser.Answer answer =
          real.browser()
              .fill(
                  "/console/sign-in",
                  "/console/sign-in",
                  Map.of("name", "alice", "password", House.PASSWORD));
      String cookie = sessionCookie(answer);
      assertTrue(cookie.startsWith("__Host-tripod-session="), cookie);
      assertTrue(cookie.endsWith("; Secure"), cookie);
      assertTrue(answer.header("Strict-Transport-Security").startsWith("max-age=31536000"));
    }
  }

  @Test
  void SEC_52_signIn_givesANewIdAndEndsTheOldOne() {
    Browser browser = house.signedIn("alice");
    String name = "tripod-session-" + house.port();
    String before = browser.cookies().get(name);
    Map<String, String> form =
        browser.filled(
            "/console",
            "/console/sign-out",
            Map.of("name", "alice", "password", House.PASSWORD, "next", "/console"));
    browser.post("/console/sign-in", form);
    String after = browser.cookies().get(name);
    assertNotEquals(before, after);

    Browser thief = house.browser();
    thief.cookies().put(name, before);
    assertEquals(303, thief.get("/console").status());
  }

  @Test
  void SEC_52_secret_isNotInTheDatabase() {
    Browser browser = house.signedIn("alice");
    String secret = browser.cookies().get("tripod-session-" + house.port());
    assertTrue(secret.length() >= 43, "32 bytes in base64url");
    List<String> ids =
        house
            .store()
            .sql()
            .query(
                connection -> {
                  List<String> found = new ArrayList<>();
                  try (var select =
                          connection.prepareStatement("select id_hash from console_session");
                      ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                      found.add(rows.getString(1));
                    }
                  }
                  return found;
                });
    assertFalse(ids.isEmpty());
    assertTrue(ids.stream().allMatch(id -> id.matches("[0-9a-f]{64}")), ids::toString);
    assertFalse(ids.contains(secret));
  }

  @Test
  void SEC_52_session_endsAfterSevenIdleDays() {
    try (House own = House.lab()) {
      own.member("alice");
      Browser browser = own.signedIn("alice");
      own.later(Duration.ofDays(6));
      assertEquals(200, browser.get("/console").status());
      own.later(Duration.ofDays(6));
      assertEquals(200, browser.get("/console").status());
      own.later(Duration.ofDays(7).plusSeconds(1));
      assertEquals(303, browser.get("/console").status());
    }
  }

  @Test
  void SEC_52_session_endsAfterThirtyDaysHoweverBusy() {
    try (House own = House.lab()) {
      own.member("alice");
      Browser browser = own.signedIn("alice");
      for (int day = 0; day < 30; day += 5) {
        assertEquals(200, browser.get("/console").status(), "day " + day);
        own.later(Duration.ofDays(5));
      }
      own.later(Duration.ofSeconds(1));
      assertEquals(303, browser.get("/console").status());
    }
  }

  @Test
  void SEC_52_signOut_endsTheSessionOnTheServer() {
    Browser browser = house.signedIn("alice");
    String name = "tripod-session-" + house.port();
    String secret = browser.cookies().get(name);
    assertEquals(303, browser.fill("/console", "/console/sign-out", Map.of()).status());
    Browser later = house.browser();
    later.cookies().put(name, secret);
    assertEquals(303, later.get("/console").status());
  }

  @Test
  void SEC_61_newPassword_endsAllSessionsOfThatAccountAlone() {
    try (House own = House.lab()) {
      Account member = own.member("alice");
      own.member("bob");
      Browser one = own.signedIn("alice");
      Browser two = own.signedIn("alice");
      Browser other = own.signedIn("bob");
      own.accounts().tell(new AccountChange.SessionsEnded(member));
      assertEquals(303, one.get("/console").status());
      assertEquals(303, two.get("/console").status());
      assertEquals(200, other.get("/console").status());
    }
  }

  @Test
  void SEC_52_haltedAccount_isSignedOutAndStaysOut() {
    try (House own = House.lab()) {
      Account member = own.member("alice");
      Browser browser = own.signedIn("alice");
      own.accounts().become(member, Account.State.SUSPENDED);
      assertEquals(303, browser.get("/console").status());
      Browser.Answer answer =
          own.browser()
              .fill(
                  "/console/sign-in",
                  "/console/sign-in",
                  Map.of("name", "alice", "password", House.PASSWORD));
      assertEquals(403, answer.status());
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "https://evil.example, -",
        "https://evil.example, same-origin",
        "null, -",
        "null, cross-site",
        "null, same-site",
        "null, none",
        "-, cross-site",
        "-, same-site",
        "-, -",
      })
  void SEC_53_formFromElsewhere_isRefusedAndChangesNothing(String origin, String site) {
    Browser browser = house.signedIn("alice");
    Map<String, String> form =
        browser.filled(
            "/console", "/console/posts", Map.of("text", "not by alice", "audience", "public"));
    List<String> headers = new ArrayList<>();
    if (origin != null) {
      headers.addAll(List.of("Origin", origin));
    }
    if (site != null) {
      headers.addAll(List.of("Sec-Fetch-Site", site));
    }
    int before = house.posts(alice).size();
    Browser.Answer answer = browser.post("/console/posts", form, headers.toArray(String[]::new));
    assertEquals(403, answer.status());
    assertEquals(before, house.posts(alice).size());
  }

  @Test
  void SEC_53_podsOrigin_isElsewhere() {
    Browser browser = house.signedIn("alice");
    Map<String, String> form = browser.filled("/console", "/console/sign-out", Map.of());
    Browser.Answer answer =
        browser.post("/console/sign-out", form, "Origin", "http://alice.localhost:" + house.port());
    assertEquals(403, answer.status());
    assertEquals(200, browser.get("/console").status());
  }

  @Test
  void SEC_53_ownOrigin_isTakenWithoutFetchMetadata() {
    Browser browser = house.signedIn("alice");
    Map<String, String> form = browser.filled("/console", "/console/sign-out", Map.of());
    Browser.Answer answer =
        browser.post("/console/sign-out", form, "Origin", "http://localhost:" + house.port());
    assertEquals(303, answer.status());
  }

  @Test
  void SEC_53_tokenOfAnotherBrowser_isRefused() {
    Browser mallory = house.browser();
    Map<String, String> form =
        mallory.filled(
            "/console/sign-in",
            "/console/sign-in",
            Map.of("name", "alice", "password", House.PASSWORD));
    Browser victim = house.browser();
    victim.get("/console/sign-in");
    assertEquals(403, victim.post("/console/sign-in", form).status());
    assertEquals(403, house.browser().post("/console/sign-in", form).status());
  }

  @Test
  void SEC_53_everyChange_needsAToken() {
    for (Route route : house.routes()) {
      if (!route.methods().contains("POST")) {
        continue;
      }
      assertTrue(route.csrf(), route.path());
      Browser browser = house.signedIn("alice");
      String path = route.path().replace("{name}", "3kznmn7xqxl22");
      assertEquals(403, browser.post(path, Map.of("text", "x")).status(), path);
    }
  }

  @Test
  void SEC_53_routes_changeNothingByGet() {
    for (Route route : house.routes()) {
      assertEquals(1, route.methods().size(), route.path());
      assertEquals(route.methods().contains("GET"), route.bodyBytesMax() == 0, route.path());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "https://evil.example/",
    "//evil.example/",
    "/console//evil.example\\@x",
    "/elsewhere",
    "/consoles",
    "/console/sign-in?next=/console",
  })
  void signIn_wayOnOutsideOfTheConsole_isNotTaken(String next) {
    Browser browser = house.browser();
    Map<String, String> form =
        browser.filled(
            "/console/sign-in",
            "/console/sign-in",
            Map.of("name", "alice", "password", House.PASSWORD, "next", next));
    assertEquals("/console", browser.post("/console/sign-in", form).header("Location"));
  }

  @Test
  void signIn_stranger_isSentBackToWhereTheyWanted() {
    Browser browser = house.browser();
    Browser.Answer sent = browser.get("/console/addresses?new=1");
    assertEquals("/console/sign-in?next=%2Fconsole%2Faddresses%3Fnew%3D1", sent.header("Location"));
    Browser.Answer in =
        browser.fill(
            sent.header("Location"),
            "/console/sign-in",
            Map.of("name", "alice", "password", House.PASSWORD));
    assertEquals("/console/addresses?new=1", in.header("Location"));
  }

  @Test
  void SEC_51_wrongPasswordAndUnknownName_readAlike() {
    Browser browser = house.browser();
    String wrong = signIn(browser, "not the password").body();
    String unknown =
        browser
            .fill(
                "/console/sign-in",
                "/console/sign-in",
                Map.of("name", "nobody", "password", "not the password"))
            .body();
    assertEquals(wrong.replace("alice", "·"), unknown.replace("nobody", "·"));
  }

  private static String sessionCookie(Browser.Answer answer) {
    return answer.cookies().stream()
        .filter(cookie -> cookie.contains("session") && !cookie.contains("Max-Age=0"))
        .findFirst()
        .orElseThrow();
  }
}
