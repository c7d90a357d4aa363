package tripod.identity.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import tripod.identity.IdentityDatabase;
import tripod.identity.IdentityFailure;
import tripod.identity.Secret;
import tripod.syntax.PodId;

/** Pairs in the host's database. A secret has 256 random bits, so that a plain hash keeps it. */
public final class StoredClientCredentials implements ClientCredentials, LiveGrants {
  private static final int ID_BYTES = 12;
  private static final int SECRET_BYTES = 32;
  private static final int CACHED_MAX = 10_000;
  private static final int LABEL_CHARS_MAX = 253;
  private static final String PREFIX = "cc-";

  private final IdentityDatabase database;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Cache<String, Row> cached =
      Caffeine.newBuilder().maximumSize(CACHED_MAX).expireAfterWrite(Duration.ofMinutes(1)).build();

  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

  private record Row(PodId pod, String secretHash) {}

  /** Keeps pairs. */
  public StoredClientCredentials(
      IdentityDatabase database, InstantSource clock, SecureRandom random) {
    this.database = database;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public Made create(PodId pod, String label) {
    if (label.length() > LABEL_CHARS_MAX) {
      throw new IdentityFailure.Invalid("the label has over " + LABEL_CHARS_MAX + " characters");
    }
    String clientId = PREFIX + random(ID_BYTES);
    String secret = random(SECRET_BYTES);
    long now = clock.millis();
    database.change(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO id_client (client_id, pod, secret_hash, label, created)"
                      + " VALUES (?, ?, ?, ?, ?)")) {
            insert.setString(1, clientId);
            insert.setLong(2, pod.value());
            insert.setString(3, Jws.hash(secret));
            insert.setString(4, label);
            insert.setLong(5, now);
            return insert.executeUpdate();
          }
        });
    return new Made(clientId, Secret.of(secret));
  }

  private String random(int bytes) {
    byte[] random = new byte[bytes];
    this.random.nextBytes(random);
    return Jws.encode(random);
  }

  @Override
  public Optional<PodId> check(String clientId, Secret secret) {
    Optional<Row> row = find(clientId);
    byte[] hash = Jws.hash(secret.reveal()).getBytes(StandardCharsets.US_ASCII);
    return row.filter(
            there ->
                MessageDigest.isEqual(there.secretHash().getBytes(StandardCharsets.US_ASCII), hash))
        .map(Row::pod);
  }

  /** Reads inside the cache, so that a pair revoked meanwhile is not remembered after it. */
  @SuppressWarnings("NullAway") // a cache takes null for what is not there
  private Optional<Row> find(String clientId) {
    return Optional.ofNullable(cached.get(clientId, id -> read(id).orElse(null)));
  }

  private Optional<Row> read(String clientId) {
    return database.query(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT pod, secret_hash FROM id_client WHERE client_id = ?")) {
            select.setString(1, clientId);
            try (ResultSet row = select.executeQuery()) {
              return row.next()
                  ? Optional.of(new Row(new PodId(row.getLong(1)), row.getString(2)))
                  : Optional.empty();
            }
          }
        });
  }

  @Override
  public List<String> list(PodId pod) {
    return listed(pod).stream().map(Listed::clientId).toList();
  }

  @Override
  public List<Listed> listed(PodId pod) {
    return database.query(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT client_id, label, created FROM id_client WHERE pod = ?"
                      + " ORDER BY created")) {
            select.setLong(1, pod.value());
            List<Listed> all = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
              while (row.next()) {
                all.add(
                    new Listed(
                        row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))));
              }
            }
            return all;
          }
        });
  }

  @Override
  public boolean isLive(String clientId) {
    return find(clientId).isPresent();
  }

  @Override
  public void onRevoked(Consumer<String> listener) {
    listeners.add(listener);
  }

  @Override
  public void revoke(PodId pod, String clientId) {
    database.change(
        connection -> {
          for (String table : List.of("id_client", "id_bearer")) {
            try (PreparedStatement delete =
                connection.prepareStatement(
                    "DELETE FROM " + table + " WHERE pod = ? AND client_id = ?")) {
              delete.setLong(1, pod.value());
              delete.setString(2, clientId);
              delete.executeUpdate();
            }
          }
          return clientId;
        });
    cached.invalidate(clientId);
    listeners.forEach(listener -> listener.accept(clientId));
  }
}
