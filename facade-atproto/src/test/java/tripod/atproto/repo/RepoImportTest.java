package tripod.atproto.repo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
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
    pods.close();
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
