package tripod.console.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.AccountChange;
import tripod.identity.Accounts;
import tripod.podstore.PodStore;
import tripod.syntax.PodId;

/**
 * The signed-in browsers, kept in the database by the digest of what each holds (SEC-52).
 *
 * <p>Safe between threads.
 */
public final class Sessions {
  /** A session unused for this long has ended. */
  static final Duration IDLE_MAX = Duration.ofDays(7);

  /** A session this old has ended. */
  static final Duration AGE_MAX = Duration.ofDays(30);

  /** Use is noted no more often than this, so that reading a page writes nothing as a rule. */
  static final Duration SEEN_STEP = Duration.ofHours(1);

  private static final int SECRET_BYTES = 32;

  private final PodStore.Sql sql;
  private final Accounts accounts;
  private final Hosts hosts;
  private final InstantSource clock;
  private final SecureRandom random;

  /** Looks after the sessions in a database whose tables are up to date. */
  public Sessions(
      PodStore.Sql sql, Accounts accounts, Hosts hosts, InstantSource clock, SecureRandom random) {
    this.sql = sql;
    this.accounts = accounts;
    this.hosts = hosts;
    this.clock = clock;
    this.random = random;
  }

  /** Returns what a browser is to hold from now on. */
  String secret() {
    byte[] bytes = new byte[SECRET_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** Begins a session, always under a new secret, and returns that. */
  String begin(PodId pod) {
    String secret = secret();
    long now = clock.millis();
    sql.change(
        connection -> {
          try (PreparedStatement old =
              connection.prepareStatement(
                  "delete from console_session where last_seen < ? or signed_in < ?")) {
            old.setLong(1, now - IDLE_MAX.toMillis());
            old.setLong(2, now - AGE_MAX.toMillis());
            old.executeUpdate();
          }
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "insert into console_session (id_hash, pod_id, signed_in, last_seen)"
                      + " values (?, ?, ?, ?)")) {
            insert.setString(1, digest(secret));
            insert.setLong(2, pod.value());
            insert.setLong(3, now);
            insert.setLong(4, now);
            return insert.executeUpdate();
          }
        });
    return secret;
  }

  /** Returns the session that a browser holds the secret of, while it lasts. */
  Optional<Session> find(String secret) {
    String id = digest(secret);
    long now = clock.millis();
    Optional<Row> row = row(id);
    if (row.isEmpty()
        || now - row.get().lastSeen() > IDLE_MAX.toMillis()
        || now - row.get().signedIn() > AGE_MAX.toMillis()) {
      return Optional.empty();
    }
    Optional<Account> account = accounts.byPod(new PodId(row.get().pod())).filter(Sessions::admits);
    if (account.isPresent() && now - row.get().lastSeen() > SEEN_STEP.toMillis()) {
      touch(id, now);
    }
    return account.map(
        found ->
            new Session(
                found, hosts.includes(found.pod()), Instant.ofEpochMilli(row.get().signedIn())));
  }

  /**
   * Says whether an account in its state may use the console: also one that its owner put to sleep.
   */
  static boolean admits(Account account) {
    return switch (account.state()) {
      case ACTIVE, DEACTIVATED -> true;
      case TAKENDOWN, SUSPENDED, DELETED -> false;
    };
  }

  /** Ends one session. */
  void end(String secret) {
    String id = digest(secret);
    sql.change(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("delete from console_session where id_hash = ?")) {
            delete.setString(1, id);
            return delete.executeUpdate();
          }
        });
  }

  /** Lists the browsers that are signed in to an account, the last seen first. */
  public List<Browser> list(PodId pod) {
    long now = clock.millis();
    return sql.query(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select id_hash, signed_in, last_seen from console_session where pod_id = ?"
                      + " and last_seen > ? and signed_in > ? order by last_seen desc")) {
            select.setLong(1, pod.value());
            select.setLong(2, now - IDLE_MAX.toMillis());
            select.setLong(3, now - AGE_MAX.toMillis());
            List<Browser> browsers = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                browsers.add(
                    new Browser(
                        row.getString(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        Instant.ofEpochMilli(row.getLong(3))));
              }
            }
            return browsers;
          }
        });
  }

  /** Ends the session of one browser of an account; one that is not there is no fault. */
  public void end(PodId pod, String id) {
    sql.change(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "delete from console_session where id_hash = ? and pod_id = ?")) {
            delete.setString(1, id);
            delete.setLong(2, pod.value());
            return delete.executeUpdate();
          }
        });
  }

  /**
   * A browser that is signed in.
   *
   * @param id of its session: a hash, which signs nobody in
   * @param signedIn when it was given the password
   * @param lastSeen when it was here last, to the hour
   */
  public record Browser(String id, Instant signedIn, Instant lastSeen) {}

  /** Ends all sessions of an account that has a new password, or is gone (SEC-61). */
  public void follow(AccountChange change) {
    switch (change) {
      case AccountChange.SessionsEnded ended -> endAll(ended.account().pod());
      case AccountChange.Deleted deleted -> {
        endAll(deleted.account().pod());
        hosts.remove(deleted.account().pod());
      }
      case AccountChange.Created created -> {}
      case AccountChange.HandleChanged changed -> {}
      case AccountChange.KeyChanged changed -> {}
      case AccountChange.StateChanged changed -> {} // asked for with every request
    }
  }

  private void endAll(PodId pod) {
    sql.change(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("delete from console_session where pod_id = ?")) {
            delete.setLong(1, pod.value());
            return delete.executeUpdate();
          }
        });
  }

  private Optional<Row> row(String id) {
    return sql.query(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "select pod_id, signed_in, last_seen from console_session where id_hash = ?")) {
            select.setString(1, id);
            try (ResultSet found = select.executeQuery()) {
              return found.next()
                  ? Optional.of(new Row(found.getLong(1), found.getLong(2), found.getLong(3)))
                  : Optional.empty();
            }
          }
        });
  }

  private void touch(String id, long now) {
    sql.change(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "update console_session set last_seen = ? where id_hash = ?")) {
            update.setLong(1, now);
            update.setString(2, id);
            return update.executeUpdate();
          }
        });
  }

  static String digest(String secret) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private record Row(long pod, long signedIn, long lastSeen) {}
}
