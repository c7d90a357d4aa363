package tripod.identity;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The database as identity sees it: the one that holds the pods, so that account and pod change
 * together. The server wires it to the store.
 */
public interface IdentityDatabase {
  /** Runs a read, which sees committed rows only. */
  <T extends @Nullable Object> T query(Work<T> work);

  /**
   * Runs a change in a transaction of its own and returns when it is durable; a throw undoes it.
   */
  <T extends @Nullable Object> T change(Work<T> work);

  /** Brings the tables of a room up to date from the scripts at a place on the class path. */
  void migrate(String room, String location);

  /** A piece of work with a result. */
  @FunctionalInterface
  interface Work<T extends @Nullable Object> {
    /** Runs on a connection; must not commit, roll back or close it. */
    T run(Connection connection) throws SQLException;
  }

  /** A piece of work inside somebody else's transaction. */
  @FunctionalInterface
  interface Step {
    /** Runs on the transaction's connection; must not commit, roll back or close it. */
    void run(Connection connection) throws SQLException;
  }
}
