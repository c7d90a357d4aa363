package tripod.identity;

import java.util.Optional;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/**
 * What somebody asks for who wants an account.
 *
 * @param handle the handle wanted, which names the pod's host as well
 * @param email an address, which no other account may have
 * @param password the password, checked by {@code Passwords}
 * @param did an identity the caller has proved to own; the account is then born deactivated, and no
 *     operation is sent to a directory
 * @param recoveryKey a did:key of the person's own, put before the host's rotation key
 * @param inviteCode an invitation, where the host asks for one
 * @param web whether a new identity is to be a did:web of the pod's host name, not a did:plc
 * @param byHost whether the host itself makes it, so that no invitation is needed
 */
public record NewAccount(
    Handle handle,
    Optional<String> email,
    Secret password,
    Optional<Did> did,
    Optional<String> recoveryKey,
    Optional<String> inviteCode,
    boolean web,
    boolean byHost) {

  /** Asks for an account whose identity, if it is new, is a did:plc. */
  public NewAccount(
      Handle handle,
      Optional<String> email,
      Secret password,
      Optional<Did> did,
      Optional<String> recoveryKey,
      Optional<String> inviteCode) {
    this(handle, email, password, did, recoveryKey, inviteCode, /* web= */ false);
  }

  /** Asks for an account as a stranger does. */
  public NewAccount(
      Handle handle,
      Optional<String> email,
      Secret password,
      Optional<Did> did,
      Optional<String> recoveryKey,
      Optional<String> inviteCode,
      boolean web) {
    this(handle, email, password, did, recoveryKey, inviteCode, web, /* byHost= */ false);
  }

  /**
   * Asks for an account with nothing but a handle, an address and a password, for the host: its
   * keepers make it, or whoever they let make one.
   */
  public static NewAccount of(Handle handle, Optional<String> email, Secret password) {
    return new NewAccount(
        handle,
        email,
        password,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        /* web= */ false,
        /* byHost= */ true);
  }
}
