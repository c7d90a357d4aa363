package tripod.podstore;

import java.time.Instant;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tripod.syntax.PodId;
import tripod.syntax.Tid;

/**
 * What one write changes, as projections see it before it is durable.
 *
 * <p>Belongs to one thread. A resource that was touched several times in one write has one change,
 * from the state before the write to the state after it.
 */
public final class Commit {
  private final PodId pod;
  private final Optional<Tid> previous;
  private final Tid rev;
  private final Instant at;
  private final boolean imported;
  private final List<Change> changes;
  private final IdentityHashMap<Object, Object> memo = new IdentityHashMap<>();

  /** Gathers a commit; for stores and tests. */
  public Commit(
      PodId pod,
      Optional<Tid> previous,
      Tid rev,
      Instant at,
      boolean imported,
      List<Change> changes) {
    this.pod = pod;
    this.previous = previous;
    this.rev = rev;
    this.at = at;
    this.imported = imported;
    this.changes = List.copyOf(changes);
  }

  /** Returns the pod. */
  public PodId pod() {
    return pod;
  }

  /** Returns the revision this commit stands on. */
  public Optional<Tid> previous() {
    return previous;
  }

  /** Returns this commit's revision. */
  public Tid rev() {
    return rev;
  }

  /** Returns the time of the commit. */
  public Instant at() {
    return at;
  }

  /** Says whether nothing of this commit is news (mapping note VIS-7). */
  public boolean isImport() {
    return imported;
  }

  /** Returns the changes, in the order they were first made. */
  public List<Change> changes() {
    return changes;
  }

  /**
   * Returns what {@code maker} made for {@code key} (compared by identity), so that several
   * projections share one reading of a change.
   */
  @SuppressWarnings("unchecked")
  public <T> T once(Object key, Supplier<T> maker) {
    Object known = memo.get(key);
    if (known == null) {
      known = maker.get();
      memo.put(key, known);
    }
    return (T) known;
  }
}
