package tripod.podstore.blob;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.podstore.PodFailure;
import tripod.syntax.Cid;

/**
 * A folder of files named by their CID, {@code aa/bb/bafkrei…}, where the letters are the end of
 * the name.
 */
public final class BlobFolder {
  /** How long a removed file can still be brought back (SEC-92). */
  public static final Duration TRASH_TIME = Duration.ofDays(7);

  /** Bytes read at once. */
  private static final int CHUNK_BYTES = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(BlobFolder.class);

  private final Path blobs;
  private final Path incoming;
  private final Path trash;

  /** Opens a folder, making it when missing; what an earlier run left half-written goes. */
  public BlobFolder(Path folder) throws IOException {
    blobs = folder.resolve("blobs");
    incoming = folder.resolve("incoming");
    trash = folder.resolve("trash");
    for (Path each : new Path[] {blobs, incoming, trash}) {
      Files.createDirectories(each);
    }
    try (Stream<Path> left = Files.list(incoming)) {
      for (Path file : left.toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /**
   * A file that came in and has not found its place yet.
   *
   * @param start its first bytes
   */
  public record Received(Path file, Cid cid, long size, byte[] start) {}

  /**
   * Reads a stream to its end into a synced file.
   *
   * @throws PodFailure.TooLarge past {@code bytesMax}
   */
  public Received receive(InputStream content, long bytesMax, DiskRoom room) throws IOException {
    Path file = Files.createTempFile(incoming, "blob", "");
    boolean whole = false;
    try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
      MessageDigest digest = sha256();
      byte[] chunk = new byte[CHUNK_BYTES];
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
      out.force(true);
      whole = true;
      return new Received(file, Cid.ofRawDigest(digest.digest()), size, start);
    } finally {
      if (!whole) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Puts a received file into its place, durably; one that is already there stays. */
  public void keep(Received received) throws IOException {
    Path folder = folder(received.cid());
    Path place = folder.resolve(received.cid().toString());
    if (Files.exists(place) && Files.size(place) == received.size()) {
      Files.delete(received.file());
      return;
    }
    makeFolder(folder);
    Files.move(received.file(), place, StandardCopyOption.ATOMIC_MOVE);
    sync(folder);
  }

  /** Throws a received file away. */
  public void discard(Received received) {
    try {
      Files.deleteIfExists(received.file());
    } catch (IOException e) {
      LOG.warn("a received file stays until the next start", e);
    }
  }

  /** Makes both levels; a new folder is durable when the one above it is synced. */
  private void makeFolder(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      Files.createDirectories(folder);
      sync(folder.resolve(".."));
      sync(blobs);
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private Path folder(Cid cid) {
    String name = cid.toString();
    int end = name.length();
    // The first letters are the same in all names; the last ones spread.
    return blobs.resolve(name.substring(end - 4, end - 2)).resolve(name.substring(end - 2));
  }

  private Path place(Cid cid) {
    return folder(cid).resolve(cid.toString());
  }

  /** Opens a file. */
  public Optional<InputStream> open(Cid cid) {
    return open(cid, 0, Long.MAX_VALUE);
  }

  /** Opens a part of a file; what lies behind its end is not there. */
  public Optional<InputStream> open(Cid cid, long offset, long length) {
    try {
      FileChannel channel = FileChannel.open(place(cid), StandardOpenOption.READ);
      channel.position(offset);
      InputStream all = Channels.newInputStream(channel);
      return Optional.of(length == Long.MAX_VALUE ? all : new Part(all, length));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new PodFailure.Unavailable("a file could not be read", e);
    }
  }

  /** Moves a file out of reach; it is gone for good after {@link #TRASH_TIME}. */
  public void remove(Cid cid, Instant now) throws IOException {
    Path place = place(cid);
    Path out = trash.resolve(cid.toString());
    try {
      Files.move(place, out, StandardCopyOption.ATOMIC_MOVE);
      Files.setLastModifiedTime(out, FileTime.from(now));
    } catch (NoSuchFileException e) {
      LOG.debug("a file to be removed is not there", e);
    }
  }

  /** Empties the trash of what has been in it long enough. */
  public void emptyTrash(Instant now) throws IOException {
    Instant before = now.minus(TRASH_TIME);
    try (Stream<Path> files = Files.list(trash)) {
      for (Path file : files.toList()) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }

  /** The first bytes of a stream. */
  private static final class Part extends FilterInputStream {
    private long left;

    Part(InputStream all, long length) {
      super(all);
      left = length;
    }

    @Override
    public int read() throws IOException {
      if (left <= 0) {
        return -1;
      }
      int octet = super.read();
      left -= octet < 0 ? 0 : 1;
      return octet;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left <= 0) {
        return length == 0 ? 0 : -1;
      }
      int count = super.read(target, offset, (int) Math.min(length, left));
      left -= Math.max(count, 0);
      return count;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(super.available(), left);
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
