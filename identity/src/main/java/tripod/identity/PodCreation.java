package tripod.identity;

import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/**
 * How an account gets its pod: the store's part of making and removing one, wired by the server,
 * which also knows the first graphs of a new pod.
 */
public interface PodCreation {
  /** Returns a number that no pod has had before. */
  PodId nextPodId();

  /**
   * Makes the pod with its first graphs and runs {@code also} in the same transaction; returns when
   * both are durable, and leaves neither when anything is thrown.
   */
  void create(PodNames names, IdentityDatabase.Step also);

  /** Removes the pod with all it holds, and runs {@code also} in the same transaction. */
  void drop(PodId pod, IdentityDatabase.Step also);
}
