package tripod.identity;

import java.util.Optional;
import tripod.syntax.Did;
import tripod.syntax.PodId;

/** Makes and destroys the keys of a pod, for {@link Accounts}. */
public interface NewPodKeys {
  /**
   * Makes a pod's keys and lets them be used at once, so that the pod's first commit can be signed
   * in the transaction that stores them.
   *
   * @param did an identity for which a signing key may have been reserved
   */
  Prepared prepare(PodId pod, Optional<Did> did);

  /**
   * Takes a signing key that was reserved here in the place of the pod's own, and lets it be used
   * at once, so that the commit that tells of it can be signed in the transaction that stores it.
   *
   * @throws IdentityFailure.Invalid if no such key was reserved here
   */
  Prepared replace(PodId pod, String didKey);

  /** Removes a pod's keys within a transaction; old backups become unreadable for it. */
  IdentityDatabase.Step destroy(PodId pod);

  /** Keys that are ready and not yet stored. */
  interface Prepared {
    /** Returns the {@code did:key} of the pod's repository signing key. */
    String didKey();

    /** Returns the step that stores the keys. */
    IdentityDatabase.Step store();

    /** Forgets the keys, since the pod was not made. */
    void forget();
  }
}
