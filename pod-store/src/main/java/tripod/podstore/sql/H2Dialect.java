package tripod.podstore.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.h2.jdbcx.JdbcDataSource;

/** H2 in one file or in memory. */
record H2Dialect(StoreConfig config) implements Dialect {
  /** Values up to this many bytes stay in their row; H2 keeps longer ones apart. */
  private static final int INPLACE_BYTES = 32 * 1024;

  private static final int IO_EXCEPTION = 90_028;
  private static final int IO_EXCEPTION_2 = 90_031;

  @Override
  public String name() {
    return isMemory() ? "h2-memory" : "h2";
  }

  private boolean isMemory() {
    return config.jdbcUrl().startsWith("jdbc:h2:mem:");
  }

  @Override
  public Map<String, String> placeholders() {
    return Map.of("bytes", "VARBINARY(2100)", "blob", "BLOB", "order", "BIGINT", "compact", "");
  }

  @Override
  public FluentConfiguration migrations() {
    return Flyway.configure().dataSource(dataSource());
  }

  private DataSource dataSource() {
    var source = new JdbcDataSource();
    // H2 hands the last result out again when a query repeats; no store may rely on that being
    // right.
    source.setUrl(
        config.jdbcUrl()
            + ";OPTIMIZE_REUSE_RESULTS=0;DB_CLOSE_ON_EXIT=FALSE"
            + (isMemory() ? ";DB_CLOSE_DELAY=-1" : ""));
    source.setUser(config.user().orElse("sa"));
    source.setPassword(config.password().orElse(""));
    return source;
  }

  @Override
  public Connection openWriter() throws SQLException {
    Connection connection = dataSource().getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute("SET MAX_LENGTH_INPLACE_LOB " + INPLACE_BYTES);
    }
    connection.setAutoCommit(false);
    return connection;
  }

  @Override
  public Connection openReader() throws SQLException {
    Connection connection = dataSource().getConnection();
    try (var statement = connection.createStatement()) {
      statement.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL SNAPSHOT");
    }
    return connection;
  }

  @Override
  public String upsert(String table, List<String> keys, List<String> values) {
    var columns = new ArrayList<>(keys);
    columns.addAll(values);
    return "MERGE INTO "
        + table
        + " ("
        + String.join(", ", columns)
        + ") KEY ("
        + String.join(", ", keys)
        + ") VALUES ("
        + String.join(", ", Collections.nCopies(columns.size(), "?"))
        + ")";
  }

  @Override
  public void commitDurably(Connection writer) throws SQLException {
    writer.commit();
    if (!isMemory()) {
      // A commit alone makes no sync call here, whatever WRITE_DELAY says.
      try (var statement = writer.createStatement()) {
        statement.execute("CHECKPOINT SYNC");
      }
    }
  }

  @Override
  public boolean isConflict(SQLException failure) {
    return failure.getSQLState() != null && failure.getSQLState().startsWith("23");
  }

  @Override
  public boolean isFull(SQLException failure) {
    return failure.getErrorCode() == IO_EXCEPTION || failure.getErrorCode() == IO_EXCEPTION_2;
  }

  @Override
  public void beforeClose(Connection writer) throws SQLException {
    writer.commit();
    try (var statement = writer.createStatement()) {
      statement.execute("SHUTDOWN");
    }
  }
}
