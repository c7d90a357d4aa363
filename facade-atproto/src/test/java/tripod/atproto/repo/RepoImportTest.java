package tripod.atproto.repo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tripod.atproto.Vectors;
import tripod.podstore.PodFailure;
import tripod.syntax.Cid;

class RepoImportTest {
  private final TestPods pods = new TestPods();
  private final RepoImport imports = new RepoImport(pods.store, pod -> pods.names, pods.records);

  @AfterEach
  void close() {
    List<String> faults = pods.store.faults(pods.pod);
    pods.close();
    assertEquals(List.of(), faults, "every projection equals its rebuild");
  }

  @ParameterizedTest
  @CsvSource({"paul_staging,185", "greenground,2"})
  void copy_realRepository_comesOutAsItWentIn(String file, int records) {
    byte[] car = Vectors.bytes("atproto/car/" + file + ".repo.car");
    int before = TestFrames.all(pods.store.journal()).size();
    RepoImport.Result result = imports.copy(pods.pod, new ByteArrayInputStream(car));
    assertEquals(records, result.records());
    assertEquals(records, result.written());
    assertEquals(result.root(), pods.head().root());
    Map<Cid, byte[]> reached = reached(TestFrames.blocks(car), result.root());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new RepoExport(pods.store, pods.trees).write(pods.pod, out);
    Map<Cid, byte[]> exported = new HashMap<>(TestFrames.blocks(out.toByteArray()));
    exported.remove(pods.head().commit());
    assertEquals(reached.keySet(), exported.keySet());
    reached.forEach((cid, block) -> assertArrayEquals(block, exported.get(cid)));
    var frames = TestFrames.all(pods.store.journal());
    assertEquals("#sync", frames.get(before).type());
    assertEquals(before + 1, frames.size());

    RepoImport.Result again = imports.copy(pods.pod, new ByteArrayInputStream(car));
    assertEquals(0, again.written());
    assertEquals(before + 1, TestFrames.all(pods.store.journal()).size());
  }

  @Test
  void replace_archiveOfAnother_isRefused() {
    byte[] car = Vectors.bytes("atproto/car/greenground.repo.car");
    assertThrows(
        PodFailure.Invalid.class,
        () -> imports.replace(pods.pod, new ByteArrayInputStream(car), commit -> true));
  }

  @Test
  void replace_ownExport_isTakenIfSigned() {
    imports.copy(
        pods.pod, new ByteArrayInputStream(Vectors.bytes("atproto/car/greenground.repo.car")));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new RepoExport(pods.store, pods.trees).write(pods.pod, out);
    Cid root = pods.head().root();
    pods.put(
        "com.example.thing",
        "later",
        tripod.podstore.cbor.DagFields.of(
            "$type", tripod.podstore.cbor.DagValue.of("com.example.thing")));
    RepoImport.Result result =
        imports.replace(
            pods.pod,
            new ByteArrayInputStream(out.toByteArray()),
            commit -> TestPods.PUBLIC_KEY.verify(commit.unsigned(), commit.sig()));
    assertEquals(1, result.deleted());
    assertEquals(root, pods.head().root());
    assertThrows(
        PodFailure.Invalid.class,
        () ->
            imports.replace(
                pods.pod, new ByteArrayInputStream(out.toByteArray()), commit -> false));
  }

  @Test
  void SEC_35_copy_archiveWithoutABlock_isRefusedAndLeavesNothing() {
    byte[] car = Vectors.bytes("atproto/car/greenground.repo.car");
    Cid before = pods.head().commit();
    for (int cut : new int[] {1, 100, car.length / 2}) {
      byte[] shorter = java.util.Arrays.copyOf(car, car.length - cut);
      assertThrows(
          PodFailure.Invalid.class,
          () -> imports.copy(pods.pod, new ByteArrayInputStream(shorter)));
    }
    assertEquals(before, pods.head().commit());
    assertTrue(imports.missingBlobs(pods.pod, java.util.Optional.empty(), 10).isEmpty());
  }

  @Test
  void replace_largeArchive_isWrittenInPartsAndComesOutAsItWentIn() {
    Map<String, byte[]> records = SampleArchive.posts(3_500, 9);
    tripod.syntax.Tid rev = new tripod.syntax.Tid("3mbfvv7imxk22");
    byte[] car = SampleArchive.of(TestPods.DID, rev, records, pods.signer);
    for (int i = 0; i < 10; i++) {
      pods.put(
          "com.example.thing",
          "old" + i,
          tripod.podstore.cbor.DagFields.of(
              "$type", tripod.podstore.cbor.DagValue.of("com.example.thing")));
    }
    long commits = pods.store.<Long>read(pods.pod, tripod.podstore.PodReader::number);
    RepoImport.Result result =
        imports.replace(pods.pod, new ByteArrayInputStream(car), commit -> true);
    assertEquals(3_500, result.written());
    assertEquals(10, result.deleted());
    assertEquals(result.root(), pods.head().root());
    assertEquals(commits + 4, pods.store.<Long>read(pods.pod, tripod.podstore.PodReader::number));
    for (MstCache trees : new MstCache[] {pods.trees, new MstCache(1)}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new RepoExport(pods.store, trees).write(pods.pod, out);
      byte[] own = SampleArchive.of(TestPods.DID, pods.head().rev(), records, pods.signer);
      assertArrayEquals(own, out.toByteArray());
    }
    // A smaller archive takes the rest away again, over several parts.
    Map<String, byte[]> few = SampleArchive.posts(7, 9);
    byte[] small = SampleArchive.of(TestPods.DID, rev, few, pods.signer);
    RepoImport.Result shrunk =
        imports.replace(pods.pod, new ByteArrayInputStream(small), commit -> true);
    assertEquals(3_493, shrunk.deleted());
    assertEquals(shrunk.root(), pods.head().root());
  }

  @Test
  void SEC_35_replace_treeThatIsNotCanonical_isRefused() {
    byte[] lone =
        new tripod.podstore.cbor.DagCborWriter(64)
            .map(2)
            .text("e")
            .list(0)
            .text("l")
            .nil()
            .toByteArray();
    // A node that holds nothing, below another that holds nothing but it.
    byte[] above =
        new tripod.podstore.cbor.DagCborWriter(64)
            .map(2)
            .text("e")
            .list(0)
            .text("l")
            .link(Cid.ofDagCbor(lone))
            .toByteArray();
    byte[] car = SampleArchive.ofTree(TestPods.DID, pods.signer, above, lone);
    assertThrows(
        PodFailure.Invalid.class,
        () -> imports.replace(pods.pod, new ByteArrayInputStream(car), commit -> true));
  }

  @Test
  void SEC_16_replace_whileOneIsRunning_isRefused() throws Exception {
    java.io.PipedOutputStream feed = new java.io.PipedOutputStream();
    java.io.PipedInputStream slow = new java.io.PipedInputStream(feed);
    Thread first =
        Thread.ofVirtual()
            .start(
                () ->
                    assertThrows(
                        RuntimeException.class,
                        () -> imports.replace(pods.pod, slow, commit -> true)));
    feed.write(1);
    while (slow.available() > 0) {
      Thread.onSpinWait();
    }
    assertThrows(
        PodFailure.Conflict.class,
        () -> imports.copy(pods.pod, new ByteArrayInputStream(new byte[0])));
    feed.close();
    first.join();
    assertThrows(
        PodFailure.Invalid.class,
        () -> imports.copy(pods.pod, new ByteArrayInputStream(new byte[0])));
  }

  private static Map<Cid, byte[]> reached(Map<Cid, byte[]> blocks, Cid root) {
    Map<Cid, byte[]> reached = new HashMap<>();
    PartialMst.read(root, blocks)
        .preOrder(
            new Mst.Visitor() {
              @Override
              public void node(MstNode node) {
                reached.put(node.cid(), blocks.get(node.cid()));
              }

              @Override
              public void leaf(String key, Cid value) {
                reached.put(value, blocks.get(value));
              }
            });
    return reached;
  }
}
