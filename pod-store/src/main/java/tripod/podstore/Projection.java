package tripod.podstore;

import java.util.List;

/** State that a room derives from a pod, kept in step with it inside the same transaction. */
public interface Projection {
  /** Returns the name of the partition this projection alone writes to, as {@code atproto.repo}. */
  String partition();

  /**
   * Follows a commit about to be made, whichever door it came from.
   *
   * <p>Runs under the pod's lock on the writer's thread. {@code after} shows the state with the
   * commit and all that earlier projections wrote; a projection writes to its own partition and to
   * streams, and makes no further changes to resources. State it keeps in memory must be keyed by
   * revision: a commit that fails later is never built upon.
   *
   * @throws PodFailure.Refused to roll the whole write back
   */
  void apply(Commit pending, PodWriter after);

  /**
   * Derives this projection's rows from the pod's resources anew and compares them, as far as the
   * resources alone determine them: that something was published, or when, they do not.
   *
   * @return a sentence for each difference
   */
  default List<String> faults(PodReader view) {
    return List.of();
  }
}
