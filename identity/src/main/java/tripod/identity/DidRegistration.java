package tripod.identity;

import java.util.Optional;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/** Makes identities and changes what they say, for {@link Accounts}. */
public interface DidRegistration {
  /**
   * Prepares a new identity.
   *
   * @param handle its handle
   * @param signingKey {@code did:key} of the repository key
   * @param recoveryKey a rotation key of the person's own
   */
  Prepared prepare(Handle handle, String signingKey, Optional<String> recoveryKey);

  /** Prepares a new did:web identity of a pod's own host name. */
  Prepared prepareWeb(String host);

  /**
   * Makes the identity of an account claim another handle. Nothing is sent when it already does.
   *
   * @throws IdentityFailure.Unavailable if the directory cannot be reached
   * @throws IdentityFailure.Forbidden if the identity is not under this host's key
   */
  void changeHandle(Account account, Handle handle);

  /** Says whether a handle of the person's own domain resolves to an identity. */
  boolean pointsTo(Handle handle, Did did);

  /** A new identity that is named and not yet registered. */
  interface Prepared {
    /** Returns the identity. */
    Did did();

    /** Submits it to a directory elsewhere; does nothing where the directory is our own. */
    void submit();

    /** Returns the step that registers it in a directory of our own. */
    IdentityDatabase.Step store();

    /** Takes back what {@link #submit} did, since the account was not made. */
    void undo();
  }
}
