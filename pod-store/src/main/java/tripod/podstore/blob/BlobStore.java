package tripod.podstore.blob;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tripod.syntax.Cid;
import tripod.syntax.PodId;

/**
 * Where the bytes of blobs are: a folder or a bucket.
 *
 * <p>It knows bytes and names; which of them are used, or in the trash, rows elsewhere say. Safe
 * between threads. Every method may be run again after it failed or its process was killed, and
 * throws {@link IOException} when the folder or the bucket fails.
 */
public interface BlobStore extends AutoCloseable {
  /** Most blobs that one listing returns. */
  int LIST_MAX = 1000;

  /**
   * Puts received bytes into their place, whole and durable on return; what was there under that
   * name gives way.
   */
  void keep(PodId pod, Received received) throws IOException;

  /**
   * Opens a part of a blob; what lies behind its end is not there.
   *
   * @param offset of the first byte
   * @param length most bytes to read; {@link Long#MAX_VALUE} reads to the end
   * @return the bytes, for the caller to close; empty when nothing is kept under that name
   */
  Optional<InputStream> open(PodId pod, Cid blob, long offset, long length) throws IOException;

  /** Removes a blob's bytes; what is not there stays so. */
  void remove(PodId pod, Cid blob) throws IOException;

  /** Removes everything that is kept for a pod. */
  void removeAll(PodId pod) throws IOException;

  /**
   * Returns what is kept for a pod, in the order of the names.
   *
   * @param after the blob to begin behind, exclusive; empty for the first
   * @param limit at most {@value #LIST_MAX}
   */
  List<Kept> list(PodId pod, Optional<Cid> after, int limit) throws IOException;

  /** Lets go of connections and threads. */
  @Override
  void close();

  /**
   * A blob in its place.
   *
   * @param size in bytes
   * @param since when it came there
   */
  record Kept(Cid cid, long size, Instant since) {}
}
