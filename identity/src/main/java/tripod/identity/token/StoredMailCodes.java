package tripod.identity.token;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tripod.identity.IdentityDatabase;
import tripod.identity.IdentityFailure;
import tripod.identity.Secret;
import tripod.identity.TypedCode;
import tripod.syntax.PodId;

/** Mail codes in the host's database, hashed with a key (SEC-62). */
public final class StoredMailCodes implements MailCodes {
  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int GROUPS = 2;
  private static final int GROUP_CHARS = 5;
  private static final int TRIES_MAX = 5;
  private static final String WRONG = "Token is invalid";

  private final IdentityDatabase database;
  private final Hmac hash;
  private final InstantSource clock;
  private final SecureRandom random;

  /** Keeps them hashed with a key. */
  public StoredMailCodes(
      IdentityDatabase database, Secret hashKey, InstantSource clock, SecureRandom random) {
    this.database = database;
    this.hash = new Hmac(hashKey.revealBytes());
    this.clock = clock;
    this.random = random;
  }

  @Override
  public String create(PodId pod, Purpose purpose) {
    String code = TypedCode.of(random, ALPHABET, GROUPS, GROUP_CHARS);
    long expires = clock.millis() + LIFE.toMillis();
    database.change(
        connection -> {
          delete(connection, pod, purpose);
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO id_mail_code (pod, purpose, hash, expires, tries)"
                      + " VALUES (?, ?, ?, ?, 0)")) {
            insert.setLong(1, pod.value());
            insert.setString(2, purpose.name());
            insert.setString(3, hash(purpose, code));
            insert.setLong(4, expires);
            return insert.executeUpdate();
          }
        });
    return code;
  }

  private String hash(Purpose purpose, String code) {
    return Jws.encode(hash.of(purpose + ":" + code.strip().toUpperCase(Locale.ROOT)));
  }

  private record Row(PodId pod, String hash, long expires, int tries) {}

  @Override
  public void use(PodId pod, Purpose purpose, String code) {
    long now = clock.millis();
    String hashed = hash(purpose, code);
    // A failed try is counted, so the transaction ends well either way.
    Optional<IdentityFailure> failure =
        database.change(
            connection -> {
              Optional<Row> row =
                  find(connection, "pod = ?", pod.value(), null, purpose)
                      .filter(there -> there.tries() < TRIES_MAX);
              if (row.isEmpty()) {
                return Optional.of(new IdentityFailure.BadToken(WRONG));
              }
              if (!row.get().hash().equals(hashed)) {
                countTry(connection, pod, purpose);
                return Optional.of(new IdentityFailure.BadToken(WRONG));
              }
              return settle(connection, row.get(), purpose, now);
            });
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  @Override
  public PodId whose(Purpose purpose, String code) {
    String hashed = hash(purpose, code);
    return database
        .query(connection -> find(connection, "hash = ?", 0, hashed, purpose))
        .orElseThrow(() -> new IdentityFailure.BadToken(WRONG))
        .pod();
  }

  @Override
  public PodId use(Purpose purpose, String code) {
    long now = clock.millis();
    String hashed = hash(purpose, code);
    PodId pod = whose(purpose, code);
    Optional<IdentityFailure> failure =
        database.change(
            connection -> {
              Optional<Row> still = find(connection, "hash = ?", 0, hashed, purpose);
              return still.isEmpty()
                  ? Optional.of(new IdentityFailure.BadToken(WRONG))
                  : settle(connection, still.get(), purpose, now);
            });
    if (failure.isPresent()) {
      throw failure.get();
    }
    return pod;
  }

  private static Optional<IdentityFailure> settle(
      Connection connection, Row row, Purpose purpose, long now) throws SQLException {
    delete(connection, row.pod(), purpose);
    return row.expires() > now
        ? Optional.empty()
        : Optional.of(new IdentityFailure.ExpiredToken("Token is expired"));
  }

  private static Optional<Row> find(
      Connection connection, String condition, long pod, @Nullable String hash, Purpose purpose)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT pod, hash, expires, tries FROM id_mail_code WHERE "
                + condition
                + " AND purpose = ?")) {
      if (hash == null) {
        select.setLong(1, pod);
      } else {
        select.setString(1, hash);
      }
      select.setString(2, purpose.name());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Row(new PodId(row.getLong(1)), row.getString(2), row.getLong(3), row.getInt(4)))
            : Optional.empty();
      }
    }
  }

  private static void countTry(Connection connection, PodId pod, Purpose purpose)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE id_mail_code SET tries = tries + 1 WHERE pod = ? AND purpose = ?")) {
      update.setLong(1, pod.value());
      update.setString(2, purpose.name());
      update.executeUpdate();
    }
  }

  private static void delete(Connection connection, PodId pod, Purpose purpose)
      throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM id_mail_code WHERE pod = ? AND purpose = ?")) {
      delete.setLong(1, pod.value());
      delete.setString(2, purpose.name());
      delete.executeUpdate();
    }
  }
}
