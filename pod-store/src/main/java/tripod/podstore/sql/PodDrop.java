package tripod.podstore.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import tripod.syntax.PodId;

/**
 * Removes all rows of a pod but those of streams, whose windows close by themselves. Notes that its
 * files are to follow.
 */
final class PodDrop {
  private static final List<String> TABLES =
      List.of("resource", "container", "projection", "blob_use", "blob", "journal", "pod");

  private PodDrop() {}

  static void run(Connection connection, PodId pod) throws SQLException {
    try (PreparedStatement note =
        connection.prepareStatement("INSERT INTO dropped_pod (pod_id) VALUES (?)")) {
      note.setLong(1, pod.value());
      note.executeUpdate();
    }
    for (String table : TABLES) {
      try (PreparedStatement delete =
          connection.prepareStatement("DELETE FROM " + table + " WHERE pod_id=?")) {
        delete.setLong(1, pod.value());
        delete.executeUpdate();
      }
    }
  }
}
