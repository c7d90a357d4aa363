package tripod.podstore.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import tripod.podstore.Journal;
import tripod.podstore.PodStore;
import tripod.syntax.Tid;

/** Something that waits for the committer. */
abstract sealed class Pending {
  final CompletableFuture<@Nullable Object> outcome = new CompletableFuture<>();

  /** Waits until it is durable; throws what made it fail. */
  final @Nullable Object await() {
    try {
      return outcome.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw e;
    }
  }

  /** The last thing in the queue. */
  static final class End extends Pending {}

  /** Something that needs the database to itself, such as new tables of another room. */
  static final class Pause extends Pending {
    final Runnable meanwhile;

    Pause(Runnable meanwhile) {
      this.meanwhile = meanwhile;
    }
  }

  /** A statement of another room. */
  static final class Work extends Pending {
    final PodStore.JdbcQuery<? extends @Nullable Object> change;
    @Nullable Object result;

    Work(PodStore.JdbcQuery<? extends @Nullable Object> change) {
      this.change = change;
    }
  }

  /** A write of a pod. */
  static final class Write extends Pending {
    final PodState state;
    final long epoch;
    final Mode mode;
    final Layer layer;
    final List<PodStore.JdbcWork> also;
    final List<Emission> emissions;

    /** Streams of which what the pod put in before is taken back. */
    final List<Integer> forgets;

    final Instant at;
    final long rev;
    final long number;
    final int nextContainer;
    final long documentBytes;
    final @Nullable Entry entry;

    Write(
        PodState state,
        long epoch,
        Mode mode,
        Layer layer,
        List<PodStore.JdbcWork> also,
        List<Emission> emissions,
        List<Integer> forgets,
        Instant at,
        long rev,
        long number,
        int nextContainer,
        long documentBytes,
        @Nullable Entry entry) {
      this.state = state;
      this.epoch = epoch;
      this.mode = mode;
      this.layer = layer;
      this.also = also;
      this.emissions = emissions;
      this.forgets = forgets;
      this.at = at;
      this.rev = rev;
      this.number = number;
      this.nextContainer = nextContainer;
      this.documentBytes = documentBytes;
      this.entry = entry;
    }

    /** Does what cannot be gathered into batches; all of it is undone when part of it fails. */
    void alone(Connection connection) throws SQLException {
      for (PodStore.JdbcWork work : also) {
        work.run(connection);
      }
    }
  }

  /** Whether a write makes its pod, changes it, or removes it. */
  enum Mode {
    CREATE,
    CHANGE,
    DROP
  }

  /** An entry of a stream that has no number yet. */
  record Emission(int label, byte[] payload, int numberAt) {}

  /** An entry of the journal that has no number yet. */
  record Entry(Tid rev, List<Journal.Touch> touches, boolean imported) {}
}
