package tripod.console.session;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.InstantSource;
import tripod.podstore.PodStore;
import tripod.syntax.PodId;

/** The members who run the server. Safe between threads. */
public final class Hosts {
  private final PodStore.Sql sql;
  private final InstantSource clock;

  /** Looks after the hosts in a database whose tables are up to date. */
  public Hosts(PodStore.Sql sql, InstantSource clock) {
    this.sql = sql;
    this.clock = clock;
  }

  /** Says whether nobody runs the server yet. */
  public boolean isEmpty() {
    return sql.query(
        connection -> {
          try (PreparedStatement count =
                  connection.prepareStatement("select count(*) from console_host");
              ResultSet found = count.executeQuery()) {
            return !found.next() || found.getLong(1) == 0;
          }
        });
  }

  /** Says whether a member runs the server. */
  public boolean includes(PodId pod) {
    return sql.query(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement("select 1 from console_host where pod_id = ?")) {
            select.setLong(1, pod.value());
            try (ResultSet found = select.executeQuery()) {
              return found.next();
            }
          }
        });
  }

  /** Makes a member one who runs the server. */
  public void add(PodId pod) {
    long now = clock.millis();
    sql.change(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "insert into console_host (pod_id, since) values (?, ?)")) {
            insert.setLong(1, pod.value());
            insert.setLong(2, now);
            return insert.executeUpdate();
          }
        });
  }

  /** Makes a member one who does not run the server any more. */
  void remove(PodId pod) {
    sql.change(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("delete from console_host where pod_id = ?")) {
            delete.setLong(1, pod.value());
            return delete.executeUpdate();
          }
        });
  }
}
