package tripod.atproto.repo;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets the one who writes see which repository commit the write made: the projection runs on the
 * writer's own thread, but after the writer's work.
 */
public final class CommitWitness {
  private static final ScopedValue<CommitWitness> WATCHING = ScopedValue.newInstance();

  private @Nullable RepoHead seen;

  private CommitWitness() {}

  /**
   * Runs a write.
   *
   * @return what it returned, and the commit, if the repository changed
   */
  public static <T> Witnessed<T> during(Supplier<T> write) {
    CommitWitness witness = new CommitWitness();
    T result = ScopedValue.where(WATCHING, witness).call(write::get);
    return new Witnessed<>(result, Optional.ofNullable(witness.seen));
  }

  static void saw(RepoHead head) {
    if (WATCHING.isBound()) {
      WATCHING.get().seen = head;
    }
  }

  /** What a write returned, and the commit it made. */
  public record Witnessed<T>(T result, Optional<RepoHead> commit) {}
}
