package tripod.server.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tripod.podstore.Journal;
import tripod.podstore.sql.SqlPodStore;

/**
 * Where the bytes of a closed store are.
 *
 * <p>Opening it folds a log that was left into the file, so that nothing is counted twice or not at
 * all.
 *
 * @param fileBytes of the whole data folder once the store is closed
 * @param streamBytes that the streams take on disk, packed and with the pages they lie in
 * @param payloadBytes what is in them, as it is read
 */
record StorageReport(long fileBytes, long streamBytes, long payloadBytes) {
  private static final int PAGE = 500;

  static StorageReport of(Engine engine, Scratch data) {
    long streamBytes;
    long payloadBytes = 0;
    try (SqlPodStore store =
        SqlPodStore.open(engine.config(data.path()), InstantSource.system(), List.of())) {
      streamBytes = store.sql().query(connection -> streamBytes(engine, connection));
      for (String name : store.sql().query(StorageReport::labels)) {
        payloadBytes += payloadBytes(store.journal(), name);
      }
    }
    return new StorageReport(data.bytes(), streamBytes, payloadBytes);
  }

  /** Returns the names of all streams, and of what is no stream and has no entries. */
  private static List<String> labels(Connection connection) throws SQLException {
    List<String> names = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT text FROM label")) {
      while (row.next()) {
        names.add(row.getString(1));
      }
    }
    return names;
  }

  private static long payloadBytes(Journal journal, String stream) {
    long bytes = 0;
    List<Journal.Emission> page = journal.stream(stream, 0, PAGE);
    while (!page.isEmpty()) {
      bytes += page.stream().mapToLong(entry -> entry.payload().length).sum();
      page = journal.stream(stream, page.getLast().number(), PAGE);
    }
    return bytes;
  }

  private static long streamBytes(Engine engine, Connection connection) throws SQLException {
    String query =
        switch (engine) {
          case SQLITE -> "SELECT SUM(pgsize) FROM dbstat WHERE name LIKE '%stream%'";
          case H2 -> "CALL DISK_SPACE_USED('STREAM') + DISK_SPACE_USED('STREAM_PIECE')";
        };
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Returns the bytes that are not the stream's. */
  long otherBytes() {
    return fileBytes - streamBytes;
  }
}
