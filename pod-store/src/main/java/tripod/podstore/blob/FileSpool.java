package tripod.podstore.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import tripod.podstore.Spool;

/** A spool in one file, which no other has the name of. */
public final class FileSpool implements Spool {
  private static final int BUFFER_BYTES = 256 * 1024;

  private final FileChannel channel;
  private final DiskRoom room;
  private final ByteBuffer pending = ByteBuffer.allocate(BUFFER_BYTES);
  private long written;

  private FileSpool(FileChannel channel, DiskRoom room) {
    this.channel = channel;
    this.room = room;
  }

  /**
   * Begins an empty one.
   *
   * @param room asked before anything is put on the disk
   */
  static FileSpool in(Path folder, DiskRoom room) throws IOException {
    Path file = Files.createTempFile(folder, "spool", "");
    return new FileSpool(
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE),
        room);
  }

  @Override
  public long append(byte[] bytes) {
    long offset = written + pending.position();
    int done = 0;
    while (done < bytes.length) {
      int part = Math.min(pending.remaining(), bytes.length - done);
      pending.put(bytes, done, part);
      done += part;
      if (!pending.hasRemaining()) {
        flush();
      }
    }
    return offset;
  }

  private void flush() {
    try {
      room.require(pending.position());
      pending.flip();
      while (pending.hasRemaining()) {
        written += channel.write(pending, written);
      }
      pending.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public byte[] read(long offset, int length) {
    byte[] bytes = new byte[length];
    int fromFile = Math.clamp(written - offset, 0, length);
    try {
      ByteBuffer into = ByteBuffer.wrap(bytes, 0, fromFile);
      while (into.hasRemaining()) {
        if (channel.read(into, offset + into.position()) < 0) {
          throw outside(offset, length);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (fromFile < length) {
      int from = (int) (offset + fromFile - written);
      if (from < 0 || from + length - fromFile > pending.position()) {
        throw outside(offset, length);
      }
      pending.get(from, bytes, fromFile, length - fromFile);
    }
    return bytes;
  }

  private static IllegalArgumentException outside(long offset, int length) {
    return new IllegalArgumentException("nothing of " + length + " bytes at " + offset);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
