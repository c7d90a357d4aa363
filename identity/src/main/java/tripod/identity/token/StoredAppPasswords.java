package tripod.identity.token;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import tripod.identity.IdentityDatabase;
import tripod.identity.IdentityFailure;
import tripod.identity.Secret;
import tripod.identity.TypedCode;
import tripod.syntax.PodId;

/**
 * App passwords in the host's database.
 *
 * <p>They are made here with 80 random bits, so that a keyed hash keeps them well enough, and one
 * can be found by it without trying each.
 */
public final class StoredAppPasswords implements AppPasswords {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int GROUPS = 4;
  private static final int GROUP_CHARS = 4;
  private static final Pattern FORM = Pattern.compile("[a-z2-7]{4}(-[a-z2-7]{4}){3}");
  private static final int NAME_CHARS_MAX = 253;
  private static final int PER_POD_MAX = 100;

  private final IdentityDatabase database;
  private final Hmac hash;
  private final InstantSource clock;
  private final SecureRandom random;
  private final List<BiConsumer<PodId, String>> onRevoked = new CopyOnWriteArrayList<>();

  /** Keeps them hashed with a key. */
  public StoredAppPasswords(
      IdentityDatabase database, Secret hashKey, InstantSource clock, SecureRandom random) {
    this.database = database;
    this.hash = new Hmac(hashKey.revealBytes());
    this.clock = clock;
    this.random = random;
  }

  void onRevoked(BiConsumer<PodId, String> listener) {
    onRevoked.add(listener);
  }

  @Override
  public Made create(PodId pod, String name, boolean privileged) {
    if (name.isBlank() || name.length() > NAME_CHARS_MAX) {
      throw new IdentityFailure.Invalid(
          "the name must have 1 to " + NAME_CHARS_MAX + " characters");
    }
    Secret password = Secret.of(TypedCode.of(random, ALPHABET, GROUPS, GROUP_CHARS));
    Instant now = Instant.ofEpochMilli(clock.millis());
    database.change(
        connection -> {
          List<Row> there = rows(connection, pod);
          if (there.stream().anyMatch(row -> row.listed().name().equals(name))) {
            throw new IdentityFailure.Conflict("an app password has this name");
          }
          if (there.size() >= PER_POD_MAX) {
            throw new IdentityFailure.Forbidden("at most " + PER_POD_MAX + " app passwords");
          }
          insert(connection, pod, new Row(new Listed(name, now, privileged), hash(pod, password)));
          return name;
        });
    return new Made(name, password, now, privileged);
  }

  private String hash(PodId pod, Secret password) {
    return Jws.encode(hash.of(pod.value() + ":" + password.reveal()));
  }

  private record Row(Listed listed, String hash) {}

  private static void insert(Connection connection, PodId pod, Row row) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO id_app_password (pod, name, hash, privileged, created)"
                + " VALUES (?, ?, ?, ?, ?)")) {
      insert.setLong(1, pod.value());
      insert.setString(2, row.listed().name());
      insert.setString(3, row.hash());
      insert.setInt(4, row.listed().privileged() ? 1 : 0);
      insert.setLong(5, row.listed().created().toEpochMilli());
      insert.executeUpdate();
    }
  }

  private static List<Row> rows(Connection connection, PodId pod) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT name, created, privileged, hash FROM id_app_password WHERE pod = ?"
                + " ORDER BY created DESC, name")) {
      select.setLong(1, pod.value());
      List<Row> rows = new ArrayList<>();
      try (ResultSet result = select.executeQuery()) {
        while (result.next()) {
          rows.add(
              new Row(
                  new Listed(
                      result.getString(1),
                      Instant.ofEpochMilli(result.getLong(2)),
                      result.getInt(3) != 0),
                  result.getString(4)));
        }
      }
      return rows;
    }
  }

  /** Returns which app password of a pod this is, or empty when it is none. */
  Optional<Listed> find(PodId pod, Secret password) {
    if (!FORM.matcher(password.reveal()).matches()) {
      return Optional.empty();
    }
    String hashed = hash(pod, password);
    return database.query(connection -> rows(connection, pod)).stream()
        .filter(row -> row.hash().equals(hashed))
        .map(Row::listed)
        .findFirst();
  }

  @Override
  public List<Listed> list(PodId pod) {
    return database.query(connection -> rows(connection, pod)).stream().map(Row::listed).toList();
  }

  @Override
  public void revoke(PodId pod, String name) {
    database.change(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "DELETE FROM id_app_password WHERE pod = ? AND name = ?")) {
            delete.setLong(1, pod.value());
            delete.setString(2, name);
            delete.executeUpdate();
          }
          SessionRows.deleteAppPassword(connection, pod, name);
          return name;
        });
    onRevoked.forEach(listener -> listener.accept(pod, name));
  }
}
