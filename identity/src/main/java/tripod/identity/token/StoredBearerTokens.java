package tripod.identity.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import tripod.identity.AccountChange;
import tripod.identity.Accounts;
import tripod.identity.IdentityDatabase;
import tripod.identity.IdentityFailure;
import tripod.syntax.PodId;

/** Opaque tokens in the host's database, by their hash. */
public final class StoredBearerTokens implements BearerTokens {
  private static final int BYTES = 32;
  private static final int CHARS_MAX = 512;
  private static final int CACHED_MAX = 20_000;
  private static final String PREFIX = "tp-";

  private final IdentityDatabase database;
  private final Accounts accounts;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Cache<String, Grant> cached =
      Caffeine.newBuilder().maximumSize(CACHED_MAX).expireAfterWrite(Duration.ofMinutes(1)).build();

  /** Keeps tokens of accounts. */
  public StoredBearerTokens(
      IdentityDatabase database, Accounts accounts, InstantSource clock, SecureRandom random) {
    this.database = database;
    this.accounts = accounts;
    this.clock = clock;
    this.random = random;
    accounts.onChange(
        change -> {
          if (change instanceof AccountChange.SessionsEnded(var account)) {
            cached.asMap().values().removeIf(grant -> grant.pod().equals(account.pod()));
          }
        });
  }

  @Override
  public String issue(PodId pod, String clientId, String scope) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String token = PREFIX + Jws.encode(bytes);
    long now = clock.millis();
    database.change(
        connection -> {
          try (PreparedStatement sweep =
              connection.prepareStatement("DELETE FROM id_bearer WHERE pod = ? AND expires < ?")) {
            sweep.setLong(1, pod.value());
            sweep.setLong(2, now);
            sweep.executeUpdate();
          }
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO id_bearer (hash, pod, client_id, scope, expires)"
                      + " VALUES (?, ?, ?, ?, ?)")) {
            insert.setString(1, Jws.hash(token));
            insert.setLong(2, pod.value());
            insert.setString(3, clientId);
            insert.setString(4, scope);
            insert.setLong(5, now + LIFE.toMillis());
            return insert.executeUpdate();
          }
        });
    return token;
  }

  @Override
  public Grant verify(String bearer, String scope) {
    if (bearer.length() > CHARS_MAX) {
      throw new IdentityFailure.BadToken("the token is not one of ours");
    }
    String hash = Jws.hash(bearer);
    Grant known = cached.getIfPresent(hash);
    Grant grant =
        known != null
            ? known
            : read(hash)
                .orElseThrow(() -> new IdentityFailure.BadToken("the token is not one of ours"));
    if (!grant.expires().isAfter(clock.instant())) {
      cached.invalidate(hash);
      throw new IdentityFailure.ExpiredToken("the token has expired");
    }
    if (accounts.byPod(grant.pod()).isEmpty() || !allows(grant, scope)) {
      throw new IdentityFailure.BadToken("the token is not good for " + scope);
    }
    cached.put(hash, grant);
    return grant;
  }

  private static boolean allows(Grant grant, String scope) {
    return grant.scopes().contains(scope) || (scope.equals(READ) && grant.scopes().contains(ALL));
  }

  /** Forgets the tokens of a client that was ended, so that they end at once (SEC-61). */
  public void forget(String clientId) {
    cached.asMap().values().removeIf(grant -> grant.clientId().equals(Optional.of(clientId)));
  }

  private Optional<Grant> read(String hash) {
    return database.query(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT b.pod, a.did, b.client_id, b.scope, b.expires FROM id_bearer b"
                      + " JOIN id_account a ON a.pod = b.pod WHERE b.hash = ?")) {
            select.setString(1, hash);
            try (ResultSet row = select.executeQuery()) {
              return row.next()
                  ? Optional.of(
                      new Grant(
                          new PodId(row.getLong(1)),
                          new tripod.syntax.Did(row.getString(2)),
                          Grant.Kind.OAUTH,
                          Set.of(row.getString(4).split(" ")),
                          Optional.of(row.getString(3)),
                          Instant.ofEpochMilli(row.getLong(5))))
                  : Optional.empty();
            }
          }
        });
  }
}
