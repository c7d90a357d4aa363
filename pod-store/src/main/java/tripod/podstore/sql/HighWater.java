package tripod.podstore.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * The ceiling of the journal's numbers in a small file beside the database, so that a database that
 * was brought back from an older copy does not give numbers twice (SEC-84).
 */
final class HighWater {
  private static final String NAME = "numbers.high";

  private final Path file;

  private HighWater(Path file) {
    this.file = file;
  }

  static HighWater in(Path folder) {
    return new HighWater(folder.resolve(NAME));
  }

  /** Returns the number from which on none was given; 0 when the file is missing or not ours. */
  long read() {
    try {
      return Files.exists(file) ? Long.parseLong(Files.readString(file).strip()) : 0;
    } catch (NumberFormatException e) {
      Failures.LOG.warn("{} holds no number and is written anew", NAME, e);
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes the ceiling; on the disk on return, the old one or the new one at any moment. */
  void write(long ceiling) {
    Path next = file.resolveSibling(NAME + ".new");
    byte[] text = (ceiling + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      try (FileChannel out =
          FileChannel.open(
              next,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        out.write(java.nio.ByteBuffer.wrap(text));
        out.force(true);
      }
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
        folder.force(true);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
