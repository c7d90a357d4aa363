package tripod.podstore.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Statements of one kind that were given rows and have not run. */
final class Batch {
  private final Session session;
  private final String sql;
  private @Nullable PreparedStatement statement;

  Batch(Session session, String sql) {
    this.session = session;
    this.sql = sql;
  }

  PreparedStatement next() throws SQLException {
    PreparedStatement known = statement;
    if (known == null) {
      known = session.statement(sql);
      statement = known;
    }
    return known;
  }

  void run() throws SQLException {
    if (statement != null) {
      try {
        statement.executeBatch();
      } finally {
        statement.clearBatch();
      }
    }
  }
}
