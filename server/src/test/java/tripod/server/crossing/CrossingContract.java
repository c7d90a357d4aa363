package tripod.server.crossing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.bench.LabDoor;
import tripod.server.bench.LabMember;
import tripod.server.wiring.Running;

/** What holds for a post that is written at one door and read at another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CrossingContract {
  private static final String TOKEN = "crossing-admin-token";

  private final LabDoor writer;
  private final LabDoor reader;
  private Running server;
  private HttpClient http;
  private LabMember member;

  CrossingContract(LabDoor writer, LabDoor reader) {
    this.writer = writer;
    this.reader = reader;
  }

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    server =
        Running.start(
            Map.of("host.port", "0", "host.data", data.toString(), "admin.token", TOKEN), Map.of());
    http = HttpClient.newHttpClient();
    member = LabMember.create(http, server.origin(), TOKEN, "alice", Date::new);
  }

  /** Whatever the tests did, in the end all that is derived is as a rebuild would make it. */
  @AfterAll
  void stop() {
    try {
      String report = LabMember.text(member.admin("/api/admin/doctor", TOKEN));
      assertTrue(
          report.contains("\"name\":\"what is derived equals its rebuild\",\"ok\":true"), report);
    } finally {
      http.close();
      server.close();
    }
  }

  private void assertSays(String text, String name) {
    Optional<String> read = reader.read(member, name);
    assertTrue(
        read.filter(said -> said.contains(text)).isPresent(),
        writer + " wrote '" + text + "', " + reader + " reads " + read);
  }

  private void assertSilent(String name) {
    assertEquals(Optional.empty(), reader.read(member, name), writer + " to " + reader);
  }

  @Test
  void post_created_isReadAtTheOtherDoor() {
    assertSays("a first word", writer.create(member, "a first word", true));
  }

  @Test
  void post_edited_isReadInItsNewForm() {
    String name = writer.create(member, "before the edit", true);
    writer.edit(member, name, "after the edit");
    assertSays("after the edit", name);
  }

  @Test
  void post_editedAtTheOtherDoor_isReadAtBoth() {
    String name = writer.create(member, "born here", true);
    reader.edit(member, name, "changed there");
    assertSays("changed there", name);
    assertTrue(writer.read(member, name).orElseThrow().contains("changed there"));
  }

  @Test
  void post_deleted_isGone() {
    String name = writer.create(member, "not for long", true);
    writer.delete(member, name);
    assertSilent(name);
  }

  @Test
  void post_deletedAtTheOtherDoor_isGoneHere() {
    String name = writer.create(member, "not for long either", true);
    reader.delete(member, name);
    assertEquals(Optional.empty(), writer.read(member, name));
  }

  @Test
  void post_private_appearsAtNoDoor() {
    String name = writer.create(member, "between us", false);
    for (LabDoor door : LabDoor.values()) {
      assertEquals(Optional.empty(), door.read(member, name), "shown by " + door);
    }
    String repo =
        LabMember.text(
            member.query(
                "com.atproto.repo.listRecords",
                "repo=" + member.did() + "&collection=app.bsky.feed.post"));
    assertTrue(!repo.contains("between us"), repo);
    String outbox =
        LabMember.text(member.get(member.actor() + "/outbox?page=1", "application/activity+json"));
    assertTrue(!outbox.contains("between us"), outbox);
  }
}
