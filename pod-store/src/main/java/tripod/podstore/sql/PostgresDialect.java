package tripod.podstore.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** PostgreSQL: for hosts that outgrow one machine. */
record PostgresDialect(StoreConfig config) implements Dialect {
  /** The advisory lock that one writing process holds; any number that no other program uses. */
  private static final long WRITER_LOCK = 0x747269706f64L;

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of("bytes", "BYTEA", "blob", "BYTEA", "order", "BIGINT", "compact", "");
  }

  @Override
  public FluentConfiguration migrations() {
    return Flyway.configure()
        .dataSource(config.jdbcUrl(), config.user().orElse(null), config.password().orElse(null));
  }

  private Connection connect() throws SQLException {
    var properties = new Properties();
    config.user().ifPresent(user -> properties.setProperty("user", user));
    config.password().ifPresent(password -> properties.setProperty("password", password));
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("prepareThreshold", "1");
    return DriverManager.getConnection(config.jdbcUrl(), properties);
  }

  @Override
  public Connection openWriter() throws SQLException {
    Connection connection = connect();
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("SET synchronous_commit = on");
      try (var row = statement.executeQuery("SELECT pg_try_advisory_lock(" + WRITER_LOCK + ")")) {
        if (!row.next() || !row.getBoolean(1)) {
          throw new SQLException("another process writes this database");
        }
      }
    }
    connection.commit();
    return connection;
  }

  @Override
  public Connection openReader() throws SQLException {
    Connection connection = connect();
    connection.setReadOnly(true);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    return connection;
  }

  @Override
  public String upsert(String table, List<String> keys, List<String> values) {
    return Upsert.onConflict(table, keys, values);
  }

  @Override
  public void commitDurably(Connection writer) throws SQLException {
    writer.commit();
  }

  @Override
  public boolean isConflict(SQLException failure) {
    return failure.getSQLState() != null && failure.getSQLState().startsWith("23");
  }

  @Override
  public boolean isFull(SQLException failure) {
    return "53100".equals(failure.getSQLState());
  }

  @Override
  public void beforeClose(Connection writer) throws SQLException {
    writer.commit();
  }
}
