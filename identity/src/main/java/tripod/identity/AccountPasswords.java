package tripod.identity;

import java.util.Optional;
import java.util.Set;
import tripod.syntax.PodId;

/** Signing in with the passwords of accounts, and changing them. Safe between threads. */
final class AccountPasswords {
  private final IdentityDatabase database;
  private final Passwords passwords;
  private final AuditLog audit;

  AccountPasswords(StoredAccounts.Ground ground) {
    this.database = ground.database();
    this.passwords = ground.passwords();
    this.audit = ground.audit();
  }

  /**
   * Signs in whoever was meant; takes as long when nobody was.
   *
   * @throws IdentityFailure.BadPassword if nobody was meant, or the password is not theirs
   * @throws IdentityFailure.Unavailable if too many are waiting (SEC-16)
   */
  Account signIn(Optional<Account> meant, Secret password) {
    Optional<String> stored = meant.flatMap(account -> stored(account.pod()));
    if (!passwords.verify(stored, password) || meant.isEmpty()) {
      meant.ifPresent(account -> note(account.pod(), "signin.failed"));
      throw new IdentityFailure.BadPassword("Invalid identifier or password");
    }
    Account account = meant.get();
    if (passwords.isOutdated(stored.orElseThrow())) {
      String renewed = passwords.hash(password);
      database.change(
          open -> {
            AccountRows.updatePassword(open, account.pod(), renewed);
            return account;
          });
    }
    note(account.pod(), "signin");
    return account;
  }

  boolean verify(PodId pod, Secret password) {
    return passwords.verify(stored(pod), password);
  }

  private Optional<String> stored(PodId pod) {
    return database.query(open -> AccountRows.password(open, pod));
  }

  /**
   * Checks a password without knowing whose it shall be.
   *
   * @throws IdentityFailure.WeakPassword if it is too short, too long or too common
   */
  void check(Secret password) {
    passwords.checkNew(password, Set.of());
  }

  /**
   * Sets a new password and ends all sessions.
   *
   * @throws IdentityFailure.WeakPassword if it is too short, too long, too common or the account's
   *     own words
   */
  void set(Account account, Secret password) {
    passwords.checkNew(password, AccountCreation.words(account.handle(), account.email()));
    replace(account, passwords.hash(password), "password.changed");
  }

  /** Takes the password away and ends all sessions. */
  void revoke(Account account) {
    replace(account, passwords.hashOfNobody(), "password.revoked");
  }

  private void replace(Account account, String hash, String event) {
    PodId pod = account.pod();
    database.change(
        open -> {
          AccountRows.updatePassword(open, pod, hash);
          AccountRows.endSessions(open, pod);
          audit.within(event(pod, event)).run(open);
          return account;
        });
  }

  private void note(PodId pod, String event) {
    audit.later(event(pod, event));
  }

  private static AuditLog.Event event(PodId pod, String event) {
    return new AuditLog.Event(Optional.of(pod), event, "", Optional.empty());
  }
}
