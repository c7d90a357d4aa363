package tripod.podstore.sql;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import tripod.podstore.PodFailure;

/**
 * Keeps a second process away from a data folder: what is in memory here must be the only truth.
 */
final class DataLock implements AutoCloseable {
  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  static DataLock take(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("store.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return new DataLock(channel);
      }
    } catch (OverlappingFileLockException e) {
      // The same process holds it: the answer is the same.
      channel.close();
      throw inUse(folder);
    }
    channel.close();
    throw inUse(folder);
  }

  private static PodFailure inUse(Path folder) {
    return new PodFailure.Unavailable(
        "another process has the data folder " + folder + " open; stop it, or name another folder",
        new IllegalStateException("locked"));
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      Failures.LOG.debug("closing the lock file", e);
    }
  }
}
