package tripod.podstore.blob;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import tripod.podstore.PodFailure;
import tripod.syntax.Cid;

/**
 * Takes streams in: each is read once, through SHA-256, into a file of the incoming folder. No more
 * than a chunk of it is ever in memory.
 */
public final class Incoming {
  /** Bytes read at once. */
  private static final int CHUNK_BYTES = 128 * 1024;

  /** Chunks kept for the next stream. */
  private static final int CHUNKS_KEPT = 32;

  private final Path folder;
  private final DiskRoom room;
  private final AtomicLong names = new AtomicLong();
  private final ConcurrentLinkedQueue<byte[]> chunks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger kept = new AtomicInteger();

  /**
   * Opens the folder, making it when missing; what an earlier run left half-written goes.
   *
   * @param data the data folder, in which it is
   */
  public Incoming(Path data, DiskRoom room) throws IOException {
    this.folder = data.resolve("incoming");
    this.room = room;
    Files.createDirectories(folder);
    try (Stream<Path> left = Files.list(folder)) {
      for (Path file : left.toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @throws PodFailure.TooLarge past {@code bytesMax}
   * @throws PodFailure.Full when the disk has no room left but for its reserve (SEC-91)
   */
  public Received receive(InputStream content, long bytesMax) throws IOException {
    Path file = folder.resolve(Long.toString(names.incrementAndGet()));
    FileChannel out =
        FileChannel.open(
            file, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    byte[] chunk = takeChunk();
    boolean whole = false;
    try {
      Received received = read(content, bytesMax, file, out, chunk);
      whole = true;
      return received;
    } finally {
      giveBack(chunk);
      if (!whole) {
        out.close();
        Files.deleteIfExists(file);
      }
    }
  }

  /** Begins a spool, which takes room from what files may have. */
  public FileSpool spool() throws IOException {
    return FileSpool.in(folder, room);
  }

  private Received read(
      InputStream content, long bytesMax, Path file, FileChannel out, byte[] chunk)
      throws IOException {
    MessageDigest digest = sha256();
    byte[] start = new byte[0];
    long size = 0;
    for (int n = content.readNBytes(chunk, 0, chunk.length);
        n > 0;
        n = content.readNBytes(chunk, 0, chunk.length)) {
      size += n;
      if (size > bytesMax) {
        throw new PodFailure.TooLarge("a file of more than " + bytesMax + " bytes");
      }
      room.require(n);
      if (start.length == 0) {
        start = Arrays.copyOf(chunk, Math.min(n, MagicBytes.BYTES));
      }
      digest.update(chunk, 0, n);
      for (ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, n); buffer.hasRemaining(); ) {
        out.write(buffer);
      }
    }
    return new Received(file, out, Cid.ofRawDigest(digest.digest()), size, start);
  }

  private byte[] takeChunk() {
    byte[] chunk = chunks.poll();
    if (chunk == null) {
      return new byte[CHUNK_BYTES];
    }
    kept.decrementAndGet();
    return chunk;
  }

  private void giveBack(byte[] chunk) {
    if (kept.get() < CHUNKS_KEPT) {
      kept.incrementAndGet();
      chunks.add(chunk);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }
}
