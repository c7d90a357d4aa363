package tripod.podstore;

/**
 * What a pod takes up, counted in the same transactions that change it.
 *
 * @param documentBytes bytes of its documents
 * @param blobBytes bytes of its blobs, those in the trash included
 * @param quotaBytes most bytes of both together
 */
public record Usage(long documentBytes, long blobBytes, long quotaBytes) {
  /** Returns all bytes taken. */
  public long bytes() {
    return documentBytes + blobBytes;
  }
}
