package tripod.atproto.repo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.Tid;

/** What the network is told when an account sleeps, wakes, moves here or gets another key. */
class RepoEventsTest {
  private static final String THING = "com.example.thing";

  private final TestPods pods = new TestPods();
  private final RepoImport imports = new RepoImport(pods.store, pod -> pods.names, pods.records);

  @AfterEach
  void close() {
    pods.close();
  }

  @Test
  void activated_treeAsTold_followsWithAnEmptyCommit() {
    put("a");
    RepoHead before = pods.head();
    sleep();
    wake();
    List<TestFrames> told = last(5);
    assertEquals(
        List.of("#account", "#account", "#identity", "#commit", "#sync"),
        told.stream().map(TestFrames::type).toList());
    DagFields commit = told.get(3).body();
    assertTrue(commit.items("ops").isEmpty());
    assertEquals(before.rev().value(), commit.text("since").orElseThrow());
    assertEquals(before.root(), commit.link("prevData").orElseThrow());
    told.get(3).assertInverts();
    assertEquals(commit.text("rev"), told.get(4).body().text("rev"));
    assertTrue(pods.head().rev().compareTo(before.rev()) > 0);
    put("b");
    assertEquals(pods.head().rev().value(), last(1).getFirst().body().text("rev").orElseThrow());
    last(1).getFirst().assertInverts();
  }

  @Test
  void activated_treeChangedAsleep_saysWhereItStandsAlone() {
    sleep();
    put("a");
    wake();
    assertEquals(
        List.of("#account", "#identity", "#sync"), last(3).stream().map(TestFrames::type).toList());
  }

  @Test
  void activated_afterAMove_followsFromWhatTheOldHostTold() {
    sleep();
    Tid ahead = Tid.of(1_767_326_645_678_000L, 3); // an hour ahead
    Map<String, byte[]> records = SampleArchive.posts(20, 1);
    byte[] car = SampleArchive.of(TestPods.DID, ahead, records, (pod, message) -> new byte[64]);
    RepoImport.Result moved =
        imports.replace(pods.pod, new ByteArrayInputStream(car), commit -> true);
    assertEquals(20, moved.written());
    assertTrue(pods.head().rev().compareTo(ahead) > 0);
    wake();
    List<TestFrames> told = last(4);
    assertEquals(
        List.of("#account", "#identity", "#commit", "#sync"),
        told.stream().map(TestFrames::type).toList());
    DagFields commit = told.get(2).body();
    assertEquals(ahead.value(), commit.text("since").orElseThrow());
    assertEquals(moved.root(), commit.link("prevData").orElseThrow());
    told.get(2).assertInverts();
    RepoCommit head = RepoCommit.read(pods.head().block());
    assertTrue(TestPods.PUBLIC_KEY.verify(head.unsigned(), head.sig()));
    assertEquals(moved.root(), head.data());
  }

  @Test
  void replace_nothingNew_stillGoesOnAboveTheArchive() {
    Map<String, byte[]> records = SampleArchive.posts(5, 2);
    byte[] car = SampleArchive.of(TestPods.DID, new Tid("3mbfvv7imxk22"), records, pods.signer);
    imports.replace(pods.pod, new ByteArrayInputStream(car), commit -> true);
    sleep();
    Tid ahead = Tid.of(1_767_326_645_678_000L, 3);
    byte[] later = SampleArchive.of(TestPods.DID, ahead, records, pods.signer);
    RepoImport.Result again =
        imports.replace(pods.pod, new ByteArrayInputStream(later), commit -> true);
    assertEquals(0, again.written());
    wake();
    assertTrue(pods.head().rev().compareTo(ahead) > 0);
  }

  @Test
  void keyChanged_active_tellsAFreshCommit() {
    put("a");
    RepoHead before = pods.head();
    pods.store.write(
        pods.pod,
        writer -> {
          pods.events.keyChanged(writer, TestPods.HANDLE);
          return true;
        });
    List<TestFrames> told = last(3);
    assertEquals(
        List.of("#identity", "#commit", "#sync"), told.stream().map(TestFrames::type).toList());
    assertEquals(before.rev().value(), told.get(1).body().text("since").orElseThrow());
    told.get(1).assertInverts();
  }

  private void put(String rkey) {
    pods.put(THING, rkey, DagFields.builder().put("$type", THING).build());
  }

  private void sleep() {
    pods.store.write(
        pods.pod,
        writer -> {
          pods.events.stopped(writer, RepoStatus.DEACTIVATED);
          return true;
        });
  }

  private void wake() {
    pods.store.write(
        pods.pod,
        writer -> {
          pods.events.activated(writer, TestPods.HANDLE);
          return true;
        });
  }

  private List<TestFrames> last(int count) {
    List<TestFrames> all = TestFrames.all(pods.store.journal());
    return all.subList(all.size() - count, all.size());
  }
}
