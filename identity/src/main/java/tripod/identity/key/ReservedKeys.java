package tripod.identity.key;

import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.InstantSource;
import java.util.Optional;
import tripod.identity.IdentityDatabase;
import tripod.syntax.Did;

/**
 * Repository keys made before their account is, so that an identity can name them first ({@code
 * com.atproto.server.reserveSigningKey}).
 */
public final class ReservedKeys {
  private static final String PURPOSE = "reserved:";

  private final IdentityDatabase database;
  private final MasterKey master;
  private final InstantSource clock;
  private final SecureRandom random;

  ReservedKeys(
      IdentityDatabase database, MasterKey master, InstantSource clock, SecureRandom random) {
    this.database = database;
    this.master = master;
    this.clock = clock;
    this.random = random;
  }

  /** Reserves a key and returns its {@code did:key}; the same again for the same identity. */
  public String reserve(Optional<Did> did) {
    Optional<Taken> there = did.flatMap(this::find);
    if (there.isPresent()) {
      return there.get().didKey();
    }
    byte[] key = Secp256k1.generate(random);
    String didKey = DidKey.ofSecp256k1(key).toString();
    byte[] sealed = Envelope.seal(master.bytes(), PURPOSE + didKey, key, random);
    long now = clock.millis();
    database.change(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO id_reserved_key (public_key, did, sealed, created)"
                      + " VALUES (?, ?, ?, ?)")) {
            insert.setString(1, didKey);
            insert.setString(2, did.map(Did::value).orElse(null));
            insert.setBytes(3, sealed);
            insert.setLong(4, now);
            return insert.executeUpdate();
          }
        });
    return didKey;
  }

  /** Says whether a key waits here for its account. */
  public boolean isReserved(String didKey) {
    return find(didKey).isPresent();
  }

  Optional<Taken> find(Did did) {
    return find("did", did.value());
  }

  Optional<Taken> find(String didKey) {
    return find("public_key", didKey);
  }

  private Optional<Taken> find(String column, String value) {
    return database.query(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT public_key, sealed FROM id_reserved_key WHERE "
                      + column
                      + " = ? ORDER BY created DESC")) {
            select.setString(1, value);
            try (ResultSet result = select.executeQuery()) {
              if (!result.next()) {
                return Optional.empty();
              }
              String didKey = result.getString(1);
              return Optional.of(
                  new Taken(
                      didKey, Envelope.open(master.bytes(), PURPOSE + didKey, result.getBytes(2))));
            }
          }
        });
  }

  record Taken(String didKey, byte[] privateKey) {
    IdentityDatabase.Step remove() {
      return connection -> {
        try (PreparedStatement delete =
            connection.prepareStatement("DELETE FROM id_reserved_key WHERE public_key = ?")) {
          delete.setString(1, didKey);
          delete.executeUpdate();
        }
      };
    }

    @Override
    public String toString() {
      return "Taken[" + didKey + "]";
    }
  }
}
