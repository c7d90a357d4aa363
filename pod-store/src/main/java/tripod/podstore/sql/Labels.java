package tripod.podstore.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import tripod.podstore.PodStore;

/** Small numbers for the names of partitions and streams; given once, kept for ever. */
final class Labels {
  private final ConcurrentHashMap<String, Integer> known = new ConcurrentHashMap<>();
  private final AtomicInteger last = new AtomicInteger();

  void load(Session session) throws SQLException {
    try (ResultSet row = session.statement("SELECT label_id, text FROM label").executeQuery()) {
      while (row.next()) {
        known.put(row.getString(2), row.getInt(1));
        last.accumulateAndGet(row.getInt(1), Math::max);
      }
    }
  }

  Optional<Integer> known(String text) {
    return Optional.ofNullable(known.get(text));
  }

  /** Returns the number of a name, giving it one when it is new; durable on return. */
  int of(String text, PodStore.Sql sql) {
    Integer found = known.get(text);
    if (found != null) {
      return found;
    }
    synchronized (this) {
      found = known.get(text);
      if (found == null) {
        int next = last.get() + 1;
        sql.change(
            connection -> {
              try (PreparedStatement insert =
                  connection.prepareStatement("INSERT INTO label (label_id, text) VALUES (?, ?)")) {
                insert.setInt(1, next);
                insert.setString(2, text);
                return insert.executeUpdate();
              }
            });
        last.set(next);
        known.put(text, next);
        found = next;
      }
    }
    return found;
  }
}
