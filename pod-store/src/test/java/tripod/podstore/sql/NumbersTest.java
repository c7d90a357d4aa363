package tripod.podstore.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.podstore.PodStore;

/** What becomes of the journal's numbers when an older copy of the data is put in place. */
class NumbersTest {
  private static final Instant THEN = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;
  @TempDir Path backup;

  @Test
  void SEC_84_databaseOfABackup_goesOnAboveTheNumbersItDoesNotKnow() throws IOException {
    long before = emit(THEN, 1);
    copy(folder, backup);
    long after = emit(THEN, 500);
    assertTrue(after > before);
    restoreAllBut("numbers.high");
    try (SqlPodStore store = open(THEN)) {
      assertEquals(before, store.journal().head());
      assertTrue(store.journal().passed() >= after);
      assertTrue(store.journal().restored() >= after);
      assertTrue(emit(store, 1) > store.journal().restored());
    }
  }

  @Test
  void restored_isSaidFromThenOn_andOfNoOther() throws IOException {
    emit(THEN, 1);
    try (SqlPodStore store = open(THEN)) {
      assertEquals(0, store.journal().restored());
    }
    copy(folder, backup);
    emit(THEN, 5);
    restoreAllBut("numbers.high");
    long said;
    try (SqlPodStore store = open(THEN)) {
      said = store.journal().restored();
      assertTrue(said > 0);
    }
    emit(THEN, 5);
    try (SqlPodStore store = open(THEN)) {
      assertEquals(said, store.journal().restored());
    }
  }

  @Test
  void SEC_84_wholeFolderOfABackup_goesOnAboveTheNumbersItDoesNotKnow() throws IOException {
    emit(THEN, 1);
    copy(folder, backup);
    long after = emit(THEN, 500);
    restoreAllBut("nothing");
    try (SqlPodStore store = open(THEN.plusSeconds(60))) {
      assertTrue(store.journal().passed() >= after);
      assertTrue(emit(store, 1) > after);
    }
  }

  @Test
  void SEC_84_fileOutside_lostOrDamaged_costsNothing() throws IOException {
    long first = emit(THEN, 3);
    Files.writeString(folder.resolve("numbers.high"), "what?");
    long second = emit(THEN, 3);
    assertTrue(second > first);
    Files.delete(folder.resolve("numbers.high"));
    assertTrue(emit(THEN, 3) > second);
  }

  private SqlPodStore open(Instant now) {
    return SqlPodStore.open(StoreConfig.sqlite(folder), InstantSource.fixed(now), List.of());
  }

  private long emit(Instant now, int count) {
    try (SqlPodStore store = open(now)) {
      return emit(store, count);
    }
  }

  private static long emit(SqlPodStore store, int count) {
    for (int i = 0; i < count; i++) {
      store.write(
          PodStore.HOST,
          writer -> {
            writer.emit("s", new byte[8], 0);
            return 0;
          });
    }
    return store.journal().head();
  }

  private void restoreAllBut(String kept) throws IOException {
    for (Path file : files(folder)) {
      if (!file.getFileName().toString().equals(kept)) {
        Files.delete(file);
      }
    }
    for (Path file : files(backup)) {
      if (!file.getFileName().toString().equals(kept)) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : files(from)) {
      Files.copy(file, to.resolve(file.getFileName()));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
