package tripod.podstore.sql;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import tripod.podstore.PodFailure;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.Projection;
import tripod.syntax.PodId;

/**
 * The writes of all pods: each is prepared alone on its pod, over a reader's session, then given to
 * the committer and waited for. The next one of the pod may be prepared meanwhile.
 */
final class PodWrites {
  /** How long a write waits for the one before it on the same pod, in seconds. */
  static final int LOCK_WAIT_MAX_S = 30;

  private final SqlPodStore store;
  private final PodStates states;
  private final ReadPool readers;
  private final Committer committer;
  private final Revisions revisions;

  PodWrites(
      SqlPodStore store,
      PodStates states,
      ReadPool readers,
      Committer committer,
      Revisions revisions) {
    this.store = store;
    this.states = states;
    this.readers = readers;
    this.committer = committer;
    this.revisions = revisions;
  }

  /**
   * Runs one write and returns when it is durable.
   *
   * @param also runs in the transaction in which the write is committed
   * @param followers see the commit before it is made
   * @throws PodFailure.Unavailable when the pod was busy for {@value #LOCK_WAIT_MAX_S} seconds, or
   *     the database fails
   */
  <T> T run(
      PodId pod,
      Pending.Mode mode,
      PodStore.JdbcWork also,
      List<Projection> followers,
      Function<PodWriter, T> work) {
    PodState state = states.of(pod);
    lock(state);
    Prepared<T> prepared;
    try {
      prepared = prepare(state, mode, also, followers, work);
      if (mode != Pending.Mode.CHANGE) {
        settle(state, prepared, mode);
      }
    } finally {
      state.lock.unlock();
    }
    prepared.await();
    return prepared.result();
  }

  /** What a write returned, and what is to be waited for. */
  private record Prepared<T>(T result, Optional<Pending.Write> pending) {
    void await() {
      pending.ifPresent(Pending::await);
    }
  }

  private <T> Prepared<T> prepare(
      PodState state,
      Pending.Mode mode,
      PodStore.JdbcWork also,
      List<Projection> followers,
      Function<PodWriter, T> work) {
    if (state.isVoid()) {
      // Others of the group that failed may not be committed yet; what they leave is what counts.
      store.sql().change(connection -> 0);
    }
    Session session = readers.take();
    boolean healthy = true;
    try {
      long epoch =
          mode == Pending.Mode.CREATE
              ? beginNew(state, session)
              : state.begin(session, committer.settled());
      Instant now = revisions.now();
      var write = new Write(store, state, session, revisions.after(state.rev), now);
      if (!also.equals(PodStore.JdbcWork.NONE)) {
        write.also(also);
      }
      T result = work.apply(write);
      Optional<Pending.Write> finished = write.finish(followers, epoch, mode);
      if (finished.isPresent()) {
        write.accepted(finished.get(), committer.submit(finished.get()));
      }
      return new Prepared<>(result, finished);
    } catch (SQLException e) {
      healthy = false;
      throw Failures.unavailable(e);
    } catch (PodFailure.Unavailable e) {
      healthy = false;
      throw e;
    } finally {
      readers.giveBack(session, healthy);
    }
  }

  private static void lock(PodState state) {
    try {
      if (!state.lock.isHeldByCurrentThread()
          && state.lock.tryLock(LOCK_WAIT_MAX_S, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (state.lock.isHeldByCurrentThread()) {
      throw new IllegalStateException("a write inside a write");
    }
    throw new PodFailure.Unavailable(
        "the pod was busy for " + LOCK_WAIT_MAX_S + " s", new IllegalStateException("pod lock"));
  }

  private static long beginNew(PodState state, Session session) throws SQLException {
    if (state.durable || new Rows(session, state.pod.value()).pod().isPresent()) {
      throw new PodFailure.Conflict("the pod is already there");
    }
    state.forget();
    return state.epoch.get();
  }

  /** Waits with the lock held: until a pod is made or gone nobody may build upon it. */
  private static void settle(PodState state, Prepared<?> prepared, Pending.Mode mode) {
    boolean done = false;
    try {
      prepared.await();
      done = true;
    } finally {
      if (!done || mode == Pending.Mode.DROP) {
        state.forget();
      }
    }
  }

  /** Runs {@code work} while no write of the pod is being prepared or waits to be durable. */
  <T> T alone(PodId pod, Supplier<T> work) {
    PodState state = states.of(pod);
    lock(state);
    try {
      store
          .sql()
          .change(connection -> 0); // comes back when all that was accepted before is through
      return work.get();
    } finally {
      state.lock.unlock();
    }
  }
}
