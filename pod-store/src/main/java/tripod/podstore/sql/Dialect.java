package tripod.podstore.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** What one database engine spells in its own way. */
sealed interface Dialect permits SqliteDialect, H2Dialect, PostgresDialect {
  /** Chooses by the scheme of a JDBC URL. */
  static Dialect of(StoreConfig config) {
    String url = config.jdbcUrl();
    if (url.startsWith("jdbc:sqlite:")) {
      return new SqliteDialect(config);
    }
    if (url.startsWith("jdbc:h2:")) {
      return new H2Dialect(config);
    }
    if (url.startsWith("jdbc:postgresql:")) {
      return new PostgresDialect(config);
    }
    throw new IllegalArgumentException("no engine for " + url);
  }

  /** Returns the name people know the engine by, in lower case. */
  String name();

  /** Returns what the migration scripts leave open: types and table options. */
  Map<String, String> placeholders();

  /** Returns a configuration of migrations that knows where the database is. */
  FluentConfiguration migrations();

  /** Opens the one connection that writes; its transactions begin by themselves. */
  Connection openWriter() throws SQLException;

  /** Opens a connection that reads: one snapshot a transaction. */
  Connection openReader() throws SQLException;

  /**
   * Returns a statement that inserts a row or replaces it.
   *
   * @param keys names of the key's columns, in the order of the parameters
   * @param values names of the other columns, whose parameters follow
   */
  String upsert(String table, List<String> keys, List<String> values);

  /**
   * Returns how many bytes of a stream's entry a row may hold before the rest is put into rows of
   * its own; a whole number of those fills a page.
   */
  default int pieceBytes() {
    return Integer.MAX_VALUE;
  }

  /** Commits, and returns when the transaction is on the disk. */
  void commitDurably(Connection writer) throws SQLException;

  /** Says whether a statement met a row that is already there. */
  boolean isConflict(SQLException failure);

  /** Says whether the disk is full. */
  boolean isFull(SQLException failure);

  /** Does what an engine wants to be done before its last connection closes. */
  void beforeClose(Connection writer) throws SQLException;

  /** Begins what reads one unmoving state, on a connection that otherwise commits by itself. */
  default void beginRead(Session reader) throws SQLException {
    reader.connection().setAutoCommit(false);
  }

  /** Ends what {@link #beginRead} began. */
  default void endRead(Session reader) throws SQLException {
    reader.connection().rollback();
    reader.connection().setAutoCommit(true);
  }
}
