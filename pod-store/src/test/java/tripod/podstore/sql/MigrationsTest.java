package tripod.podstore.sql;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.podstore.PodFailure;

class MigrationsTest {
  @TempDir Path folder;

  private void open() {
    SqlPodStore.open(StoreConfig.sqlite(folder), InstantSource.system(), List.of()).close();
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(StoreConfig.sqlite(folder).jdbcUrl());
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void secondRoom_hasAHistoryOfItsOwn() {
    try (SqlPodStore store =
        SqlPodStore.open(StoreConfig.sqlite(folder), InstantSource.system(), List.of())) {
      store.sql().migrate("guest", "classpath:tripod/guest");
      store.sql().migrate("guest", "classpath:tripod/guest");
      int rows =
          store
              .sql()
              .query(
                  connection -> {
                    try (var row =
                        connection.createStatement().executeQuery("SELECT COUNT(*) FROM guest")) {
                      row.next();
                      return row.getInt(1);
                    }
                  });
      assertEquals(1, rows);
      assertEquals(1, store.pods(Optional.empty(), 10).size());
    }
  }

  @Test
  void newerFormat_isNotOpened() throws Exception {
    open();
    execute("UPDATE format_pod SET version='99' WHERE version='3'");
    assertThrows(PodFailure.Unavailable.class, this::open);
    execute("UPDATE format_pod SET version='3' WHERE version='99'");
    open();
  }

  @Test
  void formatOfVersionTwo_isBroughtForwardWithItsStream() throws Exception {
    open();
    execute("ALTER TABLE stream DROP COLUMN form");
    execute("ALTER TABLE stream DROP COLUMN pieces");
    execute("DROP TABLE stream_piece");
    execute("DELETE FROM format_pod WHERE version='3'");
    execute("INSERT INTO label (label_id, text) VALUES (7, 's')");
    execute(
        "INSERT INTO stream (number, label_id, pod_id, at, payload)"
            + " VALUES (8589934593, 7, 1, 0, zeroblob(5000))");
    try (SqlPodStore store =
        SqlPodStore.open(StoreConfig.sqlite(folder), InstantSource.system(), List.of())) {
      assertArrayEquals(new byte[5000], store.journal().stream("s", 0, 10).getFirst().payload());
    }
  }
}
