package tripod.podstore.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.blob.BlobFolder;
import tripod.podstore.blob.DiskRoom;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;

class FullDiskTest {
  private static final long GIB = 1L << 30;

  @TempDir Path folder;
  private final AtomicLong usable = new AtomicLong(2 * GIB);
  private final AtomicLong seconds = new AtomicLong(1_800_000_000);

  private final DiskRoom.Space disk =
      new DiskRoom.Space() {
        @Override
        public long total() {
          return 10 * GIB;
        }

        @Override
        public long usable() {
          return usable.get();
        }
      };

  /** Each look at this clock is a second later, so that no look at the disk is an old one. */
  private final InstantSource clock = () -> Instant.ofEpochSecond(seconds.incrementAndGet());

  private static int put(PodWriter writer, String path) {
    writer.put(new PodPath(path), new Content.Document(MediaType.JSON, new byte[100]));
    return 0;
  }

  @Test
  void SEC_91_fullDisk_refusesPutsAndStillReadsAndDeletes() throws Exception {
    try (SqlPodStore store =
        SqlPodStore.open(
            StoreConfig.sqlite(folder),
            clock,
            List.of(),
            new DiskRoom(disk, clock),
            new BlobFolder(folder))) {
      PodId pod = store.nextPodId();
      store.create(pod, PodStore.JdbcWork.NONE, writer -> put(writer, "/a"));
      usable.set(GIB / 2);
      assertThrows(PodFailure.Full.class, () -> store.write(pod, writer -> put(writer, "/b")));
      assertThrows(
          PodFailure.Full.class,
          () ->
              store.blobs().put(pod, new ByteArrayInputStream(new byte[10]), MediaType.HTML, 1000));
      try (Stream<Path> left = Files.list(folder.resolve("incoming"))) {
        assertEquals(0, left.count());
      }
      assertTrue(store.read(pod, view -> view.get(new PodPath("/a"))).isPresent());
      assertTrue(store.<Boolean>write(pod, writer -> writer.delete(new PodPath("/a"))));
      usable.set(2 * GIB);
      store.write(pod, writer -> put(writer, "/b"));
    }
  }

  @Test
  void quota_reached_refusesFiles() {
    StoreConfig small = StoreConfig.sqlite(folder).withPodBytesMax(1000);
    try (SqlPodStore store = SqlPodStore.open(small, InstantSource.system(), List.of())) {
      PodId pod = store.nextPodId();
      store.create(pod, PodStore.JdbcWork.NONE, _ -> 0);
      store.blobs().put(pod, new ByteArrayInputStream(new byte[900]), MediaType.HTML, 1000);
      assertThrows(
          PodFailure.OverQuota.class,
          () ->
              store
                  .blobs()
                  .put(pod, new ByteArrayInputStream(new byte[901]), MediaType.HTML, 1000));
    }
  }

  @Test
  void SEC_84_restored_numbersJumpAhead() {
    StoreConfig config = StoreConfig.sqlite(folder);
    long head;
    try (SqlPodStore store = SqlPodStore.open(config, InstantSource.system(), List.of())) {
      store.create(store.nextPodId(), PodStore.JdbcWork.NONE, _ -> 0);
      head = store.journal().head();
    }
    try (SqlPodStore store =
        SqlPodStore.open(config.afterRestore(), InstantSource.system(), List.of())) {
      store.create(store.nextPodId(), PodStore.JdbcWork.NONE, _ -> 0);
      assertTrue(store.journal().head() >= head + Numbers.RESTORE_JUMP);
    }
  }

  @Test
  void secondStore_onTheSameFolder_isRefused() {
    StoreConfig config = StoreConfig.sqlite(folder);
    try (SqlPodStore first = SqlPodStore.open(config, InstantSource.system(), List.of())) {
      assertThrows(
          PodFailure.Unavailable.class,
          () -> SqlPodStore.open(config, InstantSource.system(), List.of()));
      assertEquals(1, first.pods(java.util.Optional.empty(), 10).size());
    }
  }
}
