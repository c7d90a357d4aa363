package tripod.atproto.repo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.podstore.Journal;
import tripod.syntax.Cid;
import tripod.syntax.Tid;

/** A strict relay never loses step with a host that changes, restarts and is killed. */
class RelayChurnTest {
  private static final int COMMITS = Integer.getInteger("tripod.churn.commits", 10_000);

  @TempDir Path folder;

  @Test
  void relay_ofThousandsOfCommits_neverDesynchronises() {
    try (TestPods pods = new TestPods()) {
      RelayModel relay = relay(pods);
      Churn churn = new Churn(pods, 20_261_126, "m");
      Map<Cid, byte[]> copy = new HashMap<>();
      Tid copied = null;
      int round = 0;
      while (relay.commits() < COMMITS) {
        for (int i = 0; i < 200; i++) {
          if (churn.isTimeForTheAccount()) {
            churn.account();
          } else {
            churn.records();
          }
        }
        follow(pods, relay, TestPods.NOW.plusSeconds(3600));
        if (round++ % 10 == 0) {
          copied = update(pods, copy, copied);
          assertSame(pods, relay);
        }
      }
      update(pods, copy, copied);
      assertSame(pods, relay);
      assertTrue(relay.fetches() < relay.commits() / 20, relay.fetches() + " fetches");
    }
  }

  @Test
  void SEC_84_relay_ofAHostThatIsClosedAndKilled_neverDesynchronises() throws Exception {
    RelayModel relay = null;
    for (int round = 0; round < 4; round++) {
      if (round % 2 == 1) {
        killAfter(60, round);
      }
      try (TestPods pods = new TestPods(folder, InstantSource.system())) {
        relay = relay == null ? relay(pods) : relay;
        fetching = pods;
        follow(pods, relay, Instant.now());
        Churn churn = new Churn(pods, round, "p" + round);
        for (int i = 0; i < 60; i++) {
          churn.records();
        }
        churn.account();
        follow(pods, relay, Instant.now());
        assertSame(pods, relay);
      }
    }
    assertTrue(relay != null && relay.commits() > 200);
  }

  private TestPods fetching;

  private RelayModel relay(TestPods pods) {
    fetching = pods;
    return new RelayModel(
        did -> TestPods.PUBLIC_KEY, false, did -> export(fetching, java.util.Optional.empty()));
  }

  private static void follow(TestPods pods, RelayModel relay, Instant now) {
    while (true) {
      List<Journal.Emission> page =
          pods.store.journal().stream(RepoFrames.STREAM, relay.lastSeq(), 500);
      for (Journal.Emission emission : page) {
        TestFrames frame = TestFrames.read(emission.payload());
        assertEquals(emission.number(), frame.body().integer("seq").orElseThrow());
        relay.take(frame, now);
      }
      if (page.size() < 500) {
        return;
      }
    }
  }

  private static void assertSame(TestPods pods, RelayModel relay) {
    Map<String, Cid> leaves = new TreeMap<>();
    pods.store.read(
        pods.pod,
        reader -> {
          RepoRows.leaves(
              reader.partition(RepoRows.PARTITION), leaf -> leaves.put(leaf.key(), leaf.cid()));
          return true;
        });
    RelayModel.Account known = relay.account(TestPods.DID);
    assertEquals(leaves, known.records);
    assertEquals(pods.head().root(), known.root);
    assertEquals(pods.head().rev(), known.rev);
  }

  /** Brings a copy of all blocks up to date by what is new, and checks that it is whole. */
  private static Tid update(TestPods pods, Map<Cid, byte[]> copy, Tid since) {
    copy.putAll(TestFrames.blocks(export(pods, java.util.Optional.ofNullable(since))));
    RepoHead head = pods.head();
    assertTrue(copy.containsKey(head.commit()));
    PartialMst.read(head.root(), copy)
        .forEach((key, cid) -> assertTrue(copy.containsKey(cid), key));
    // What is not reached any more may be gone from a copy: it must come again when it is.
    Map<Cid, byte[]> whole = TestFrames.blocks(export(pods, java.util.Optional.empty()));
    copy.keySet().retainAll(whole.keySet());
    assertEquals(whole.keySet(), copy.keySet());
    return head.rev();
  }

  private static byte[] export(TestPods pods, java.util.Optional<Tid> since) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    RepoExport export = new RepoExport(pods.store, pods.trees);
    since.ifPresentOrElse(
        rev -> export.writeSince(pods.pod, rev, out), () -> export.write(pods.pod, out));
    return out.toByteArray();
  }

  private void killAfter(int writes, int seed) throws Exception {
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RelayChild.class.getName(),
                folder.toString(),
                String.valueOf(seed))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var lines =
        new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < writes; i++) {
        assertTrue(lines.readLine() != null, "the child ended by itself");
      }
    } finally {
      child.destroyForcibly().waitFor();
    }
  }
}
