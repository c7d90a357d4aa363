package tripod.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.PodId;

/** Rows of accounts and of the host names that lead to them. */
final class AccountRows {
  private static final String COLUMNS =
      "pod, did, handle, name, host, email, email_confirmed, state, created, deactivated,"
          + " delete_after, takedown_ref";

  /** Tables whose rows go with an account, each with a column {@code pod}. */
  private static final List<String> OWNED =
      List.of(
          "id_host_name",
          "id_session",
          "id_app_password",
          "id_client",
          "id_bearer",
          "id_mail_code",
          "id_takedown",
          "id_account");

  private AccountRows() {}

  static Optional<Account> byPod(Connection connection, PodId pod) throws SQLException {
    return one(connection, "pod = ?", pod.value());
  }

  static Optional<PodId> podByDid(Connection connection, Did did) throws SQLException {
    return pod(connection, "SELECT pod FROM id_account WHERE did = ?", did.value());
  }

  static Optional<PodId> podByEmail(Connection connection, String email) throws SQLException {
    return pod(connection, "SELECT pod FROM id_account WHERE email_key = ?", key(email));
  }

  static Optional<PodId> podByHost(Connection connection, String host) throws SQLException {
    return pod(connection, "SELECT pod FROM id_host_name WHERE host = ?", host);
  }

  private static Optional<PodId> pod(Connection connection, String sql, String value)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, value);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(new PodId(row.getLong(1))) : Optional.empty();
      }
    }
  }

  private static Optional<Account> one(Connection connection, String condition, long value)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT " + COLUMNS + " FROM id_account WHERE " + condition)) {
      select.setLong(1, value);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(read(row)) : Optional.empty();
      }
    }
  }

  static List<Account> list(Connection connection, long after, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM id_account WHERE pod > ? ORDER BY pod LIMIT ?")) {
      select.setLong(1, after);
      select.setInt(2, limit);
      List<Account> accounts = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          accounts.add(read(row));
        }
      }
      return accounts;
    }
  }

  static long count(Connection connection) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement("SELECT COUNT(*) FROM id_account");
        ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  static Optional<String> password(Connection connection, PodId pod) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT password FROM id_account WHERE pod = ?")) {
      select.setLong(1, pod.value());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  private static Account read(ResultSet row) throws SQLException {
    return new Account(
        new PodId(row.getLong(1)),
        new Did(row.getString(2)),
        new Handle(row.getString(3)),
        row.getString(4),
        row.getString(5),
        Optional.ofNullable(row.getString(6)),
        row.getInt(7) != 0,
        Account.State.valueOf(row.getString(8)),
        Instant.ofEpochMilli(row.getLong(9)),
        instant(row, 10),
        instant(row, 11),
        Optional.ofNullable(row.getString(12)));
  }

  private static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  static void insert(Connection connection, Account account, String password) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO id_account ("
                + COLUMNS
                + ", email_key, password) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, account.pod().value());
      insert.setString(2, account.did().value());
      insert.setString(3, account.handle().value());
      insert.setString(4, account.name());
      insert.setString(5, account.host());
      insert.setString(6, account.email().orElse(null));
      insert.setInt(7, account.emailConfirmed() ? 1 : 0);
      insert.setString(8, account.state().name());
      insert.setLong(9, account.created().toEpochMilli());
      set(insert, 10, account.deactivated());
      set(insert, 11, account.deleteAfter());
      insert.setString(12, account.takedownRef().orElse(null));
      insert.setString(13, key(account.email()));
      insert.setString(14, password);
      insert.executeUpdate();
    }
    back(connection, account.host());
    addHost(connection, account.host(), account.pod());
    if (!account.handle().value().equals(account.host())) {
      addHost(connection, account.handle().value(), account.pod());
    }
  }

  /** Notes since when a mail address is confirmed, if it is. */
  static void confirmed(Connection connection, PodId pod, Optional<Instant> since)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE id_account SET email_confirmed_at = ? WHERE pod = ?")) {
      set(update, 1, since);
      update.setLong(2, pod.value());
      update.executeUpdate();
    }
  }

  static boolean isGone(Connection connection, String host) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT 1 FROM id_gone_host WHERE host = ?")) {
      select.setString(1, host);
      try (ResultSet row = select.executeQuery()) {
        return row.next();
      }
    }
  }

  /** Remembers a host name of an account that is removed. */
  static void gone(Connection connection, String host, Instant now) throws SQLException {
    back(connection, host);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO id_gone_host (host, gone) VALUES (?, ?)")) {
      insert.setString(1, host);
      insert.setLong(2, now.toEpochMilli());
      insert.executeUpdate();
    }
  }

  private static void back(Connection connection, String host) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM id_gone_host WHERE host = ?")) {
      delete.setString(1, host);
      delete.executeUpdate();
    }
  }

  static void addHost(Connection connection, String host, PodId pod) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO id_host_name (host, pod) VALUES (?, ?)")) {
      insert.setString(1, host);
      insert.setLong(2, pod.value());
      insert.executeUpdate();
    }
  }

  static void removeHost(Connection connection, String host) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM id_host_name WHERE host = ?")) {
      delete.setString(1, host);
      delete.executeUpdate();
    }
  }

  static void update(Connection connection, Account account) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE id_account SET handle = ?, email = ?, email_key = ?, email_confirmed = ?,"
                + " state = ?, deactivated = ?, delete_after = ?, takedown_ref = ?"
                + " WHERE pod = ?")) {
      update.setString(1, account.handle().value());
      update.setString(2, account.email().orElse(null));
      update.setString(3, key(account.email()));
      update.setInt(4, account.emailConfirmed() ? 1 : 0);
      update.setString(5, account.state().name());
      set(update, 6, account.deactivated());
      set(update, 7, account.deleteAfter());
      update.setString(8, account.takedownRef().orElse(null));
      update.setLong(9, account.pod().value());
      update.executeUpdate();
    }
  }

  static void updatePassword(Connection connection, PodId pod, String password)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE id_account SET password = ? WHERE pod = ?")) {
      update.setString(1, password);
      update.setLong(2, pod.value());
      update.executeUpdate();
    }
  }

  static void endSessions(Connection connection, PodId pod) throws SQLException {
    deleteFrom(connection, "id_session", pod);
    deleteFrom(connection, "id_bearer", pod);
  }

  static void delete(Connection connection, PodId pod) throws SQLException {
    for (String table : OWNED) {
      deleteFrom(connection, table, pod);
    }
  }

  private static void deleteFrom(Connection connection, String table, PodId pod)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM " + table + " WHERE pod = ?")) {
      delete.setLong(1, pod.value());
      delete.executeUpdate();
    }
  }

  private static void set(PreparedStatement statement, int index, Optional<Instant> value)
      throws SQLException {
    if (value.isPresent()) {
      statement.setLong(index, value.get().toEpochMilli());
    } else {
      statement.setNull(index, Types.BIGINT);
    }
  }

  private static @Nullable String key(Optional<String> email) {
    return email.map(AccountRows::key).orElse(null);
  }

  static String key(String email) {
    return email.toLowerCase(Locale.ROOT);
  }
}
