package tripod.identity;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tripod.syntax.PodId;

/** What operators ask of accounts, beyond what {@link Accounts} tells everybody in the house. */
public final class AccountQueries {
  private final IdentityDatabase database;

  /** Asks the host's database. */
  public AccountQueries(IdentityDatabase database) {
    this.database = database;
  }

  /**
   * What only operators see.
   *
   * @param emailConfirmed since when the mail address is confirmed
   * @param invitesDisabled whether an operator took the right to invite
   */
  public record Details(Optional<Instant> emailConfirmed, boolean invitesDisabled) {
    /** Nothing special. */
    public static final Details NONE = new Details(Optional.empty(), false);
  }

  /** Returns the details of an account. */
  public Details details(PodId pod) {
    return database.query(
        open -> {
          try (PreparedStatement select =
              open.prepareStatement(
                  "SELECT email_confirmed_at, invites_disabled FROM id_account WHERE pod = ?")) {
            select.setLong(1, pod.value());
            try (ResultSet row = select.executeQuery()) {
              return row.next() ? details(row) : Details.NONE;
            }
          }
        });
  }

  private static Details details(ResultSet row) throws SQLException {
    long at = row.getLong(1);
    Optional<Instant> confirmed =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
    return new Details(confirmed, row.getInt(2) != 0);
  }

  /**
   * Returns accounts whose mail address contains a text, in the order of their pods.
   *
   * @param emailPart in either case; empty for all accounts
   */
  public List<Account> search(Optional<String> emailPart, Optional<PodId> after, int limit) {
    long behind = after.map(PodId::value).orElse(0L);
    if (emailPart.isEmpty()) {
      return database.query(open -> AccountRows.list(open, behind, limit));
    }
    String pattern = "%" + escaped(emailPart.get().toLowerCase(Locale.ROOT)) + "%";
    return accounts(
        "SELECT pod FROM id_account WHERE email_key LIKE ? ESCAPE '!' AND pod > ?"
            + " ORDER BY pod LIMIT ?",
        select -> {
          select.setString(1, pattern);
          select.setLong(2, behind);
          select.setInt(3, limit);
        });
  }

  private static String escaped(String text) {
    return text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
  }

  /** Returns sleeping accounts that were to be removed by now, the longest due first. */
  public List<Account> due(Instant now, int limit) {
    return accounts(
        "SELECT pod FROM id_account WHERE delete_after <= ? AND deactivated IS NOT NULL"
            + " ORDER BY delete_after, pod LIMIT ?",
        select -> {
          select.setLong(1, now.toEpochMilli());
          select.setInt(2, limit);
        });
  }

  @FunctionalInterface
  private interface Parameters {
    void set(PreparedStatement select) throws SQLException;
  }

  private List<Account> accounts(String sql, Parameters parameters) {
    return database.query(
        open -> {
          List<Account> accounts = new ArrayList<>();
          for (PodId pod : pods(open, sql, parameters)) {
            AccountRows.byPod(open, pod).ifPresent(accounts::add);
          }
          return accounts;
        });
  }

  private static List<PodId> pods(Connection open, String sql, Parameters parameters)
      throws SQLException {
    try (PreparedStatement select = open.prepareStatement(sql)) {
      parameters.set(select);
      List<PodId> pods = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          pods.add(new PodId(row.getLong(1)));
        }
      }
      return pods;
    }
  }
}
