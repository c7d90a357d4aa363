package tripod.identity;

import java.time.Instant;
import java.util.Optional;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.PodId;

/**
 * A person's account as it stands now.
 *
 * @param pod the internal key, never shown to anybody
 * @param did the ATProto identity
 * @param handle the ATProto handle
 * @param name the part of the fediverse address before the first at-sign
 * @param host the host name, without a port, under which the pod's documents live; it stays when
 *     the handle changes, since actor and WebID are made of it
 * @param email where mail is sent to
 * @param emailConfirmed whether somebody answered from there
 * @param state what the account may do
 * @param created when it was made
 * @param deactivated when its owner put it to sleep
 * @param deleteAfter when a sleeping account may be removed
 * @param takedownRef what an operator noted when taking it down
 */
public record Account(
    PodId pod,
    Did did,
    Handle handle,
    String name,
    String host,
    Optional<String> email,
    boolean emailConfirmed,
    State state,
    Instant created,
    Optional<Instant> deactivated,
    Optional<Instant> deleteAfter,
    Optional<String> takedownRef) {

  /** Says whether the account may act and be seen. */
  public boolean isActive() {
    return state == State.ACTIVE;
  }

  /** What an account may do. */
  public enum State {
    /** Everything. */
    ACTIVE,
    /** Put to sleep by its owner: nothing is public, the owner still reads and moves. */
    DEACTIVATED,
    /** Taken down by an operator: the owner may only leave. */
    TAKENDOWN,
    /** Halted by an operator for a time. */
    SUSPENDED,
    /** Gone; kept only while its removal is under way. */
    DELETED
  }
}
