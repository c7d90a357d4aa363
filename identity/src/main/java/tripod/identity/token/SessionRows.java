package tripod.identity.token;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tripod.syntax.PodId;

/** Rows of refresh tokens, by the hash of their ids. */
final class SessionRows {
  private SessionRows() {}

  record Row(
      String id,
      PodId pod,
      String lineage,
      Grant.Kind kind,
      @Nullable String appPassword,
      long expires,
      @Nullable String next) {}

  static Optional<Row> read(Connection connection, String id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, pod, lineage, kind, app_password, expires, next_id FROM id_session"
                + " WHERE id = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Row(
                    row.getString(1),
                    new PodId(row.getLong(2)),
                    row.getString(3),
                    Grant.Kind.valueOf(row.getString(4)),
                    row.getString(5),
                    row.getLong(6),
                    row.getString(7)))
            : Optional.empty();
      }
    }
  }

  /** Returns the row of each lineage that no other succeeds, the last renewed first. */
  static List<Row> latest(Connection connection, PodId pod) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT id, pod, lineage, kind, app_password, expires, next_id FROM id_session"
                + " WHERE pod = ? AND next_id IS NULL ORDER BY expires DESC")) {
      select.setLong(1, pod.value());
      List<Row> rows = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(
              new Row(
                  row.getString(1),
                  new PodId(row.getLong(2)),
                  row.getString(3),
                  Grant.Kind.valueOf(row.getString(4)),
                  row.getString(5),
                  row.getLong(6),
                  row.getString(7)));
        }
      }
      return rows;
    }
  }

  static boolean hasLineage(Connection connection, String lineage) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT 1 FROM id_session WHERE lineage = ?")) {
      select.setString(1, lineage);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  static void insert(Connection connection, Row row) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO id_session (id, pod, lineage, kind, app_password, expires, next_id)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, row.id());
      insert.setLong(2, row.pod().value());
      insert.setString(3, row.lineage());
      insert.setString(4, row.kind().name());
      insert.setString(5, row.appPassword());
      insert.setLong(6, row.expires());
      insert.setString(7, row.next());
      insert.executeUpdate();
    }
  }

  static void succeed(Connection connection, String id, long expires, String next)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE id_session SET expires = ?, next_id = ? WHERE id = ?")) {
      update.setLong(1, expires);
      update.setString(2, next);
      update.setString(3, id);
      update.executeUpdate();
    }
  }

  static void sweep(Connection connection, PodId pod, long now) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM id_session WHERE pod = ? AND expires < ?")) {
      delete.setLong(1, pod.value());
      delete.setLong(2, now);
      delete.executeUpdate();
    }
  }

  static void deleteLineage(Connection connection, String lineage) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM id_session WHERE lineage = ?")) {
      delete.setString(1, lineage);
      delete.executeUpdate();
    }
  }

  static void deletePod(Connection connection, PodId pod) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM id_session WHERE pod = ?")) {
      delete.setLong(1, pod.value());
      delete.executeUpdate();
    }
  }

  static void deleteAppPassword(Connection connection, PodId pod, String name) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM id_session WHERE pod = ? AND app_password = ?")) {
      delete.setLong(1, pod.value());
      delete.setString(2, name);
      delete.executeUpdate();
    }
  }
}
