package tripod.server.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A temporary folder of a rig's own. */
record Scratch(Path path) implements AutoCloseable {
  static Scratch make() {
    try {
      return new Scratch(Files.createTempDirectory("tripod-bench"));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Returns the bytes of all files, as long as they say they are. */
  long bytes() {
    return files().stream().filter(Files::isRegularFile).mapToLong(Scratch::size).sum();
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return 0; // a log that was folded into its file in between
    }
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.walk(path)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @Override
  public void close() {
    for (Path file : files()) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException kept) {
        file.toFile().deleteOnExit();
      }
    }
  }
}
