package tripod.identity;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/** All accounts of the server. Safe between threads; what is asked often is cached. */
public interface Accounts {
  /** Returns the account of a pod. */
  Optional<Account> byPod(PodId pod);

  /** Returns the account with an identity. */
  Optional<Account> byDid(Did did);

  /** Returns the account with a handle. */
  Optional<Account> byHandle(Handle handle);

  /** Returns the account a bare name means: the handle under the host's first domain. */
  Optional<Account> byName(String name);

  /** Returns the account with a mail address, in either case. */
  Optional<Account> byEmail(String email);

  /** Returns the account whose pod lives under a host name, or whose handle it is. */
  Optional<Account> byHost(String hostWithoutPort);

  /** Says whether a pod lived under a host name that is nobody's now. */
  boolean isGone(String hostWithoutPort);

  /**
   * Returns the account somebody means who types a handle, a bare name, a DID or a mail address.
   */
  Optional<Account> byIdentifier(String text);

  /** Returns what others call an account's pod. */
  PodNames names(Account account);

  /** Returns the names of a pod, or throws {@link IdentityFailure.NotFound}. */
  PodNames names(PodId pod);

  /**
   * Makes account, pod, keys and identity in one transaction.
   *
   * @throws IdentityFailure if a rule or the directory refuses; nothing is left behind
   */
  Created create(NewAccount wanted);

  /**
   * Checks that a handle can be had here by somebody new.
   *
   * @throws IdentityFailure.InvalidHandle if it breaks a rule
   * @throws IdentityFailure.UnsupportedDomain if it is under no domain of this host
   * @throws IdentityFailure.HandleTaken if it is somebody's
   */
  void checkNewHandle(Handle handle);

  /** Returns accounts in the order of their pods. */
  List<Account> list(Optional<PodId> after, int limit);

  /** Returns how many accounts there are. */
  long count();

  /**
   * Signs somebody in by what they typed.
   *
   * <p>Takes as long for a name that nobody has. The account may be in any state: what an inactive
   * one may do is the caller's question.
   *
   * @throws IdentityFailure.BadPassword if name and password do not belong together
   * @throws IdentityFailure.Unavailable if too many are waiting (SEC-16)
   */
  Account signIn(String identifier, Secret password);

  /** Says whether a password is the account's. */
  boolean verifyPassword(PodId pod, Secret password);

  /**
   * Checks what can be said of a new password without knowing whose it shall be.
   *
   * @throws IdentityFailure.WeakPassword if it is too short, too long or too common
   */
  void checkNewPassword(Secret password);

  /** Sets a new password and ends all sessions. */
  void setPassword(PodId pod, Secret password);

  /** Takes the password away and ends all sessions; a new one can be set by mail. */
  void lockOut(PodId pod);

  /** Sets or removes the mail address. */
  Account setEmail(PodId pod, Optional<String> email, boolean confirmed);

  /** Puts an account to sleep. */
  Account deactivate(PodId pod, Optional<Instant> deleteAfter);

  /** Wakes an account from sleep; the caller has checked that its identity points here. */
  Account activate(PodId pod);

  /** Takes an account down, or halts it. */
  Account restrict(PodId pod, Account.State state, String reference);

  /** Lifts what {@link #restrict} did. */
  Account restore(PodId pod);

  /**
   * Gives an account another handle; the host name of its pod stays.
   *
   * <p>With the handle it already has, it is only announced again.
   */
  Account updateHandle(PodId pod, Handle handle);

  /** Tells again what an account's identity is, since its document changed. */
  void announce(PodId pod);

  /**
   * Gives an account a handle that an operator chose, which may be one that is kept for the host or
   * under a domain that is not asked.
   */
  Account assignHandle(PodId pod, Handle handle);

  /**
   * Signs an account's repository from now on with another key, one that was reserved here; its
   * identity must name it already.
   *
   * @throws IdentityFailure.Invalid if no such key was reserved here
   */
  void replaceSigningKey(PodId pod, String didKey);

  /** Removes account, pod, keys and sessions; the identity is left to its directory. */
  void delete(PodId pod);

  /** Asks to be told, after each change, on the thread that made it. */
  void onChange(Consumer<AccountChange> listener);

  /**
   * A new account.
   *
   * @param account as it is
   * @param names what others call its pod
   */
  record Created(Account account, PodNames names) {}
}
