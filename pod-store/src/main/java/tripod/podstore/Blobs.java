package tripod.podstore;

import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;

/**
 * Content-addressed files, each owned by the pod that stored it; two pods with the same file keep
 * it twice, so that nobody learns what others have.
 *
 * <p>A blob is named by the CID of its bytes (raw codec). Storing publishes nothing: a door serves
 * a blob only while a resource that the asker may read names it (mapping note VIS-6). References
 * are rows of the resources that name it. A blob without one is kept for {@link #GRACE}, is in the
 * trash for {@link #TRASH}, and then gone (SEC-92). What is in the trash is as if it were not
 * there, but storing the same bytes again, or an import that names it, brings it back.
 */
public interface Blobs {
  /** How long a blob is kept that nothing names. */
  Duration GRACE = Duration.ofHours(24);

  /** How long it is in the trash after that. */
  Duration TRASH = Duration.ofDays(7);

  /**
   * Reads a stream to its end, once, and keeps it for a pod; durable on return.
   *
   * @param declared the type the sender named; recognised bytes win over it
   * @param bytesMax most bytes taken
   * @throws PodFailure.TooLarge past {@code bytesMax}
   * @throws PodFailure.NotFound if there is no such pod
   * @throws PodFailure.Full when the disk has no room
   * @throws PodFailure.OverQuota when the pod has no room
   * @throws PodFailure.Stalled when what keeps the bytes does not answer in time
   * @throws PodFailure.Unavailable when the stream or what keeps the bytes fails
   */
  Blob put(PodId pod, InputStream content, MediaType declared, long bytesMax);

  /** Opens the bytes of a blob of a pod; what the pod's view does not show is not there. */
  default Optional<InputStream> open(PodId pod, Cid blob) {
    return open(pod, blob, 0, Long.MAX_VALUE);
  }

  /**
   * Opens a part of a blob; what lies behind its end is not there.
   *
   * @param offset of the first byte
   * @param length how many bytes at the most
   * @return the bytes, for the caller to close; empty when there is no such blob
   * @throws PodFailure.Stalled when what keeps the bytes does not answer in time
   * @throws PodFailure.Unavailable when it fails
   */
  Optional<InputStream> open(PodId pod, Cid blob, long offset, long length);

  /**
   * Moves what was unused for {@link #GRACE} into the trash and removes what was in it for {@link
   * #TRASH}; at most so much at once as {@link Collected#isMore} says. May be stopped at any point
   * and run again. Never touches a blob that a resource names.
   */
  Collected collect();

  /**
   * What is known of a stored blob.
   *
   * @param mediaType what its bytes are recognised as, or what its sender said
   * @param size in bytes
   * @param stored when it was stored first
   * @param used whether a resource of the pod names it
   */
  record Blob(Cid cid, MediaType mediaType, long size, Instant stored, boolean used) {}

  /**
   * What one round of collecting did.
   *
   * @param trashed blobs that went into the trash
   * @param removed blobs that are gone
   * @param removedBytes how many bytes those had
   * @param failed blobs whose bytes could not be removed; the next round tries again
   * @param isMore whether the round ended at its limit
   */
  record Collected(long trashed, long removed, long removedBytes, long failed, boolean isMore) {}
}
