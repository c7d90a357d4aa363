package tripod.identity.did;

import java.util.Optional;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/** Resolves identities and handles; caches what it found (SEC-83). Safe between threads. */
public interface DidResolver {
  /**
   * Returns a document that is at most a day old, or empty when there is none.
   *
   * @throws tripod.identity.IdentityFailure.Unavailable if the directory or host does not answer
   */
  Optional<DidDocument> resolve(Did did);

  /** Returns a document asked for now, as after a signature that failed. */
  Optional<DidDocument> refresh(Did did);

  /**
   * Returns the identity a handle points to, ours first, then DNS, then HTTPS; not checked back.
   */
  Optional<Did> resolveHandle(Handle handle);

  /** Returns the identity a handle points to now, whatever is remembered. */
  default Optional<Did> refreshHandle(Handle handle) {
    return resolveHandle(handle);
  }

  /** Returns the handle of an identity if both directions agree. */
  Optional<Handle> verifiedHandle(Did did);
}
