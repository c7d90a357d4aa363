package tripod.podstore.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import tripod.podstore.Journal;

/**
 * The numbers of the server's journal. A ceiling is made durable before any number below it is
 * used, so that none is ever given twice (SEC-84); what is left below it after a crash is skipped.
 *
 * <p>The ceiling is kept twice, in the database and in a file beside it, and a store that opens
 * goes on at least where the time of day is at {@link #NUMBERS_A_SECOND}: so neither an older copy
 * of the database nor one of the whole folder makes numbers go back, unless the server has given
 * more than that in the mean of its life.
 */
final class Numbers {
  /** The first number: from here on a CBOR integer always takes nine bytes. */
  static final long FIRST = Journal.NUMBER_MIN;

  /** How many numbers one durable ceiling covers. */
  static final long RESERVE = 1 << 16;

  /** How far the numbers jump after a restore: more than any server gives between two backups. */
  static final long RESTORE_JUMP = 1L << 30;

  /** How fast the least number of a store that opens grows. */
  static final long NUMBERS_A_SECOND = 4_096;

  /** When that least number was {@link #FIRST}. */
  static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

  private static final String COUNTER = "number";
  private static final String RESTORED = "restored";

  private final Dialect dialect;
  private final HighWater outside;
  private long next = FIRST;
  private long ceiling = FIRST;
  private long usedBefore;
  private long restoredAt;

  Numbers(Dialect dialect, HighWater outside) {
    this.dialect = dialect;
    this.outside = outside;
  }

  /** Goes on above all numbers that may have been used before. */
  void load(Session writer, boolean restored, Instant now) throws SQLException {
    long inside = Counters.read(writer, COUNTER);
    long beside = outside.read();
    long known = Math.max(inside, beside);
    // The file is written first: a process that was killed between the two looks like this as well.
    boolean older = restored || (inside > 0 && beside > inside);
    next = Math.max(Math.max(FIRST, known), ofTime(now)) + (restored ? RESTORE_JUMP : 0);
    ceiling = next;
    usedBefore = next - 1;
    restoredAt = older ? usedBefore : Counters.read(writer, RESTORED);
    if (older) {
      Counters.write(writer, dialect, RESTORED, restoredAt);
      save(writer, next);
      dialect.commitDurably(writer.connection());
    }
  }

  private static long ofTime(Instant now) {
    long seconds = now.getEpochSecond() - EPOCH.getEpochSecond();
    return FIRST + Math.max(0, seconds) * NUMBERS_A_SECOND;
  }

  /** Returns the highest number that may have been given before the store opened. */
  long usedBefore() {
    return usedBefore;
  }

  /**
   * Returns the highest number before the store last opened an older copy of itself; 0 if never.
   */
  long restoredAt() {
    return restoredAt;
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
    outside.write(value);
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
