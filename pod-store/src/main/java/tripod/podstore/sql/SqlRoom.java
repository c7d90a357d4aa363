package tripod.podstore.sql;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import tripod.podstore.PodStore;

/** The database as other rooms of the house see it. */
final class SqlRoom implements PodStore.Sql {
  private final SqlPodStore store;
  private final Dialect dialect;

  SqlRoom(SqlPodStore store, Dialect dialect) {
    this.store = store;
    this.dialect = dialect;
  }

  @Override
  public <T extends @Nullable Object> T query(PodStore.JdbcQuery<T> query) {
    Session session = store.takeReader();
    boolean healthy = true;
    try {
      session.connection().setAutoCommit(false);
      try {
        return query.run(session.connection());
      } finally {
        session.connection().rollback();
        session.connection().setAutoCommit(true);
      }
    } catch (SQLException e) {
      healthy = false;
      throw Failures.of(dialect, e);
    } finally {
      store.giveBackReader(session, healthy);
    }
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // null comes back only where T may be null
  public <T extends @Nullable Object> T change(PodStore.JdbcQuery<T> change) {
    return (T) store.submit(new Pending.Work(change)).await();
  }

  @Override
  public void migrate(String room, String location) {
    store.submit(new Pending.Pause(() -> Migrations.run(dialect, room, location))).await();
  }
}
