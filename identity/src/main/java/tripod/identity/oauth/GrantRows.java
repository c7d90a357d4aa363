package tripod.identity.oauth;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.identity.scope.Permissions;
import tripod.syntax.PodId;

/** Rows of grants and their tokens. */
final class GrantRows {
  private static final String COLUMNS =
      "g.id, g.pod, g.client_id, g.client_name, g.dialect, g.scope, g.thumbprint, g.client_auth,"
          + " g.created, g.used, g.expires";

  private GrantRows() {}

  /** A token with the grant it comes of. */
  record Token(AppGrant grant, Kind kind, List<String> scopes, boolean used, long expiresMs) {}

  /** What a token is good for. */
  enum Kind {
    /** Calling methods, with a proof. */
    ACCESS,
    /** Getting new tokens, once. */
    REFRESH,
    /** Calling methods, by itself. */
    BEARER
  }

  static void insert(Connection connection, AppGrant grant) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO id_oauth_grant (id, pod, client_id, client_name, dialect, scope,"
                + " thumbprint, client_auth, created, used, expires)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
      insert.setString(1, grant.id());
      insert.setLong(2, grant.pod().value());
      insert.setString(3, grant.clientId());
      insert.setString(4, grant.clientName().orElse(null));
      insert.setString(5, grant.dialect().name());
      insert.setString(6, String.join(" ", grant.scopes()));
      insert.setString(7, grant.thumbprint().orElse(null));
      insert.setString(8, grant.clientAuth());
      insert.setLong(9, grant.created().toEpochMilli());
      insert.setLong(10, grant.used().toEpochMilli());
      insert.setLong(11, grant.expires().toEpochMilli());
      insert.executeUpdate();
    }
  }

  static void touch(Connection connection, String id, Instant used, Instant expires)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE id_oauth_grant SET used = ?, expires = ? WHERE id = ?")) {
      update.setLong(1, used.toEpochMilli());
      update.setLong(2, expires.toEpochMilli());
      update.setString(3, id);
      update.executeUpdate();
    }
  }

  static Optional<AppGrant> find(Connection connection, String id) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM id_oauth_grant g WHERE g.id = ?")) {
      select.setString(1, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(grant(row)) : Optional.empty();
      }
    }
  }

  static List<AppGrant> list(Connection connection, PodId pod) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM id_oauth_grant g WHERE g.pod = ? ORDER BY g.used DESC")) {
      select.setLong(1, pod.value());
      List<AppGrant> grants = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          grants.add(grant(row));
        }
      }
      return grants;
    }
  }

  private static AppGrant grant(ResultSet row) throws SQLException {
    return new AppGrant(
        row.getString(1),
        new PodId(row.getLong(2)),
        row.getString(3),
        Optional.ofNullable(row.getString(4)),
        Dialect.valueOf(row.getString(5)),
        Permissions.split(row.getString(6)),
        Optional.ofNullable(row.getString(7)),
        row.getString(8),
        Instant.ofEpochMilli(row.getLong(9)),
        Instant.ofEpochMilli(row.getLong(10)),
        Instant.ofEpochMilli(row.getLong(11)));
  }

  static void insertToken(
      Connection connection,
      String hash,
      String grantId,
      Kind kind,
      List<String> scopes,
      long expiresMs)
      throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO id_oauth_token (hash, grant_id, kind, scope, used, expires)"
                + " VALUES (?, ?, ?, ?, 0, ?)")) {
      insert.setString(1, hash);
      insert.setString(2, grantId);
      insert.setString(3, kind.name());
      insert.setString(4, String.join(" ", scopes));
      insert.setLong(5, expiresMs);
      insert.executeUpdate();
    }
  }

  static Optional<Token> findToken(Connection connection, String hash) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT "
                + COLUMNS
                + ", t.kind, t.scope, t.used, t.expires FROM id_oauth_token t"
                + " JOIN id_oauth_grant g ON g.id = t.grant_id WHERE t.hash = ?")) {
      select.setString(1, hash);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Token(
                    grant(row),
                    Kind.valueOf(row.getString(12)),
                    Permissions.split(row.getString(13)),
                    row.getInt(14) != 0,
                    row.getLong(15)))
            : Optional.empty();
      }
    }
  }

  /** Marks a token as used and says whether it had not been. */
  static boolean useToken(Connection connection, String hash) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE id_oauth_token SET used = 1 WHERE hash = ? AND used = 0")) {
      update.setString(1, hash);
      return update.executeUpdate() > 0;
    }
  }

  static void sweepTokens(Connection connection, String grantId, long now) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM id_oauth_token WHERE grant_id = ? AND expires < ?")) {
      delete.setString(1, grantId);
      delete.setLong(2, now);
      delete.executeUpdate();
    }
  }

  static void extendToken(Connection connection, String hash, long expiresMs) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE id_oauth_token SET expires = ? WHERE hash = ?")) {
      update.setLong(1, expiresMs);
      update.setString(2, hash);
      update.executeUpdate();
    }
  }

  static void delete(Connection connection, String id) throws SQLException {
    for (String statement :
        List.of(
            "DELETE FROM id_oauth_token WHERE grant_id = ?",
            "DELETE FROM id_oauth_grant WHERE id = ?")) {
      try (PreparedStatement delete = connection.prepareStatement(statement)) {
        delete.setString(1, id);
        delete.executeUpdate();
      }
    }
  }
}
