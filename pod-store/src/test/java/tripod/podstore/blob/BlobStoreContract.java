package tripod.podstore.blob;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.podstore.PodFailure;
import tripod.syntax.Cid;
import tripod.syntax.PodId;

/** What every place for blobs must do. */
public abstract class BlobStoreContract {
  protected static final PodId ALICE = new PodId(7);
  protected static final PodId BOB = new PodId(77);

  @TempDir protected Path data;
  private Incoming incoming;
  private BlobStore store;

  /** Opens the place under test, which is empty. */
  protected abstract BlobStore open() throws Exception;

  @BeforeEach
  void openEmpty() throws Exception {
    incoming = new Incoming(data, DiskRoom.of(data, InstantSource.system()));
    store = open();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Cid keep(PodId pod, byte[] bytes) throws IOException {
    try (Received received = incoming.receive(new ByteArrayInputStream(bytes), 10_000_000)) {
      store.keep(pod, received);
      return received.cid();
    }
  }

  private Cid keep(PodId pod, String text) throws IOException {
    return keep(pod, text.getBytes(StandardCharsets.UTF_8));
  }

  private Optional<String> text(PodId pod, Cid cid, long offset, long length) throws IOException {
    Optional<InputStream> found = store.open(pod, cid, offset, length);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    try (InputStream in = found.get()) {
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private Optional<String> text(PodId pod, Cid cid) throws IOException {
    return text(pod, cid, 0, Long.MAX_VALUE);
  }

  @Test
  void keep_thenOpen_givesTheSameBytes() throws Exception {
    byte[] bytes = new byte[1_234_567];
    new Random(1).nextBytes(bytes);
    Cid cid = keep(ALICE, bytes);
    assertEquals(Cid.ofRaw(bytes), cid);
    try (InputStream in = store.open(ALICE, cid, 0, Long.MAX_VALUE).orElseThrow()) {
      assertArrayEquals(bytes, in.readAllBytes());
    }
    try (Stream<Path> left = Files.list(data.resolve("incoming"))) {
      assertEquals(0, left.count(), "nothing stays behind");
    }
  }

  @Test
  void keep_empty_isThere() throws Exception {
    Cid cid = keep(ALICE, "");
    assertEquals(Optional.of(""), text(ALICE, cid));
  }

  @Test
  void keep_again_changesNothing() throws Exception {
    Cid cid = keep(ALICE, "twice");
    assertEquals(cid, keep(ALICE, "twice"));
    assertEquals(Optional.of("twice"), text(ALICE, cid));
    assertEquals(1, store.list(ALICE, Optional.empty(), 10).size());
  }

  @Test
  void open_part_endsWhereAsked() throws Exception {
    Cid cid = keep(ALICE, "0123456789");
    assertEquals(Optional.of("234"), text(ALICE, cid, 2, 3));
    assertEquals(Optional.of("89"), text(ALICE, cid, 8, 100));
    assertEquals(Optional.of("56789"), text(ALICE, cid, 5, Long.MAX_VALUE));
    assertEquals(Optional.of(""), text(ALICE, cid, 10, 5));
    assertEquals(Optional.of(""), text(ALICE, cid, 3, 0));
  }

  @Test
  void open_ofAnotherPod_isNotThere() throws Exception {
    Cid cid = keep(ALICE, "mine");
    assertTrue(text(BOB, cid).isEmpty());
    keep(BOB, "mine");
    store.remove(ALICE, cid);
    assertTrue(text(ALICE, cid).isEmpty());
    assertEquals(Optional.of("mine"), text(BOB, cid));
  }

  @Test
  void remove_whatIsNotThere_isNoFailure() throws Exception {
    Cid cid = keep(ALICE, "short");
    store.remove(ALICE, cid);
    store.remove(ALICE, cid);
    store.remove(BOB, cid);
    assertTrue(text(ALICE, cid).isEmpty());
  }

  @Test
  void list_isInOrderOfNames_andGoesOn() throws Exception {
    List<Cid> cids =
        IntStream.range(0, 7)
            .mapToObj(i -> Cid.ofRaw(("file " + i).getBytes(StandardCharsets.UTF_8)))
            .sorted(java.util.Comparator.comparing(Cid::toString))
            .toList();
    for (int i = 0; i < 7; i++) {
      keep(ALICE, "file " + i);
    }
    keep(BOB, "other");
    List<BlobStore.Kept> first = store.list(ALICE, Optional.empty(), 4);
    assertEquals(cids.subList(0, 4), first.stream().map(BlobStore.Kept::cid).toList());
    assertTrue(first.stream().allMatch(kept -> kept.size() == 6));
    List<BlobStore.Kept> rest = store.list(ALICE, Optional.of(cids.get(3)), 4);
    assertEquals(cids.subList(4, 7), rest.stream().map(BlobStore.Kept::cid).toList());
    assertEquals(List.of(), store.list(new PodId(9), Optional.empty(), 4));
  }

  @Test
  void removeAll_takesOnePodAlone() throws Exception {
    Cid one = keep(ALICE, "one");
    Cid two = keep(ALICE, "two");
    Cid other = keep(BOB, "one");
    store.removeAll(ALICE);
    store.removeAll(ALICE);
    assertTrue(text(ALICE, one).isEmpty());
    assertTrue(text(ALICE, two).isEmpty());
    assertEquals(Optional.of("one"), text(BOB, other));
    assertEquals(one, keep(ALICE, "one"));
    assertEquals(Optional.of("one"), text(ALICE, one));
  }

  @Test
  void receive_pastTheLimit_leavesNothing() throws Exception {
    assertThrows(
        PodFailure.TooLarge.class,
        () -> incoming.receive(new ByteArrayInputStream(new byte[11]), 10));
    try (Received whole = incoming.receive(new ByteArrayInputStream(new byte[10]), 10)) {
      assertEquals(10, whole.size());
    }
    try (Stream<Path> left = Files.list(data.resolve("incoming"))) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void keep_manyAtOnce_allAreWhole() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Cid>> work =
          IntStream.range(0, 24)
              .<Callable<Cid>>mapToObj(i -> () -> keep(i % 2 == 0 ? ALICE : BOB, content(i / 2)))
              .toList();
      for (var done : threads.invokeAll(work)) {
        done.get();
      }
    }
    for (int i = 0; i < 12; i++) {
      for (PodId pod : List.of(ALICE, BOB)) {
        try (InputStream in =
            store.open(pod, Cid.ofRaw(content(i)), 0, Long.MAX_VALUE).orElseThrow()) {
          assertArrayEquals(content(i), in.readAllBytes());
        }
      }
    }
    assertFalse(store.list(ALICE, Optional.empty(), 100).size() != 12);
  }

  private static byte[] content(int i) {
    byte[] bytes = new byte[20_000];
    Arrays.fill(bytes, (byte) i);
    return bytes;
  }
}
