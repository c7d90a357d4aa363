package tripod.identity.token;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import tripod.identity.IdentityDatabase;

/**
 * Remembers what was used and may not be again, also across a restart (SEC-59), until it ends. Safe
 * between threads.
 */
public final class UsedTokens {
  private static final Duration SWEEP_EVERY = Duration.ofMinutes(10);

  private final IdentityDatabase database;
  private final InstantSource clock;
  private final ReplayStore recent;
  private volatile Instant swept = Instant.MIN;

  /** Remembers in a database, as hashes. */
  public UsedTokens(IdentityDatabase database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
    this.recent = new ReplayStore(clock);
  }

  /**
   * Remembers a token until it ends and says whether it is new.
   *
   * @param id what tells it from all others, of whatever kind
   */
  public boolean isFirst(String id, Instant expires) {
    Instant now = clock.instant();
    if (!recent.isFirst(id, Duration.between(now, expires))) {
      return false;
    }
    boolean sweep = now.isAfter(swept.plus(SWEEP_EVERY));
    if (sweep) {
      swept = now;
    }
    return database.change(
        connection -> {
          if (sweep) {
            try (PreparedStatement old =
                connection.prepareStatement("DELETE FROM id_used_token WHERE expires < ?")) {
              old.setLong(1, now.toEpochMilli());
              old.executeUpdate();
            }
          }
          String hash = Jws.hash(id);
          try (PreparedStatement known =
              connection.prepareStatement("SELECT 1 FROM id_used_token WHERE hash = ?")) {
            known.setString(1, hash);
            try (ResultSet row = known.executeQuery()) {
              if (row.next()) {
                return false;
              }
            }
          }
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO id_used_token (hash, expires) VALUES (?, ?)")) {
            insert.setString(1, hash);
            insert.setLong(2, expires.toEpochMilli());
            return insert.executeUpdate() == 1;
          }
        });
  }
}
