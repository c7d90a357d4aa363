package tripod.podstore.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The numbers of the server's journal. A ceiling is made durable before any number below it is
 * used, so that none is ever given twice (SEC-84); what is left below it after a crash is skipped.
 */
final class Numbers {
  /** The first number: from here on a CBOR integer always takes nine bytes. */
  static final long FIRST = 1L << 33;

  /** How many numbers one durable ceiling covers. */
  static final long RESERVE = 1 << 16;

  /** How far the numbers jump after a restore: more than any server gives between two backups. */
  static final long RESTORE_JUMP = 1L << 30;

  private static final String COUNTER = "number";

  private final Dialect dialect;
  private long next = FIRST;
  private long ceiling = FIRST;

  Numbers(Dialect dialect) {
    this.dialect = dialect;
  }

  /** Goes on above all numbers that may have been used before. */
  void load(Session writer, boolean restored) throws SQLException {
    next = Math.max(FIRST, Counters.read(writer, COUNTER)) + (restored ? RESTORE_JUMP : 0);
    ceiling = next;
    if (restored) {
      save(writer, next);
      dialect.commitDurably(writer.connection());
    }
  }

  /** Makes sure that so many numbers may be used; outside of a transaction. */
  void reserve(Session writer, int count) throws SQLException {
    if (next + count > ceiling) {
      long wanted = next + count + RESERVE;
      save(writer, wanted);
      dialect.commitDurably(writer.connection());
      ceiling = wanted;
    }
  }

  long next() {
    if (next >= ceiling) {
      throw new IllegalStateException("number " + next + " was not reserved");
    }
    return next++;
  }

  /** Gives back what was not used, when the store closes. */
  void release(Session writer) throws SQLException {
    save(writer, next);
    dialect.commitDurably(writer.connection());
    ceiling = next;
  }

  private void save(Session writer, long value) throws SQLException {
    Counters.write(writer, dialect, COUNTER, value);
  }

  /** Rows of the table {@code counter}. */
  static final class Counters {
    private Counters() {}

    static long read(Session session, String name) throws SQLException {
      PreparedStatement query = session.statement("SELECT amount FROM counter WHERE name=?");
      query.setString(1, name);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? row.getLong(1) : 0;
      }
    }

    static void write(Session session, Dialect dialect, String name, long amount)
        throws SQLException {
      PreparedStatement write =
          session.statement(
              dialect.upsert("counter", java.util.List.of("name"), java.util.List.of("amount")));
      write.setString(1, name);
      write.setLong(2, amount);
      write.executeUpdate();
    }
  }
}
