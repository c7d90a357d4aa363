package tripod.podstore.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import tripod.podstore.PodStore;
import tripod.syntax.PodId;

/** Numbers for new pods; a block of them is made durable before any of it is given. */
final class PodIds {
  private static final String COUNTER = "pod";
  private static final int BLOCK = 32;

  private final PodStore.Sql sql;
  private long next;
  private long ceiling;

  PodIds(PodStore.Sql sql, long last) {
    this.sql = sql;
    this.next = last + 1;
    this.ceiling = next;
  }

  /** Returns the highest number that may have been given. */
  static long last(Session session) throws SQLException {
    long last = Math.max(PodStore.HOST.value(), Numbers.Counters.read(session, COUNTER));
    try (ResultSet row = session.statement("SELECT MAX(pod_id) FROM pod").executeQuery()) {
      return row.next() ? Math.max(last, row.getLong(1)) : last;
    }
  }

  synchronized PodId next() {
    if (next >= ceiling) {
      long wanted = next + BLOCK;
      sql.change(
          connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM counter WHERE name=?");
                PreparedStatement insert =
                    connection.prepareStatement(
                        "INSERT INTO counter (name, amount) VALUES (?, ?)")) {
              delete.setString(1, COUNTER);
              delete.executeUpdate();
              insert.setString(1, COUNTER);
              insert.setLong(2, wanted - 1);
              return insert.executeUpdate();
            }
          });
      ceiling = wanted;
    }
    return new PodId(next++);
  }
}
