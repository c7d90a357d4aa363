package tripod.identity;

import tripod.syntax.Handle;

/** What has just become of an account, told to those who asked {@link Accounts} for it. */
public sealed interface AccountChange {
  /** Returns the account as it is after the change, or as it was before it was deleted. */
  Account account();

  /** The account was made. */
  record Created(Account account) implements AccountChange {}

  /** The account has another handle, or claims the same one again. */
  record HandleChanged(Account account, Handle before) implements AccountChange {}

  /** The account has another signing key. */
  record KeyChanged(Account account) implements AccountChange {}

  /** The account's state is another. */
  record StateChanged(Account account, Account.State before) implements AccountChange {}

  /** The account has a new password, and all its sessions have ended. */
  record SessionsEnded(Account account) implements AccountChange {}

  /** The account, its pod and its keys are gone. */
  record Deleted(Account account) implements AccountChange {}
}
