package tripod.podstore.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tripod.podstore.Content;
import tripod.podstore.Journal;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.Resource;
import tripod.syntax.PodId;

/** Kills a writing process without warning and looks at what it leaves. */
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("tripod.crash.rounds", 5);

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "h2"})
  void SEC_84_SEC_91_killedWriter_losesNothingAcknowledged(String engine) throws Exception {
    try (PodStore store = CrashWriter.open(engine, folder)) {
      for (int i = 0; i < CrashWriter.PODS; i++) {
        store.create(store.nextPodId(), PodStore.JdbcWork.NONE, _ -> 0);
      }
    }
    var random = new SplittableRandom(engine.hashCode());
    var acknowledged = new TreeMap<String, String>();
    long head = 0;
    for (int round = 0; round < ROUNDS; round++) {
      writeAndKill(engine, round, 20 + random.nextInt(300), acknowledged);
      try (PodStore store = CrashWriter.open(engine, folder)) {
        verify(store, acknowledged);
        List<Journal.Entry> later = store.journal().commits(head, 1);
        assertTrue(later.isEmpty() || later.getFirst().number() > head);
        head = store.journal().head();
      }
    }
  }

  private void writeAndKill(String engine, int round, int writes, Map<String, String> acknowledged)
      throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            CrashWriter.class.getName(),
            engine,
            folder.toString(),
            "r" + round));
    Process child =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (var lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < writes; i++) {
        String line = lines.readLine();
        assertTrue(line != null, "the writer ended by itself");
        String[] words = line.split(" ");
        acknowledged.put(words[1], words[0] + " " + words[2]);
      }
      child.destroyForcibly().waitFor();
    }
  }

  private static void verify(PodStore store, Map<String, String> acknowledged) {
    var numberOf = new HashMap<String, Long>();
    var last = new HashMap<PodId, Long>();
    long frames = store.journal().stream("frames", 0, Integer.MAX_VALUE).size();
    long commits = 0;
    for (Journal.Entry entry : store.journal().commits(0, Integer.MAX_VALUE)) {
      Long before = last.put(entry.pod(), entry.podNumber());
      assertEquals(before == null ? 1 : before + 1, entry.podNumber());
      PodPath path = entry.touches().getLast().path();
      numberOf.put(path.name(), entry.podNumber());
      commits += path.isContainer() ? 0 : 1;
    }
    assertEquals(commits, frames);
    acknowledged.forEach(
        (name, place) -> {
          String[] words = place.split(" ");
          Optional<Resource> found =
              store.read(
                  new PodId(Long.parseLong(words[0])), view -> view.get(new PodPath("/w/" + name)));
          assertTrue(found.isPresent(), name);
          assertArrayEquals(
              CrashWriter.document(name).bytes(),
              ((Content.Document) found.get().content()).bytes());
          assertEquals(Long.parseLong(words[1]), numberOf.get(name));
        });
    last.forEach(
        (pod, number) ->
            store.read(
                pod,
                view -> {
                  assertEquals(number, view.number());
                  long members = view.memberCount(new PodPath("/w/"));
                  long listed = 0;
                  Optional<String> after = Optional.empty();
                  List<Resource> page;
                  do {
                    page = view.members(new PodPath("/w/"), after, false, 1000);
                    listed += page.size();
                    after = page.isEmpty() ? after : Optional.of(page.getLast().path().name());
                  } while (!page.isEmpty());
                  assertEquals(members, listed);
                  assertEquals(
                      members,
                      view.partition("count").get("n").map(CrashWriter::number).orElse(0L));
                  return 0;
                }));
  }
}
