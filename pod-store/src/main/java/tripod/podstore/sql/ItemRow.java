package tripod.podstore.sql;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.Resource;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.Tid;

/**
 * The row of one graph or file.
 *
 * @param kind {@link #CONTAINER}, {@link #DOCUMENT} or {@link #FILE}
 * @param digest SHA-256 of a block or a file
 * @param size of a file in bytes, else 0
 * @param blobs digests of the blobs it names, {@value #DIGEST_BYTES} bytes each
 * @param content the bytes of a document
 */
record ItemRow(
    int kind,
    MediaType media,
    long rev,
    long created,
    long modified,
    byte @Nullable [] digest,
    long size,
    byte @Nullable [] blobs,
    byte @Nullable [] content) {
  static final int CONTAINER = 0;
  static final int DOCUMENT = 1;
  static final int FILE = 2;
  static final int DIGEST_BYTES = 32;

  static ItemRow of(Content content, Collection<Cid> blobs, long rev, long created, long modified) {
    byte[] names = blobs.isEmpty() ? null : digests(blobs);
    return switch (content) {
      case Content.Container c ->
          new ItemRow(CONTAINER, c.mediaType(), rev, created, modified, null, 0, names, null);
      case Content.Document d -> {
        byte[] digest =
            d.mediaType().is(MediaType.DAG_CBOR) ? Cid.ofDagCbor(d.bytes()).digest() : null;
        yield new ItemRow(
            DOCUMENT, d.mediaType(), rev, created, modified, digest, 0, names, d.bytes());
      }
      case Content.File f ->
          new ItemRow(
              FILE,
              f.mediaType(),
              rev,
              created,
              modified,
              f.blob().digest(),
              f.size(),
              names,
              null);
    };
  }

  private static byte[] digests(Collection<Cid> blobs) {
    byte[] all = new byte[blobs.size() * DIGEST_BYTES];
    int at = 0;
    for (Cid blob : blobs) {
      System.arraycopy(blob.digest(), 0, all, at, DIGEST_BYTES);
      at += DIGEST_BYTES;
    }
    return all;
  }

  /** Returns how many bytes of a document it holds. */
  long contentBytes() {
    return content == null ? 0 : content.length;
  }

  /** Returns the digests of the blobs it names. */
  List<byte[]> blobDigests() {
    if (blobs == null) {
      return List.of();
    }
    var all = new ArrayList<byte[]>();
    for (int at = 0; at < blobs.length; at += DIGEST_BYTES) {
      all.add(Arrays.copyOfRange(blobs, at, at + DIGEST_BYTES));
    }
    return all;
  }

  /** Returns what the row says, as others see it. */
  Resource resource(PodPath path, Aspect aspect) {
    return resource(path, aspect, rev, modified);
  }

  /** The same, for a container whose members changed later than its row. */
  Resource resource(PodPath path, Aspect aspect, long lastRev, long lastModified) {
    return new Resource(
        path,
        aspect,
        contentOf(),
        Tid.ofLong(lastRev),
        Instant.ofEpochMilli(created),
        Instant.ofEpochMilli(lastModified),
        cid());
  }

  private Content contentOf() {
    return switch (kind) {
      case CONTAINER -> new Content.Container();
      case FILE -> new Content.File(media, cid().orElseThrow(), size);
      default -> new Content.Document(media, content == null ? new byte[0] : content);
    };
  }

  private Optional<Cid> cid() {
    if (digest == null) {
      return Optional.empty();
    }
    return Optional.of(kind == FILE ? Cid.ofRawDigest(digest) : Cid.ofDagCborDigest(digest));
  }
}
