package tripod.podstore;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
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

  /** Returns the time of this write, in whole milliseconds. */
  Instant now();

  /**
   * Puts a resource, making the containers above it that are missing. A container that is there
   * stays as it is.
   *
   * @param blobs every blob the content names; each must have been stored for this pod, unless the
   *     caller imports
   * @throws PodFailure.Conflict if the path with or without a trailing slash is taken by the other
   *     kind
   * @throws PodFailure.Invalid if the path and the content do not fit, or a blob was not stored
   * @throws PodFailure.TooLarge past a limit of {@link PodLimits}
   * @throws PodFailure.OverQuota when the pod would grow past its quota
   * @throws PodFailure.Full when the disk has no room left but for its reserve (SEC-91)
   * @throws IllegalStateException in a projection, which changes no resources
   */
  void put(PodPath path, Content content, Collection<Cid> blobs);

  /** Puts a resource that names no blob. */
  default void put(PodPath path, Content content) {
    put(path, content, List.of());
  }

  /**
   * Puts an auxiliary graph of a resource that exists.
   *
   * @throws PodFailure.NotFound if there is no resource at the path
   * @throws PodFailure.Invalid if an access control list does not read as one
   * @throws PodFailure.Refused if by an access control list nobody would be left who controls the
   *     pod
   * @throws PodFailure.TooLarge past {@link PodLimits#ACL_BYTES_MAX} for an access control list,
   *     past {@link PodLimits#DOCUMENT_BYTES_MAX} for any other
   * @throws PodFailure.OverQuota when the pod would grow past its quota
   * @throws PodFailure.Full when the disk has no room left but for its reserve (SEC-91)
   * @throws IllegalArgumentException for {@link Aspect#SELF}
   */
  void putAspect(PodPath path, Aspect aspect, Content.Document content);

  /**
   * Removes a resource with its auxiliary graphs.
   *
   * @return whether it was there
   * @throws PodFailure.Conflict for a container that has members, and for the root
   */
  boolean delete(PodPath path);

  /**
   * Removes an auxiliary graph.
   *
   * @return whether it was there
   * @throws PodFailure.Refused for the root's access control list
   * @throws IllegalArgumentException for {@link Aspect#SELF}
   */
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
   *     or -1 for none
   * @throws IllegalArgumentException when there are not eight bytes left at that offset
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
