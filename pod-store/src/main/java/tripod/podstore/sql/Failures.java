package tripod.podstore.sql;

import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.podstore.PodFailure;

/** The one place where what a database says becomes a failure of the store. */
final class Failures {
  static final Logger LOG = LoggerFactory.getLogger(SqlPodStore.class);

  private Failures() {}

  static PodFailure unavailable(SQLException cause) {
    return new PodFailure.Unavailable("the database did not answer", cause);
  }

  static PodFailure closed() {
    return new PodFailure.Unavailable("the store is closed", new IllegalStateException("closed"));
  }

  static RuntimeException of(Dialect dialect, Throwable cause) {
    return switch (cause) {
      case RuntimeException e -> e;
      case SQLException e when dialect.isConflict(e) ->
          (RuntimeException)
              new PodFailure.Conflict("a row of that name is already there").initCause(e);
      case SQLException e when dialect.isFull(e) ->
          (RuntimeException) new PodFailure.Full("the disk of the database is full").initCause(e);
      case SQLException e -> unavailable(e);
      default -> new PodFailure.Unavailable("the store could not write", cause);
    };
  }
}
