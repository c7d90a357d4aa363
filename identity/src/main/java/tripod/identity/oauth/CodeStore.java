package tripod.identity.oauth;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tripod.identity.IdentityDatabase;
import tripod.identity.scope.Permissions;
import tripod.identity.token.OpaqueTokens;
import tripod.syntax.PodId;

/** Codes: good for a minute, once; what was used is remembered for a day (SEC-56). */
final class CodeStore {
  /** How long a code is good. */
  static final Duration LIFE = Duration.ofSeconds(60);

  private static final Duration REMEMBERED = Duration.ofDays(1);

  private final IdentityDatabase database;
  private final OpaqueTokens tokens;
  private final InstantSource clock;

  CodeStore(IdentityDatabase database, OpaqueTokens tokens, InstantSource clock) {
    this.database = database;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * A code that is there.
   *
   * @param pod whose pod
   * @param request what was asked for
   * @param scopes what was granted of it
   * @param grantId what came of it, once it was used well
   * @param used whether it was used
   * @param expiresMs until when it is good
   */
  record Code(
      PodId pod,
      AuthorizationRequest request,
      List<String> scopes,
      Optional<String> grantId,
      boolean used,
      long expiresMs) {}

  /** Makes a code. */
  String make(PodId pod, AuthorizationRequest request, List<String> scopes) {
    String code = tokens.make("cod-");
    long now = clock.millis();
    database.change(
        connection -> {
          try (PreparedStatement sweep =
              connection.prepareStatement("DELETE FROM id_oauth_code WHERE expires < ?")) {
            sweep.setLong(1, now - REMEMBERED.toMillis());
            sweep.executeUpdate();
          }
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO id_oauth_code (hash, pod, request, scope, used, expires)"
                      + " VALUES (?, ?, ?, ?, 0, ?)")) {
            insert.setString(1, OpaqueTokens.hash(code));
            insert.setLong(2, pod.value());
            insert.setString(3, request.written());
            insert.setString(4, String.join(" ", scopes));
            insert.setLong(5, now + LIFE.toMillis());
            return insert.executeUpdate();
          }
        });
    return code;
  }

  /** Looks at a code without using it. */
  Optional<Code> peek(String code) {
    if (code.length() > OpaqueTokens.CHARS_MAX) {
      return Optional.empty();
    }
    return database.query(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  "SELECT pod, request, scope, grant_id, used, expires FROM id_oauth_code"
                      + " WHERE hash = ?")) {
            select.setString(1, OpaqueTokens.hash(code));
            try (ResultSet row = select.executeQuery()) {
              return row.next()
                  ? Optional.of(
                      new Code(
                          new PodId(row.getLong(1)),
                          AuthorizationRequest.read(row.getString(2)),
                          Permissions.split(row.getString(3)),
                          Optional.ofNullable(row.getString(4)),
                          row.getInt(5) != 0,
                          row.getLong(6)))
                  : Optional.empty();
            }
          }
        });
  }

  /**
   * Uses a code up.
   *
   * @param grantId what will come of it
   * @return whether it had not been used before
   */
  boolean use(String code, String grantId) {
    return database.change(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE id_oauth_code SET used = 1, grant_id = ? WHERE hash = ? AND used = 0")) {
            update.setString(1, grantId);
            update.setString(2, OpaqueTokens.hash(code));
            return update.executeUpdate() > 0;
          }
        });
  }

  /** Forgets the codes of an account. */
  void drop(PodId pod) {
    database.change(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement("DELETE FROM id_oauth_code WHERE pod = ?")) {
            delete.setLong(1, pod.value());
            return delete.executeUpdate();
          }
        });
  }
}
