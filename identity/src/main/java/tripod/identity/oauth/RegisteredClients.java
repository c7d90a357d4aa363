package tripod.identity.oauth;

import java.net.URI;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Types;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tripod.identity.IdentityDatabase;
import tripod.identity.scope.Permissions;
import tripod.identity.token.OpaqueTokens;

/**
 * Clients that registered themselves. Their ids are opaque and never begin like an address, as the
 * ATProto profile asks.
 */
final class RegisteredClients {
  /** Longest list of redirect addresses, in characters. */
  static final int REDIRECTS_CHARS_MAX = 16_000;

  private static final String SOLID = "sc-";
  private static final String MASTODON = "ma-";
  private static final int ID_CHARS = 24;

  /** A client that registered and was never allowed anything is forgotten after this time. */
  private static final Duration UNUSED_MAX = Duration.ofDays(90);

  /**
   * How long the secret of a Solid app lasts. It would need no end, but the most used library takes
   * a secret without one for one that has ended.
   */
  static final Duration SECRET_LIFE = Duration.ofDays(365);

  private final IdentityDatabase database;
  private final OpaqueTokens tokens;
  private final InstantSource clock;

  RegisteredClients(IdentityDatabase database, OpaqueTokens tokens, InstantSource clock) {
    this.database = database;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** What a client says of itself. */
  record Wanted(
      Dialect dialect,
      Optional<String> name,
      Optional<URI> home,
      List<String> redirects,
      Set<String> scopes,
      boolean wantsSecret) {}

  /** What it is told. */
  record Made(String clientId, Optional<String> secret, long createdMs) {}

  static boolean isRegistered(String clientId) {
    return clientId.startsWith(SOLID) || clientId.startsWith(MASTODON);
  }

  Made register(Wanted wanted) {
    String prefix = wanted.dialect() == Dialect.MASTODON ? MASTODON : SOLID;
    String clientId = tokens.make(prefix).substring(0, prefix.length() + ID_CHARS);
    Optional<String> secret =
        wanted.wantsSecret() ? Optional.of(tokens.make("cs-")) : Optional.empty();
    String redirects = String.join("\n", wanted.redirects());
    if (redirects.length() > REDIRECTS_CHARS_MAX) {
      throw OAuthFailure.metadata("the redirect addresses are too long");
    }
    long now = clock.millis();
    database.change(
        connection -> {
          try (PreparedStatement sweep =
              connection.prepareStatement(
                  "DELETE FROM id_oauth_client WHERE created < ? AND NOT EXISTS (SELECT 1 FROM"
                      + " id_oauth_grant g WHERE g.client_id = id_oauth_client.client_id)")) {
            sweep.setLong(1, now - UNUSED_MAX.toMillis());
            sweep.executeUpdate();
          }
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO id_oauth_client (client_id, dialect, name, home, redirects, scopes,"
                      + " secret_hash, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, clientId);
            insert.setString(2, wanted.dialect().name());
            text(insert, 3, wanted.name());
            text(insert, 4, wanted.home().map(URI::toString));
            insert.setString(5, redirects);
            insert.setString(6, String.join(" ", wanted.scopes()));
            text(insert, 7, secret.map(OpaqueTokens::hash));
            insert.setLong(8, now);
            return insert.executeUpdate();
          }
        });
    return new Made(clientId, secret, now);
  }

  private static void text(PreparedStatement statement, int index, Optional<String> value)
      throws java.sql.SQLException {
    if (value.isPresent()) {
      statement.setString(index, value.get());
    } else {
      statement.setNull(index, Types.VARCHAR);
    }
  }

  Optional<Client> find(String clientId) {
    return database.query(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT dialect, name, home, redirects, scopes, secret_hash, created FROM id_oauth_client"
                      + " WHERE client_id = ?")) {
            select.setString(1, clientId);
            try (ResultSet row = select.executeQuery()) {
              return row.next() && !hasEnded(row)
                  ? Optional.of(client(clientId, row))
                  : Optional.empty();
            }
          }
        });
  }

  private boolean hasEnded(ResultSet row) throws java.sql.SQLException {
    return Dialect.valueOf(row.getString(1)) == Dialect.SOLID
        && row.getString(6) != null
        && row.getLong(7) + SECRET_LIFE.toMillis() <= clock.millis();
  }

  private static Client client(String clientId, ResultSet row) throws java.sql.SQLException {
    String secret = row.getString(6);
    return new Client(
        clientId,
        Dialect.valueOf(row.getString(1)),
        Optional.ofNullable(row.getString(2)),
        Optional.ofNullable(row.getString(3)).flatMap(RedirectUris::parse),
        List.of(row.getString(4).split("\n", -1)),
        Set.copyOf(Permissions.split(row.getString(5))),
        true,
        true,
        secret == null ? new Client.Auth.None() : new Client.Auth.SecretText(secret));
  }
}
