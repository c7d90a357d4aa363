package tripod.identity;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import tripod.syntax.Did;
import tripod.syntax.PodId;

/** Invitations: codes that let somebody make an account, a number of times. */
public final class Invites {
  private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
  private static final int GROUPS = 2;
  private static final int GROUP_CHARS = 5;
  private static final String COLUMNS = "SELECT code, pod, uses, disabled, created FROM id_invite";

  private final IdentityDatabase database;
  private final InstantSource clock;
  private final SecureRandom random;
  private final String prefix;

  /** Keeps invitations whose codes begin with the host's name. */
  public Invites(
      IdentityDatabase database, InstantSource clock, SecureRandom random, IdentityConfig config) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    this.prefix = config.origin().getHost().replace('.', '-');
  }

  /**
   * An invitation.
   *
   * @param code the code
   * @param pod whose it is to give away; empty for the operator's
   * @param uses how often it can be used in all
   * @param disabled whether an operator stopped it
   * @param created when
   * @param used who came with it
   */
  public record Invite(
      String code,
      Optional<PodId> pod,
      int uses,
      boolean disabled,
      Instant created,
      List<Use> used) {
    /** Returns how often it can still be used. */
    public int left() {
      return Math.max(0, uses - used.size());
    }
  }

  /**
   * One use.
   *
   * @param did who came
   * @param at when
   */
  public record Use(Did did, Instant at) {}

  /** Makes invitations. */
  public List<String> create(int count, int uses, Optional<PodId> pod) {
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      codes.add(prefix + "-" + TypedCode.of(random, ALPHABET, GROUPS, GROUP_CHARS));
    }
    long now = clock.millis();
    database.change(
        connection -> {
          try (PreparedStatement insert =
              connection.prepareStatement(
                  "INSERT INTO id_invite (code, pod, uses, disabled, created)"
                      + " VALUES (?, ?, ?, 0, ?)")) {
            for (String code : codes) {
              insert.setString(1, code);
              insert.setLong(2, pod.map(PodId::value).orElse(0L));
              insert.setInt(3, uses);
              insert.setLong(4, now);
              insert.addBatch();
            }
            insert.executeBatch();
          }
          return codes;
        });
    return codes;
  }

  /** Lists the invitations a pod has to give away. */
  public List<Invite> of(PodId pod) {
    return database.query(connection -> select(connection, "pod = ?", pod.value(), ""));
  }

  /** In which order invitations are listed. */
  public enum Order {
    /** The newest first. */
    RECENT,
    /** Those used most first. */
    USAGE
  }

  /** Lists all invitations of the host, beginning behind so many. */
  public List<Invite> list(Order order, int skipped, int limit) {
    String by =
        switch (order) {
          case RECENT -> "created DESC, code";
          case USAGE ->
              "(SELECT COUNT(*) FROM id_invite_use u WHERE u.code = id_invite.code) DESC, code";
        };
    return database.query(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(COLUMNS + " ORDER BY " + by + " LIMIT ? OFFSET ?")) {
            select.setInt(1, limit);
            select.setInt(2, skipped);
            return read(connection, select);
          }
        });
  }

  /** Returns the invitation somebody came with. */
  public Optional<Invite> usedBy(Did did) {
    return database.query(
        connection -> {
          try (PreparedStatement select =
              connection.prepareStatement(
                  COLUMNS + " WHERE code IN (SELECT code FROM id_invite_use WHERE did = ?)")) {
            select.setString(1, did.value());
            return read(connection, select).stream().findFirst();
          }
        });
  }

  /** Stops codes, and all codes of some pods. */
  public void disable(Collection<String> codes, Collection<PodId> pods) {
    database.change(
        connection -> {
          try (PreparedStatement byCode =
                  connection.prepareStatement("UPDATE id_invite SET disabled = 1 WHERE code = ?");
              PreparedStatement byPod =
                  connection.prepareStatement("UPDATE id_invite SET disabled = 1 WHERE pod = ?")) {
            for (String code : codes) {
              byCode.setString(1, code);
              byCode.executeUpdate();
            }
            for (PodId pod : pods) {
              byPod.setLong(1, pod.value());
              byPod.executeUpdate();
            }
            return true;
          }
        });
  }

  /** Takes or gives back an account's right to invite; its codes follow. */
  public void setAllowed(PodId pod, boolean allowed) {
    int disabled = allowed ? 0 : 1;
    database.change(
        connection -> {
          try (PreparedStatement account =
                  connection.prepareStatement(
                      "UPDATE id_account SET invites_disabled = ? WHERE pod = ?");
              PreparedStatement codes =
                  connection.prepareStatement("UPDATE id_invite SET disabled = ? WHERE pod = ?")) {
            for (PreparedStatement update : List.of(account, codes)) {
              update.setInt(1, disabled);
              update.setLong(2, pod.value());
              update.executeUpdate();
            }
            return true;
          }
        });
  }

  /** Checks that a code can be used. */
  void check(Optional<String> code) {
    if (code.isEmpty() || !database.query(connection -> isUsable(connection, code.get()))) {
      throw new IdentityFailure.InvalidInvite(
          "this host asks for an invitation that is still good");
    }
  }

  private static boolean isUsable(Connection connection, String code) throws SQLException {
    List<Invite> found = select(connection, "code = ?", 0, code);
    return !found.isEmpty() && !found.getFirst().disabled() && found.getFirst().left() > 0;
  }

  /** Returns the step that uses a code up by one, checked again in the transaction. */
  IdentityDatabase.Step use(String code, Did did) {
    long now = clock.millis();
    return connection -> {
      if (!isUsable(connection, code)) {
        throw new IdentityFailure.InvalidInvite("the invitation has just been used up");
      }
      try (PreparedStatement insert =
          connection.prepareStatement(
              "INSERT INTO id_invite_use (code, did, used) VALUES (?, ?, ?)")) {
        insert.setString(1, code);
        insert.setString(2, did.value());
        insert.setLong(3, now);
        insert.executeUpdate();
      }
    };
  }

  private static List<Invite> select(Connection connection, String condition, long pod, String code)
      throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(COLUMNS + " WHERE " + condition + " ORDER BY created, code")) {
      if (code.isEmpty()) {
        select.setLong(1, pod);
      } else {
        select.setString(1, code);
      }
      return read(connection, select);
    }
  }

  private static List<Invite> read(Connection connection, PreparedStatement select)
      throws SQLException {
    List<Invite> invites = new ArrayList<>();
    try (ResultSet row = select.executeQuery()) {
      while (row.next()) {
        invites.add(
            new Invite(
                row.getString(1),
                row.getLong(2) == 0 ? Optional.empty() : Optional.of(new PodId(row.getLong(2))),
                row.getInt(3),
                row.getInt(4) != 0,
                Instant.ofEpochMilli(row.getLong(5)),
                uses(connection, row.getString(1))));
      }
    }
    return invites;
  }

  private static List<Use> uses(Connection connection, String code) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT did, used FROM id_invite_use WHERE code = ? ORDER BY used")) {
      select.setString(1, code);
      List<Use> uses = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          uses.add(new Use(new Did(row.getString(1)), Instant.ofEpochMilli(row.getLong(2))));
        }
      }
      return uses;
    }
  }
}
