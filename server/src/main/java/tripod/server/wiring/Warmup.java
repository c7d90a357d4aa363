package tripod.server.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tripod.server.bench.Exercise;

/**
 * Starts a server on a throw-away data folder, uses its most frequent paths, and starts it once
 * more: what the JVM's ahead-of-time cache learns from.
 */
public final class Warmup {
  private Warmup() {}

  /** Runs the exercise. */
  public static void run(Map<String, String> environment) {
    try {
      Path data = Files.createTempDirectory("tripod-warmup");
      try {
        Map<String, String> options = new HashMap<>();
        options.put("host.port", "0");
        options.put("host.data", data.toString());
        Map<String, String> quiet = new HashMap<>(environment);
        quiet.remove("TRIPOD_CONFIG");
        try (Exercise exercise = new Exercise()) {
          try (Running running = Running.start(options, quiet)) {
            exercise.run(running.origin(), running.adminNote().token());
            options.put("host.port", String.valueOf(running.origin().getPort()));
          }
          try (Running _ = Running.start(options, quiet)) {
            exercise.again();
          }
        }
      } finally {
        remove(data);
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
