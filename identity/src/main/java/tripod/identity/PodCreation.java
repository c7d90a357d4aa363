package tripod.identity;

import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/**
 * How an account and its pod change together: the store's part of making, changing and removing
 * one, wired by the server, which also knows what a new pod holds and what each door notes of an
 * account.
 */
public interface PodCreation {
  /** Returns a number that no pod has had before. */
  PodId nextPodId();

  /**
   * Makes the pod with its first graphs and what the doors begin with, and runs {@code also} in the
   * same transaction; returns when all is durable, and leaves nothing when anything is thrown.
   */
  void create(AccountChange.Created made, PodNames names, IdentityDatabase.Step also);

  /**
   * Lets the doors note in the pod what becomes of its account, and runs {@code also} in the same
   * transaction, so that no event goes before its change or outlives it.
   */
  void change(AccountChange change, IdentityDatabase.Step also);

  /**
   * Removes the pod with all it holds, lets the doors tell that it is gone, and runs {@code also}
   * in the same transaction.
   */
  void drop(AccountChange.Deleted gone, IdentityDatabase.Step also);
}
