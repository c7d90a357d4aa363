package tripod.identity.oauth;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import tripod.identity.IdentityDatabase;
import tripod.identity.token.OpaqueTokens;

/** Requests on their way through the pages, each for one browser (atproto.md 5.4). */
final class RequestStore {
  /** How long a request waits for the person (SEC-56). */
  static final Duration LIFE = Duration.ofMinutes(5);

  private static final String URN = "urn:ietf:params:oauth:request_uri:";

  private final IdentityDatabase database;
  private final OpaqueTokens tokens;
  private final InstantSource clock;

  RequestStore(IdentityDatabase database, OpaqueTokens tokens, InstantSource clock) {
    this.database = database;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** A request that is there. */
  record Kept(String uri, AuthorizationRequest request, Instant created) {}

  /** Keeps a request and returns the address that stands for it. */
  String keep(AuthorizationRequest request) {
    String uri = URN + tokens.make("req-");
    long now = clock.millis();
    database.change(
        connection -> {
          try (PreparedStatement sweep =
              connection.prepareStatement("DELETE FROM id_oauth_request WHERE expires < ?")) {
            sweep.setLong(1, now);
            sweep.executeUpdate();
          }
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO id_oauth_request (hash, client_id, request, created, expires)"
                      + " VALUES (?, ?, ?, ?, ?)")) {
            insert.setString(1, OpaqueTokens.hash(uri));
            insert.setString(2, request.clientId());
            insert.setString(3, request.written());
            insert.setLong(4, now);
            insert.setLong(5, now + LIFE.toMillis());
            return insert.executeUpdate();
          }
        });
    return uri;
  }

  /**
   * Returns a request to the browser it belongs to: the one that opens it first. Another browser,
   * or another client's name, destroys it. Each time it is looked at it waits anew.
   */
  Optional<Kept> open(String uri, String clientId, String device) {
    if (!uri.startsWith(URN) || uri.length() > OpaqueTokens.CHARS_MAX) {
      return Optional.empty();
    }
    String hash = OpaqueTokens.hash(uri);
    String browser = OpaqueTokens.hash(device);
    long now = clock.millis();
    return database.change(
        connection -> {
          Optional<Row> row = row(connection, hash).filter(there -> there.expires() > now);
          if (row.isEmpty()) {
            return Optional.empty();
          }
          boolean mine = row.get().device().map(browser::equals).orElse(true);
          if (!mine || !row.get().clientId().equals(clientId)) {
            delete(connection, hash);
            return Optional.empty();
          }
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE id_oauth_request SET device = ?, expires = ? WHERE hash = ?")) {
            update.setString(1, browser);
            update.setLong(2, now + LIFE.toMillis());
            update.setString(3, hash);
            update.executeUpdate();
          }
          return Optional.of(
              new Kept(
                  uri,
                  AuthorizationRequest.read(row.get().request()),
                  Instant.ofEpochMilli(row.get().created())));
        });
  }

  /** Forgets a request, and says whether it was there, so that it is answered once. */
  boolean drop(String uri) {
    return database.change(connection -> delete(connection, OpaqueTokens.hash(uri)) > 0);
  }

  private record Row(
      String clientId, String request, Optional<String> device, long created, long expires) {}

  private static Optional<Row> row(Connection connection, String hash) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT client_id, request, device, created, expires FROM id_oauth_request"
                + " WHERE hash = ?")) {
      select.setString(1, hash);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Row(
                    row.getString(1),
                    row.getString(2),
                    Optional.ofNullable(row.getString(3)),
                    row.getLong(4),
                    row.getLong(5)))
            : Optional.empty();
      }
    }
  }

  private static int delete(Connection connection, String hash) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM id_oauth_request WHERE hash = ?")) {
      delete.setString(1, hash);
      return delete.executeUpdate();
    }
  }
}
