package tripod.podstore.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.podstore.PodFailure;
import tripod.syntax.PodId;

/** The rows of blobs and what happens to them; nothing here knows their bytes. */
final class BlobRows {
  /** State of a blob that is there. */
  static final int KEPT = 0;

  /** State of one that is on its way out and can be brought back. */
  static final int TRASH = 1;

  /** State of one whose bytes are being removed. */
  static final int LEAVING = 2;

  /** Instead of a time while a resource names the blob. */
  static final long IN_USE = Long.MAX_VALUE;

  private static final String ROWS =
      "SELECT pod_id, digest, size, media_text, stored, state FROM blob";
  private static final String NOT_USED =
      " AND NOT EXISTS (SELECT 1 FROM blob_use u WHERE u.pod_id=blob.pod_id AND"
          + " u.digest=blob.digest)";
  private static final String USED =
      " AND EXISTS (SELECT 1 FROM blob_use u WHERE u.pod_id=blob.pod_id AND u.digest=blob.digest)";

  private BlobRows() {}

  /** A blob's row. */
  record Row(PodId pod, byte[] digest, long size, String media, long stored, int state) {}

  static Optional<Row> find(Session session, PodId pod, byte[] digest) throws SQLException {
    PreparedStatement query =
        session.statement(
            "SELECT size, media_text, stored, state FROM blob WHERE pod_id=? AND digest=?");
    query.setLong(1, pod.value());
    query.setBytes(2, digest);
    try (ResultSet row = query.executeQuery()) {
      return row.next()
          ? Optional.of(
              new Row(pod, digest, row.getLong(1), row.getString(2), row.getLong(3), row.getInt(4)))
          : Optional.empty();
    }
  }

  /** Returns blobs that have been in a state since before a time, the longest first. */
  static List<Row> since(Session session, int state, long before, int limit) throws SQLException {
    PreparedStatement query =
        session.statement(ROWS + " WHERE state=? AND unused<?" + " ORDER BY state, unused LIMIT ?");
    query.setInt(1, state);
    query.setLong(2, before);
    query.setInt(3, limit);
    return rows(query);
  }

  /** Returns every blob. */
  static List<Row> all(Session session) throws SQLException {
    PreparedStatement query = session.statement(ROWS);
    return rows(query);
  }

  private static List<Row> rows(PreparedStatement query) throws SQLException {
    var rows = new ArrayList<Row>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        rows.add(
            new Row(
                new PodId(row.getLong(1)),
                row.getBytes(2),
                row.getLong(3),
                row.getString(4),
                row.getLong(5),
                row.getInt(6)));
      }
    }
    return rows;
  }

  /** Makes a row and counts it, if the pod has room for it. */
  static void insert(Connection connection, Row row, long quota) throws SQLException {
    try (PreparedStatement count =
        connection.prepareStatement(
            "UPDATE pod SET blob_bytes=blob_bytes+? WHERE pod_id=?"
                + " AND blob_bytes+document_bytes+?<=COALESCE(quota_bytes, ?)")) {
      count.setLong(1, row.size());
      count.setLong(2, row.pod().value());
      count.setLong(3, row.size());
      count.setLong(4, quota);
      if (count.executeUpdate() == 0) {
        throw noRoom(connection, row.pod());
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO blob (pod_id, digest, size, media_text, stored, unused, state)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, row.pod().value());
      insert.setBytes(2, row.digest());
      insert.setLong(3, row.size());
      insert.setString(4, row.media());
      insert.setLong(5, row.stored());
      insert.setLong(6, row.stored());
      insert.setInt(7, KEPT);
      insert.executeUpdate();
    }
  }

  private static PodFailure noRoom(Connection connection, PodId pod) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT pod_id FROM pod WHERE pod_id=?")) {
      query.setLong(1, pod.value());
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? new PodFailure.OverQuota("the pod has no room for this file within its quota")
            : new PodFailure.NotFound("there is no such pod");
      }
    }
  }

  /**
   * Brings a blob back from wherever it was on its way to; its time begins anew if it is unused.
   */
  static boolean revive(Connection connection, PodId pod, byte[] digest, long now)
      throws SQLException {
    return change(
        connection,
        "UPDATE blob SET state=0, unused=? WHERE pod_id=? AND digest=?",
        now,
        pod,
        digest);
  }

  /** Moves a blob that has been unused since before a time into the trash. */
  static boolean toTrash(Connection connection, Row row, long before, long now)
      throws SQLException {
    String still = " WHERE pod_id=? AND digest=? AND state=0 AND unused<" + before;
    boolean moved =
        change(
            connection,
            "UPDATE blob SET state=1, unused=?" + still + NOT_USED,
            now,
            row.pod(),
            row.digest());
    if (!moved) {
      change(
          connection, "UPDATE blob SET unused=?" + still + USED, IN_USE, row.pod(), row.digest());
    }
    return moved;
  }

  /** Marks a blob whose time in the trash is over; from now on it cannot come back by itself. */
  static boolean toLeaving(Connection connection, Row row, long before) throws SQLException {
    String still = " WHERE pod_id=? AND digest=? AND state=1 AND unused<" + before;
    boolean moved =
        change(
            connection,
            "UPDATE blob SET state=2, unused=?" + still + NOT_USED,
            0,
            row.pod(),
            row.digest());
    if (!moved) {
      change(
          connection,
          "UPDATE blob SET state=0, unused=?" + still + USED,
          IN_USE,
          row.pod(),
          row.digest());
    }
    return moved;
  }

  /** Removes the row of a blob whose bytes are gone. */
  static boolean forget(Connection connection, Row row) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM blob WHERE pod_id=? AND digest=? AND state=2")) {
      delete.setLong(1, row.pod().value());
      delete.setBytes(2, row.digest());
      if (delete.executeUpdate() == 0) {
        return false;
      }
    }
    try (PreparedStatement count =
        connection.prepareStatement("UPDATE pod SET blob_bytes=blob_bytes-? WHERE pod_id=?")) {
      count.setLong(1, row.size());
      count.setLong(2, row.pod().value());
      count.executeUpdate();
    }
    return true;
  }

  private static boolean change(
      Connection connection, String sql, long time, PodId pod, byte[] digest) throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setLong(1, time);
      update.setLong(2, pod.value());
      update.setBytes(3, digest);
      return update.executeUpdate() > 0;
    }
  }
}
