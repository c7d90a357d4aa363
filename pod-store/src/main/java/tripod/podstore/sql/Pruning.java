package tripod.podstore.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tripod.syntax.PodId;

/**
 * Removes entries of streams a bounded step at a time, so that no write waits long for it: what is
 * to go is looked for by a reader, and the committer deletes by number.
 */
final class Pruning {
  /** Entries that one step looks at. */
  static final int STEP = 1_000;

  private static final String PRUNED = "pruned:";

  private final SqlPodStore store;
  private final SqlJournal journal;

  Pruning(SqlPodStore store, SqlJournal journal) {
    this.store = store;
    this.journal = journal;
  }

  /** One entry without its payload. */
  private record Row(long number, long pod, long at) {}

  private static List<Row> rows(Session session, int label, long after, int limit)
      throws SQLException {
    PreparedStatement query =
        session.statement(
            "SELECT number, pod_id, at FROM stream WHERE number>? AND label_id=?"
                + " ORDER BY number LIMIT ?");
    query.setLong(1, after);
    query.setInt(2, label);
    query.setInt(3, limit);
    var found = new ArrayList<Row>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.add(new Row(row.getLong(1), row.getLong(2), row.getLong(3)));
      }
    }
    return found;
  }

  /** Returns the highest number of an entry older than a time, or of one that was pruned. */
  long before(Session session, int label, long time) throws SQLException {
    long pruned = Numbers.Counters.read(session, PRUNED + label);
    List<Row> first = rows(session, label, 0, 1);
    if (first.isEmpty() || first.getFirst().at() >= time) {
      return pruned;
    }
    // Of what is at or below the one nothing is too young, of what is above the other all is.
    long old = first.getFirst().number();
    long young = Math.max(old, journal.head()) + 1;
    while (young - old > 1) {
      long middle = old + (young - old) / 2;
      List<Row> next = rows(session, label, middle - 1, 1);
      if (next.isEmpty() || next.getFirst().at() >= time) {
        young = middle;
      } else {
        old = next.getFirst().number();
      }
    }
    return Math.max(pruned, old);
  }

  /**
   * Removes the entries older than a time; they are in its order, so the first that stays ends it.
   */
  long older(int label, long time) {
    long removed = 0;
    while (true) {
      List<Row> step = store.query(session -> rows(session, label, 0, STEP));
      List<Row> old = step.stream().filter(row -> row.at() < time).toList();
      if (old.isEmpty()) {
        return removed;
      }
      long from = old.getFirst().number();
      long last = old.getLast().number();
      store
          .sql()
          .change(
              connection -> {
                int count = StreamRows.delete(connection, label, from, last);
                note(connection, label, last);
                journal.forget(label, last);
                return count;
              });
      removed += old.size();
      if (old.size() < STEP) {
        return removed;
      }
    }
  }

  private static void note(Connection connection, int label, long last) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE counter SET amount=? WHERE name=?")) {
      update.setLong(1, last);
      update.setString(2, PRUNED + label);
      if (update.executeUpdate() > 0) {
        return;
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO counter (name, amount) VALUES (?, ?)")) {
      insert.setString(1, PRUNED + label);
      insert.setLong(2, last);
      insert.executeUpdate();
    }
  }

  /** Removes a pod's entries below a number. */
  long ofPod(int label, PodId pod, long number) {
    List<Long> found = store.query(session -> numbersOf(session, label, pod, 0, number));
    long removed = 0;
    for (int i = 0; i < found.size(); i += STEP) {
      List<Long> step = found.subList(i, Math.min(found.size(), i + STEP));
      removed +=
          store
              .sql()
              .change(
                  connection -> {
                    StreamRows.delete(connection, step);
                    journal.forget(label, step.getLast());
                    return step.size();
                  });
    }
    return removed;
  }

  /** Returns the numbers of a pod's entries in a range, without its ends. */
  static List<Long> numbersOf(Session session, int label, PodId pod, long after, long below)
      throws SQLException {
    PreparedStatement query =
        session.statement(
            "SELECT number FROM stream WHERE number>? AND number<? AND label_id=? AND pod_id=?"
                + " ORDER BY number");
    query.setLong(1, after);
    query.setLong(2, below);
    query.setInt(3, label);
    query.setLong(4, pod.value());
    var found = new ArrayList<Long>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        found.add(row.getLong(1));
      }
    }
    return found;
  }
}
