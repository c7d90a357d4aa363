package tripod.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.identity.Account;
import tripod.podstore.PodPath;
import tripod.podstore.social.Audience;

/** Pages in a real browser; runs when there is a Chromium, and says so when there is none. */
class ChromiumTest {
  private static final long PATIENCE_SECONDS = 60;

  @TempDir static Path folder;
  private static Optional<Path> chromium;
  private static House house;
  private static PodPath post;

  @BeforeAll
  static void open() {
    chromium =
        Optional.ofNullable(System.getenv("CHROMIUM"))
            .or(() -> Optional.of("/usr/bin/chromium"))
            .map(Path::of)
            .filter(Files::isExecutable);
    Assumptions.assumeTrue(
        chromium.isPresent(), "no Chromium at $CHROMIUM or /usr/bin/chromium: not run");
    house = House.lab();
    Account alice = house.member("alice");
    post = house.put(alice, Texts.post("<script>document.title='taken'</script>", Audience.PUBLIC));
  }

  @AfterAll
  static void close() {
    if (house != null) {
      house.close();
    }
  }

  private record Seen(Document dom, String log) {}

  private static Seen open(String url) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "dom", ".html");
    Path log = Files.createTempFile(folder, "log", ".txt");
    List<String> command = new ArrayList<>(List.of(chromium.orElseThrow().toString()));
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            "--user-data-dir=" + Files.createTempDirectory(folder, "profile"),
            "--virtual-time-budget=3000",
            "--dump-dom",
            url));
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(log.toFile())
            .start();
    try {
      assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "Chromium took too long");
    } finally {
      process.destroyForcibly();
    }
    return new Seen(Jsoup.parse(Files.readString(out)), Files.readString(log));
  }

  @Test
  void SEC_54_ownScript_runsUnderThePolicyAndNothingIsBlocked() throws Exception {
    Seen seen = open("http://localhost:" + house.port() + "/console/sign-in");
    assertTrue(seen.dom().selectFirst("html").hasClass("script"), seen.dom().toString());
    assertEquals("Show", seen.dom().select("button.show").text());
    assertFalse(seen.log().contains("Content Security Policy"), seen.log());
    assertFalse(seen.log().contains("Uncaught"), seen.log());
  }

  @Test
  void SEC_38_scriptInAPost_doesNotRun() throws Exception {
    Seen seen = open("http://alice.localhost:" + house.port() + post.value());
    assertFalse(seen.dom().title().contains("taken"), seen.dom().title());
    assertTrue(seen.dom().select(".e-content").text().contains("document.title"));
    assertFalse(seen.log().contains("Content Security Policy"), seen.log());
  }
}
