package tripod.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tripod.podstore.PodFailure;
import tripod.server.wiring.AdminNote;
import tripod.server.wiring.Running;

/** What a verb says, and ends with, when it is not done: one plain line, 1 or 2. */
class CommandLineTest {
  @TempDir static Path folder;

  private record Ran(int status, String err) {}

  private static Ran run(String... args) {
    StringWriter err = new StringWriter();
    int status =
        TripodCommand.commandLine()
            .setErr(new PrintWriter(err, true))
            .setOut(new PrintWriter(new StringWriter(), true))
            .execute(args);
    return new Ran(status, err.toString());
  }

  private static void isOneLine(Ran ran, int status, String words) {
    assertEquals(status, ran.status(), ran.err());
    assertEquals(1, ran.err().lines().count(), ran.err());
    assertTrue(ran.err().startsWith("tripod: "), ran.err());
    assertTrue(ran.err().contains(words), ran.err());
  }

  @Test
  void wrongUse_isTwo_andNamesTheHelp() {
    isOneLine(run("nosuch"), 2, "see tripod --help");
    isOneLine(run("account", "create"), 2, "see tripod account create --help");
    isOneLine(run("translate", "--from", "x", "--context", "none"), 2, "--from atproto,");
  }

  @Test
  void whatFails_isOne_andNamesNoClass() {
    isOneLine(run("serve", "--port", "99999"), 1, "from 0 to 65535");
    isOneLine(
        run("translate", "--from", "solid", "--context", folder.resolve("none").toString()),
        1,
        "there is no such file or folder");
  }

  @Test
  void verbose_showsTheTrace() {
    assertTrue(run("serve", "--port", "99999", "--verbose").err().contains("\tat tripod.server"));
  }

  @Test
  void everyVerb_hasAnExample() {
    everyVerb(TripodCommand.commandLine());
  }

  private static void everyVerb(CommandLine line) {
    for (CommandLine verb : line.getSubcommands().values()) {
      String name = verb.getCommandName();
      if (!List.of("help", "generate-completion", "warmup").contains(name)) {
        assertTrue(verb.getUsageMessage().contains("Example"), name);
        everyVerb(verb);
      }
    }
  }

  @Test
  void verbWithoutAServer_callsMembersAsTheServerWill() throws IOException {
    Path data = folder.resolve("aside");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      try (Running verb =
          Running.forAVerb(
              new HashMap<>(Map.of("host.port", port, "host.data", data.toString())), Map.of())) {
        assertEquals("http://localhost:" + port, verb.origin().toString());
        assertNotEquals("http://127.0.0.1:" + port, verb.adminNote().address());
      }
    }
  }

  @Test
  void startThatFails_leavesTheNoteOfTheServerThatRuns() {
    Path data = folder.resolve("pods");
    Map<String, String> given = Map.of("host.port", "0", "host.data", data.toString());
    try (Running server = Running.start(new HashMap<>(given), Map.of())) {
      assertThrows(
          PodFailure.Unavailable.class, () -> Running.start(new HashMap<>(given), Map.of()));
      assertEquals(server.adminNote(), AdminNote.read(data).orElseThrow());
      isOneLine(
          run("account", "show", "no body", "--data", data.toString()),
          1,
          "there is no account no body");
    }
    assertFalse(AdminNote.read(data).isPresent());
  }
}
