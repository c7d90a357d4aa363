package tripod.server.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.List;
import tripod.podstore.sql.SqlPodStore;

/**
 * Where the bytes of a closed store are.
 *
 * <p>Opening it folds a log that was left into the file, so that nothing is counted twice or not at
 * all.
 *
 * @param fileBytes of the whole data folder once the store is closed
 * @param streamBytes that the event stream takes on disk, with the pages it lies in
 * @param streamRows how many entries it has
 * @param payloadBytes what is in them
 */
record StorageReport(long fileBytes, long streamBytes, long streamRows, long payloadBytes) {
  private static final String STREAM =
      "SELECT COUNT(*), COALESCE(SUM(LENGTH(payload)), 0) FROM stream";

  static StorageReport of(Engine engine, Scratch data) {
    long[] stream;
    try (SqlPodStore store =
        SqlPodStore.open(engine.config(data.path()), InstantSource.system(), List.of())) {
      stream =
          store
              .sql()
              .query(
                  connection -> {
                    long[] counted = counted(connection);
                    return new long[] {streamBytes(engine, connection), counted[0], counted[1]};
                  });
    }
    return new StorageReport(data.bytes(), stream[0], stream[1], stream[2]);
  }

  private static long[] counted(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(STREAM)) {
      row.next();
      return new long[] {row.getLong(1), row.getLong(2)};
    }
  }

  private static long streamBytes(Engine engine, Connection connection) throws SQLException {
    String query =
        switch (engine) {
          case SQLITE -> "SELECT SUM(pgsize) FROM dbstat WHERE name LIKE '%stream%'";
          case H2 -> "CALL DISK_SPACE_USED('STREAM')";
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
