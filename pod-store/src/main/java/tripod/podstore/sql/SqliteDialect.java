package tripod.podstore.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * SQLite in one file: a write-ahead log that is synced at each commit.
 *
 * <p>One connection writes; readers have their own and never wait for it.
 */
record SqliteDialect(StoreConfig config) implements Dialect {
  private static final int BUSY_TIMEOUT_MS = 10_000;
  private static final int WRITER_CACHE_KIB = 16 * 1024;
  private static final int READER_CACHE_KIB = 2 * 1024;

  /** Pages of 4 KiB the log may grow to before they are moved into the file: 16 MiB. */
  private static final int CHECKPOINT_PAGES = 4_000;

  /** Four rows of it, with what stands before each, fill a page of 4 KiB but for 24 bytes. */
  private static final int PIECE_BYTES = 1_000;

  private static final int CONSTRAINT = 19;
  private static final int FULL = 13;

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of("bytes", "BLOB", "blob", "BLOB", "order", "INTEGER", "compact", " WITHOUT ROWID");
  }

  @Override
  public FluentConfiguration migrations() {
    return Flyway.configure().dataSource(source(settings(WRITER_CACHE_KIB)));
  }

  @Override
  public Connection openWriter() throws SQLException {
    SQLiteConfig settings = settings(WRITER_CACHE_KIB);
    settings.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    Connection connection = source(settings).getConnection();
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public Connection openReader() throws SQLException {
    SQLiteConfig settings = settings(READER_CACHE_KIB);
    settings.setPragma(SQLiteConfig.Pragma.TRANSACTION_MODE, "DEFERRED");
    Connection connection = source(settings).getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA query_only=1");
    }
    return connection;
  }

  @Override
  public String upsert(String table, List<String> keys, List<String> values) {
    return Upsert.onConflict(table, keys, values);
  }

  @Override
  public int pieceBytes() {
    return PIECE_BYTES; // a row never shares its page with part of another
  }

  @Override
  public void commitDurably(Connection writer) throws SQLException {
    writer.commit(); // synchronous=FULL: the log is synced before readers see the commit
  }

  @Override
  public boolean isConflict(SQLException failure) {
    return (failure.getErrorCode() & 0xff) == CONSTRAINT;
  }

  @Override
  public boolean isFull(SQLException failure) {
    return (failure.getErrorCode() & 0xff) == FULL;
  }

  // The driver's own way compiles four statements for each read; these two are compiled once.

  @Override
  public void beginRead(Session reader) throws SQLException {
    reader.statement("BEGIN").execute();
  }

  @Override
  public void endRead(Session reader) throws SQLException {
    reader.statement("COMMIT").execute();
  }

  @Override
  public void beforeClose(Connection writer) throws SQLException {
    writer.commit();
    writer.setAutoCommit(true);
    try (var statement = writer.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  private SQLiteDataSource source(SQLiteConfig settings) {
    var source = new SQLiteDataSource(settings);
    source.setUrl(config.jdbcUrl());
    return source;
  }

  private static SQLiteConfig settings(int cacheKib) {
    var settings = new SQLiteConfig();
    settings.setJournalMode(SQLiteConfig.JournalMode.WAL);
    settings.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    settings.setBusyTimeout(BUSY_TIMEOUT_MS);
    settings.setCacheSize(-cacheKib);
    settings.setPragma(SQLiteConfig.Pragma.WAL_AUTOCHECKPOINT, String.valueOf(CHECKPOINT_PAGES));
    return settings;
  }
}
