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

  /** Returns the account with another handle. */
  Account withHandle(Handle other) {
    return new Account(
        pod,
        did,
        other,
        name,
        host,
        email,
        emailConfirmed,
        state,
        created,
        deactivated,
        deleteAfter,
        takedownRef);
  }

  /** Returns the account with another mail address, or none. */
  Account withEmail(Optional<String> other, boolean confirmed) {
    return new Account(
        pod,
        did,
        handle,
        name,
        host,
        other,
        confirmed,
        state,
        created,
        deactivated,
        deleteAfter,
        takedownRef);
  }

  /** Returns the account put to sleep; what an operator did to it stays. */
  Account asleep(Instant since, Optional<Instant> until) {
    return with(
        AccountEdits.endsSessions(state) ? state : State.DEACTIVATED,
        Optional.of(since),
        until,
        takedownRef);
  }

  /** Returns the account awake. */
  Account awake() {
    return with(State.ACTIVE, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Returns the account taken down or halted by an operator. */
  Account restricted(State other, String reference) {
    return with(other, deactivated, deleteAfter, Optional.of(reference));
  }

  /** Returns the account as its owner left it, without what an operator did. */
  Account restored() {
    return with(
        deactivated.isPresent() ? State.DEACTIVATED : State.ACTIVE,
        deactivated,
        deleteAfter,
        Optional.empty());
  }

  private Account with(
      State next, Optional<Instant> asleep, Optional<Instant> until, Optional<String> reference) {
    return new Account(
        pod,
        did,
        handle,
        name,
        host,
        email,
        emailConfirmed,
        next,
        created,
        asleep,
        until,
        reference);
  }

  /** Says whether the account is being moved here and was never active. */
  public boolean isArriving() {
    return state == State.DEACTIVATED && deactivated.filter(created::equals).isPresent();
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
