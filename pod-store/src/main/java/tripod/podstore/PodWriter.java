package tripod.podstore;

import java.time.Instant;
import java.util.Collection;
import tripod.syntax.Cid;
import tripod.syntax.Tid;

/**
 * One write on a pod; sees its own changes and all pending ones of the pod.
 *
 * <p>Not safe between threads; ends with the lambda it was given to.
 */
public interface PodWriter extends PodReader {
  /** Returns the revision this write will have if it commits: a TID above all before it. */
  Tid rev();

  /** Returns the time of this write. */
  Instant now();

  /**
   * Puts a resource, making the containers above it that are missing.
   *
   * @param blobs every blob the content names; each must have been stored for this pod, unless the
   *     caller imports
   * @throws PodFailure.Conflict if the path with or without a trailing slash is taken by the other
   *     kind
   * @throws PodFailure.Invalid if the path and the content do not fit, or a blob was not stored
   * @throws PodFailure.TooLarge past a limit of {@link PodLimits}
   * @throws PodFailure.OverQuota when the pod would grow past its quota
   * @throws PodFailure.Full when the disk has no room left but for its reserve (SEC-91)
   */
  void put(PodPath path, Content content, Collection<Cid> blobs);

  /** Puts a resource that names no blob. */
  default void put(PodPath path, Content content) {
    put(path, content, java.util.List.of());
  }

  /** Puts an auxiliary graph of a resource that exists. */
  void putAspect(PodPath path, Aspect aspect, Content.Document content);

  /**
   * Removes a resource with its auxiliary graphs.
   *
   * @return whether it was there
   * @throws PodFailure.Conflict for a container that has members, and for the root
   */
  boolean delete(PodPath path);

  /** Removes an auxiliary graph and says whether it was there; the root's access list stays. */
  boolean deleteAspect(PodPath path, Aspect aspect);

  /** Returns a partition of this pod, to read and write. */
  @Override
  WritablePartition partition(String name);

  /**
   * Adds rows of another room to this commit's transaction.
   *
   * <p>Runs when the group is written; what it throws undoes this commit.
   */
  void also(PodStore.JdbcWork work);

  /**
   * Appends an entry to a stream of the journal, numbered when the commit is.
   *
   * @param stream the stream's name, for example {@code atproto.firehose}
   * @param payload ready-made bytes; given up by the caller
   * @param numberAt offset at which the store writes the entry's number as eight bytes, big-endian,
   *     or -1
   */
  void emit(String stream, byte[] payload, int numberAt);

  /** Removes what earlier writes of this pod put into a stream of the journal. */
  void forgetStream(String stream);

  /**
   * Marks this write as an import: nothing of it is news, projections publish no deliveries and
   * notices (mapping note VIS-7), and the limit on changes does not hold.
   */
  void markImport();
}
