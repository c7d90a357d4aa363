package tripod.podstore.sql;

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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.podstore.Blobs;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.blob.BlobFolder;
import tripod.podstore.blob.BlobStore;
import tripod.podstore.blob.DiskRoom;
import tripod.podstore.blob.Received;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;

/**
 * SEC-92: unused blobs are kept for a day, in the trash for a week, then gone; never while used.
 */
class BlobLifecycleTest {
  private static final PodPath POST = new PodPath("/social/posts/a");

  @TempDir Path folder;
  private final AtomicLong now =
      new AtomicLong(Instant.parse("2026-05-01T12:00:00Z").toEpochMilli());
  private final InstantSource clock = () -> Instant.ofEpochMilli(now.get());
  private SqlPodStore store;
  private PodId pod;

  @BeforeEach
  void open() {
    store = SqlPodStore.open(StoreConfig.sqlite(folder), clock, List.of());
    pod = newPod();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private PodId newPod() {
    PodId id = store.nextPodId();
    store.create(id, PodStore.JdbcWork.NONE, writer -> 0);
    return id;
  }

  private void pass(Duration time) {
    now.addAndGet(time.toMillis());
  }

  private Blobs.Blob put(String text) {
    return store
        .blobs()
        .put(
            pod,
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            MediaType.parse("text/plain"),
            1000);
  }

  private void post(PodPath path, List<Cid> blobs) {
    store.write(
        pod,
        writer -> {
          writer.put(
              path,
              new Content.Document(
                  MediaType.DAG_CBOR, path.value().getBytes(StandardCharsets.UTF_8)),
              blobs);
          return 0;
        });
  }

  private boolean isKnown(Cid cid) {
    return store.read(pod, view -> view.blob(cid)).isPresent();
  }

  private boolean hasBytes(Cid cid) throws IOException {
    Optional<InputStream> bytes = store.blobs().open(pod, cid);
    if (bytes.isPresent()) {
      bytes.get().close();
    }
    return bytes.isPresent();
  }

  @Test
  void SEC_92_neverNamed_graceThenTrashThenGone() throws Exception {
    Cid cid = put("lonely").cid();
    pass(Blobs.GRACE.minusSeconds(1));
    assertEquals(0, store.blobs().collect().trashed());
    assertTrue(isKnown(cid));
    pass(Duration.ofSeconds(2));
    assertEquals(1, store.blobs().collect().trashed());
    assertFalse(isKnown(cid), "what is in the trash is not shown");
    assertThrows(PodFailure.Invalid.class, () -> post(POST, List.of(cid)));
    pass(Blobs.TRASH.minusSeconds(1));
    assertEquals(0, store.blobs().collect().removed());
    assertTrue(hasBytes(cid));
    pass(Duration.ofSeconds(2));
    Blobs.Collected last = store.blobs().collect();
    assertEquals(1, last.removed());
    assertEquals(6, last.removedBytes());
    assertFalse(hasBytes(cid));
    assertEquals(0, store.usage(pod).blobBytes());
    assertEquals(new Blobs.Collected(0, 0, 0, 0, false), store.blobs().collect());
  }

  @Test
  void SEC_92_named_isNeverCollected() throws Exception {
    Cid cid = put("held").cid();
    post(POST, List.of(cid));
    for (int day = 0; day < 30; day++) {
      pass(Duration.ofDays(1));
      assertEquals(new Blobs.Collected(0, 0, 0, 0, false), store.blobs().collect());
    }
    assertTrue(isKnown(cid));
    assertTrue(hasBytes(cid));
  }

  @Test
  void SEC_92_lastNameGone_timeBeginsThen() throws Exception {
    Cid cid = put("named twice").cid();
    post(POST, List.of(cid));
    post(new PodPath("/social/posts/b"), List.of(cid));
    pass(Duration.ofDays(5));
    store.write(pod, writer -> writer.delete(POST));
    pass(Duration.ofDays(5));
    assertEquals(0, store.blobs().collect().trashed());
    post(new PodPath("/social/posts/b"), List.of());
    pass(Blobs.GRACE.minusSeconds(1));
    assertEquals(0, store.blobs().collect().trashed());
    assertTrue(isKnown(cid), "it may be named again within the grace");
    pass(Duration.ofSeconds(2));
    assertEquals(1, store.blobs().collect().trashed());
  }

  @Test
  void trash_storedAgain_comesBack() throws Exception {
    Cid cid = put("again").cid();
    pass(Blobs.GRACE.plusSeconds(1));
    store.blobs().collect();
    assertEquals(cid, put("again").cid());
    assertTrue(isKnown(cid));
    post(POST, List.of(cid));
    pass(Blobs.TRASH.multipliedBy(2));
    store.blobs().collect();
    store.blobs().collect();
    assertTrue(hasBytes(cid));
  }

  @Test
  void trash_importNamesIt_comesBack() throws Exception {
    Cid cid = put("imported").cid();
    pass(Blobs.GRACE.plusSeconds(1));
    store.blobs().collect();
    store.write(
        pod,
        writer -> {
          writer.markImport();
          writer.put(POST, new Content.Document(MediaType.DAG_CBOR, new byte[1]), List.of(cid));
          return 0;
        });
    assertTrue(isKnown(cid));
    pass(Blobs.TRASH.multipliedBy(2));
    store.blobs().collect();
    assertTrue(hasBytes(cid));
  }

  @Test
  void migration_recordFirstBlobLater_isKeptAtOnce() throws Exception {
    Cid later = Cid.ofRaw("later".getBytes(StandardCharsets.UTF_8));
    store.write(
        pod,
        writer -> {
          writer.markImport();
          writer.put(POST, new Content.Document(MediaType.DAG_CBOR, new byte[1]), List.of(later));
          return 0;
        });
    assertFalse(isKnown(later));
    assertEquals(later, put("later").cid());
    assertTrue(store.read(pod, view -> view.blob(later)).orElseThrow().used());
    pass(Blobs.TRASH.multipliedBy(2));
    assertEquals(0, store.blobs().collect().trashed());
    pass(Blobs.TRASH.multipliedBy(2));
    assertEquals(0, store.blobs().collect().removed());
    assertTrue(hasBytes(later));
  }

  @Test
  void twoPods_neverShareBytes() throws Exception {
    Cid mine = put("same").cid();
    PodId other = newPod();
    assertTrue(store.blobs().open(other, mine).isEmpty());
    store
        .blobs()
        .put(
            other,
            new ByteArrayInputStream("same".getBytes(StandardCharsets.UTF_8)),
            MediaType.HTML,
            10);
    pass(Duration.ofHours(1));
    store.drop(other, PodStore.JdbcWork.NONE);
    assertTrue(store.blobs().open(other, mine).isEmpty());
    assertTrue(hasBytes(mine));
    assertFalse(Files.exists(folder.resolve("files").resolve(Long.toString(other.value()))));
  }

  @Test
  void firstFormat_sharedFiles_areGivenToTheirPods() throws Exception {
    Cid cid = put("old").cid();
    String name = cid.toString();
    int end = name.length();
    Path old =
        folder
            .resolve("blobs")
            .resolve(name.substring(end - 4, end - 2))
            .resolve(name.substring(end - 2));
    store.close();
    Files.createDirectories(old);
    Files.move(
        folder.resolve("files").resolve(Long.toString(pod.value())).resolve(name),
        old.resolve(name));
    PodId mine = pod;
    store = SqlPodStore.open(StoreConfig.sqlite(folder), clock, List.of());
    pod = mine;
    assertTrue(hasBytes(cid));
    assertFalse(Files.exists(folder.resolve("blobs")));
  }

  @Test
  void killedBeforeTheRow_strayBytesGoAfterTheGrace() throws Exception {
    Cid kept = put("kept").cid();
    post(POST, List.of(kept));
    Path mine = folder.resolve("files").resolve(Long.toString(pod.value()));
    Cid stray = Cid.ofRaw(new byte[] {1});
    Files.write(mine.resolve(stray.toString()), new byte[] {1});
    now.set(Files.getLastModifiedTime(mine.resolve(stray.toString())).toMillis());
    store.blobs().collect();
    assertTrue(Files.exists(mine.resolve(stray.toString())));
    pass(Blobs.GRACE.plusSeconds(1));
    store.blobs().collect();
    assertFalse(Files.exists(mine.resolve(stray.toString())));
    assertTrue(hasBytes(kept));
  }

  /** Bytes go between two changes of the row; that is where a process is worst killed. */
  @Test
  void SEC_92_killedWhileRemoving_nextRoundEndsIt() throws Exception {
    store.close();
    var failing = new FailingOnce(new BlobFolder(folder));
    store =
        SqlPodStore.open(
            StoreConfig.sqlite(folder), clock, List.of(), DiskRoom.of(folder, clock), failing);
    Cid cid = put("half gone").cid();
    pass(Blobs.GRACE.plusSeconds(1));
    store.blobs().collect();
    pass(Blobs.TRASH.plusSeconds(1));
    failing.armed.set(true);
    assertEquals(1, store.blobs().collect().failed());
    store.close();
    store = SqlPodStore.open(StoreConfig.sqlite(folder), clock, List.of());
    assertFalse(hasBytes(cid), "the bytes went before the failure");
    assertFalse(isKnown(cid));
    assertEquals(1, store.blobs().collect().removed());
    assertEquals(0, store.usage(pod).blobBytes());
  }

  @Test
  void killedWhileRemoving_storedAgainFirst_staysWhole() throws Exception {
    store.close();
    var failing = new FailingOnce(new BlobFolder(folder));
    store =
        SqlPodStore.open(
            StoreConfig.sqlite(folder), clock, List.of(), DiskRoom.of(folder, clock), failing);
    Cid cid = put("wanted again").cid();
    pass(Blobs.GRACE.plusSeconds(1));
    store.blobs().collect();
    pass(Blobs.TRASH.plusSeconds(1));
    failing.armed.set(true);
    store.blobs().collect();
    put("wanted again");
    post(POST, List.of(cid));
    assertEquals(0, store.blobs().collect().removed());
    try (InputStream bytes = store.blobs().open(pod, cid).orElseThrow()) {
      assertArrayEquals("wanted again".getBytes(StandardCharsets.UTF_8), bytes.readAllBytes());
    }
    assertEquals(12, store.usage(pod).blobBytes());
  }

  /**
   * New references against a collector for which time flies: whatever a write was allowed to name
   * is there afterwards, and is what was stored.
   */
  @Test
  void SEC_92_referenceRacesWithCollector_neverLosesBytes() throws Exception {
    var ended = new AtomicBoolean();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> collector =
          threads.submit(
              () -> {
                while (!ended.get()) {
                  pass(Duration.ofDays(8));
                  store.blobs().collect();
                }
              });
      List<Future<Integer>> writers =
          Stream.of("a", "b", "c").map(name -> threads.submit(() -> race(name))).toList();
      int named = 0;
      try {
        for (Future<Integer> writer : writers) {
          named += writer.get();
        }
      } finally {
        ended.set(true);
      }
      collector.get();
      assertTrue(named > 0, "no write got through");
    }
  }

  private int race(String name) throws IOException {
    int named = 0;
    for (int i = 0; i < 40; i++) {
      String text = name + i % 5;
      PodPath path = new PodPath("/social/posts/" + name);
      Cid cid = Cid.ofRaw(text.getBytes(StandardCharsets.UTF_8));
      try {
        put(text);
        post(path, List.of(cid));
      } catch (PodFailure.Invalid | java.util.NoSuchElementException tooLate) {
        continue; // collected between upload and record: refused, as it must be
      }
      named++;
      for (int look = 0; look < 3; look++) {
        assertTrue(isKnown(cid));
        try (InputStream bytes = store.blobs().open(pod, cid).orElseThrow()) {
          assertArrayEquals(text.getBytes(StandardCharsets.UTF_8), bytes.readAllBytes());
        }
      }
      store.write(pod, writer -> writer.delete(path));
    }
    return named;
  }

  /** Removes bytes and then fails once, as a process does that is killed there. */
  private record FailingOnce(BlobStore inner, AtomicBoolean armed) implements BlobStore {
    FailingOnce(BlobStore inner) {
      this(inner, new AtomicBoolean());
    }

    @Override
    public void keep(PodId pod, Received received) throws IOException {
      inner.keep(pod, received);
    }

    @Override
    public Optional<InputStream> open(PodId pod, Cid blob, long offset, long length)
        throws IOException {
      return inner.open(pod, blob, offset, length);
    }

    @Override
    public void remove(PodId pod, Cid blob) throws IOException {
      inner.remove(pod, blob);
      if (armed.getAndSet(false)) {
        throw new IOException("killed");
      }
    }

    @Override
    public void removeAll(PodId pod) throws IOException {
      inner.removeAll(pod);
    }

    @Override
    public List<Kept> list(PodId pod, Optional<Cid> after, int limit) throws IOException {
      return inner.list(pod, after, limit);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
