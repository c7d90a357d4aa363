package tripod.identity;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import tripod.syntax.PodId;

/**
 * Changes of an account that is there: its row, its note in the audit log and what the doors keep
 * of it in one transaction.
 */
final class AccountEdits {
  /** How often a change is prepared again because another one was quicker. */
  private static final int TRIES_MAX = 5;

  private final IdentityDatabase database;
  private final PodCreation pods;
  private final NewPodKeys keys;
  private final AuditLog audit;

  AccountEdits(StoredAccounts.Ground ground) {
    this.database = ground.database();
    this.pods = ground.pods();
    this.keys = ground.keys();
    this.audit = ground.audit();
  }

  /** The row is no longer as it was when the change was prepared. */
  private static final class Outrun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Outrun() {
      super("another change of the account was quicker", null, false, false);
    }
  }

  /** An account before and after a change. */
  record Edited(Account before, Account after) {}

  /**
   * Changes what concerns identity alone; the row is read in the transaction that writes it.
   *
   * @param also runs in the same transaction
   */
  Account quietly(
      PodId pod, String event, UnaryOperator<Account> edit, IdentityDatabase.Step also) {
    return database.change(
        open -> {
          Account before = AccountRows.byPod(open, pod).orElseThrow(AccountEdits::unknown);
          Account after = edit.apply(before);
          AccountRows.update(open, after);
          also.run(open);
          audit.within(event(pod, event)).run(open);
          return after;
        });
  }

  /**
   * Changes what the doors must know of. The change is prepared before its transaction, which
   * therefore first looks whether the row is still as it was.
   *
   * @param event the word of the audit log for the account after it
   * @param news what the doors are told of the account before and after
   */
  Edited openly(
      PodId pod,
      Function<Account, String> event,
      UnaryOperator<Account> edit,
      BiFunction<Account, Account, AccountChange> news) {
    return openly(pod, event, edit, news, open -> {});
  }

  /**
   * Changes what the doors must know of.
   *
   * @param also runs in the same transaction
   */
  Edited openly(
      PodId pod,
      Function<Account, String> event,
      UnaryOperator<Account> edit,
      BiFunction<Account, Account, AccountChange> news,
      IdentityDatabase.Step also) {
    for (int tries = 1; ; tries++) {
      Account before =
          database.query(open -> AccountRows.byPod(open, pod)).orElseThrow(AccountEdits::unknown);
      Account after = edit.apply(before);
      try {
        pods.change(
            news.apply(before, after),
            open -> {
              write(open, before, after, event.apply(after));
              also.run(open);
            });
        return new Edited(before, after);
      } catch (Outrun e) {
        if (tries == TRIES_MAX) {
          throw new IdentityFailure.Unavailable("the account is being changed by others", e);
        }
      }
    }
  }

  private void write(Connection open, Account before, Account after, String event)
      throws SQLException {
    if (!AccountRows.byPod(open, before.pod()).equals(Optional.of(before))) {
      throw new Outrun();
    }
    AccountRows.update(open, after);
    if (!before.handle().equals(after.handle())) {
      moveHandle(open, before, after);
    }
    if (endsSessions(after.state())) {
      AccountRows.endSessions(open, after.pod());
    }
    audit.within(event(after.pod(), event)).run(open);
  }

  /** Says whether a state ends all sessions of an account that comes into it. */
  static boolean endsSessions(Account.State state) {
    return state == Account.State.TAKENDOWN || state == Account.State.SUSPENDED;
  }

  private static void moveHandle(Connection open, Account before, Account after)
      throws SQLException {
    if (!before.handle().value().equals(before.host())) {
      AccountRows.removeHost(open, before.handle().value());
    }
    if (!after.handle().value().equals(after.host())) {
      AccountRows.addHost(open, after.handle().value(), after.pod());
    }
  }

  /** Removes account, pod and keys, and remembers the host name under which the pod was known. */
  void delete(Account account, Instant now) {
    pods.drop(
        new AccountChange.Deleted(account),
        open -> {
          AccountRows.delete(open, account.pod());
          AccountRows.gone(open, account.host(), now);
          keys.destroy(account.pod()).run(open);
          audit
              .within(
                  new AuditLog.Event(
                      Optional.of(account.pod()),
                      "account.deleted",
                      account.did().value(),
                      Optional.empty()))
              .run(open);
        });
  }

  static String stateEvent(Account.State state) {
    return "state." + state.name().toLowerCase(Locale.ROOT);
  }

  private static IdentityFailure unknown() {
    return new IdentityFailure.NotFound("no such account");
  }

  private static AuditLog.Event event(PodId pod, String event) {
    return new AuditLog.Event(Optional.of(pod), event, "", Optional.empty());
  }
}
