package tripod.identity.key;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tripod.identity.IdentityDatabase;

/** Rows of sealed keys. The pod's own wrapping key is a row too, sealed under the master key. */
final class KeyRows {
  /** The row that holds the wrapping key itself. */
  static final String WRAPPING = "wrapping";

  private final IdentityDatabase database;
  private final InstantSource clock;

  KeyRows(IdentityDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  Map<String, Row> read(long pod) {
    return database.query(connection -> read(connection, pod));
  }

  static Map<String, Row> read(Connection connection, long pod) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT purpose, public_key, sealed FROM id_key WHERE pod = ?")) {
      select.setLong(1, pod);
      Map<String, Row> rows = new HashMap<>();
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          var row = new Row(result.getString(1), result.getString(2), result.getBytes(3));
          rows.put(row.purpose(), row);
        }
      }
      return rows;
    }
  }

  IdentityDatabase.Step insert(long pod, List<Row> rows) {
    long now = clock.millis();
    return connection -> {
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO id_key (pod, purpose, public_key, sealed, created)"
                  + " VALUES (?, ?, ?, ?, ?)")) {
        for (Row row : rows) {
          insert.setLong(1, pod);
          insert.setString(2, row.purpose());
          insert.setString(3, row.publicKey());
          insert.setBytes(4, row.sealed());
          insert.setLong(5, now);
          insert.addBatch();
        }
        insert.executeBatch();
      }
    };
  }

  /** Puts a key in the place of the one with its purpose. */
  IdentityDatabase.Step replace(long pod, Row row) {
    IdentityDatabase.Step insert = insert(pod, List.of(row));
    return connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM id_key WHERE pod = ? AND purpose = ?")) {
        delete.setLong(1, pod);
        delete.setString(2, row.purpose());
        delete.executeUpdate();
      }
      insert.run(connection);
    };
  }

  static IdentityDatabase.Step delete(long pod) {
    return connection -> {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM id_key WHERE pod = ?")) {
        delete.setLong(1, pod);
        delete.executeUpdate();
      }
    };
  }

  /** Binds a sealed key to its pod and purpose. */
  static String bound(long pod, String purpose) {
    return pod + ":" + purpose;
  }

  record Row(String purpose, String publicKey, byte[] sealed) {}
}
