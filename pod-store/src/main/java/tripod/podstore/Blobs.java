package tripod.podstore;

import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;

/**
 * Content-addressed files, each owned by the pods that stored it.
 *
 * <p>A blob is named by the CID of its bytes (raw codec). Storing publishes nothing: a door serves
 * a blob only while a resource that the asker may read names it (mapping note VIS-6). References
 * are rows of the resources that name it; a blob without one is removed after a grace time
 * (SEC-92).
 */
public interface Blobs {
  /**
   * Reads a stream to its end, once, and keeps it for a pod; durable on return.
   *
   * @param declared the type the sender named; recognised bytes win over it
   * @param bytesMax most bytes taken
   * @throws PodFailure.TooLarge past {@code bytesMax}
   * @throws PodFailure.Full when the disk or the quota has no room
   */
  Blob put(PodId pod, InputStream content, MediaType declared, long bytesMax);

  /** Opens the bytes of a blob, wherever it is kept. */
  Optional<InputStream> open(Cid blob);

  /** Opens a part of a blob. */
  Optional<InputStream> open(Cid blob, long offset, long length);

  /** Removes what no resource has named since {@code before}; returns how many blobs went. */
  long sweep(Instant before);

  /** What is known of a stored blob. */
  record Blob(Cid cid, MediaType mediaType, long size, Instant stored, boolean used) {}
}
