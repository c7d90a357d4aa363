package tripod.podstore.blob;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.syntax.Cid;

/**
 * Bytes that came in and have not found their place yet: a file in the incoming folder, removed on
 * {@link #close} unless it was moved away. Belongs to one thread.
 */
public final class Received implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Received.class);

  private final Path file;
  private final FileChannel channel;
  private final Cid cid;
  private final long size;
  private final byte[] start;
  private boolean moved;

  Received(Path file, FileChannel channel, Cid cid, long size, byte[] start) {
    this.file = file;
    this.channel = channel;
    this.cid = cid;
    this.size = size;
    this.start = start;
  }

  /** Returns the file, which is not synced. */
  public Path file() {
    return file;
  }

  /** Returns the name its bytes give it. */
  public Cid cid() {
    return cid;
  }

  /** Returns how many bytes there are. */
  public long size() {
    return size;
  }

  /** Returns the first bytes, at most {@link MagicBytes#BYTES}. */
  public byte[] start() {
    return start.clone();
  }

  /** Makes the bytes durable. */
  void sync() throws IOException {
    channel.force(true);
  }

  /** Notes that the file is somewhere else now. */
  void moved() {
    moved = true;
  }

  @Override
  public void close() {
    try {
      channel.close();
      if (!moved) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOG.warn("a received file stays until the next start", e);
    }
  }
}
