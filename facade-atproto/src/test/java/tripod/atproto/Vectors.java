package tripod.atproto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds published test vectors, which live outside the source tree: in the directory that {@code
 * TRIPOD_FIXTURES} names, else in {@code shared/fixtures} of the nearest parent that has one. A
 * test whose vectors are absent is skipped.
 */
public final class Vectors {
  private static final String NAME = "TRIPOD_FIXTURES";

  private Vectors() {}

  /** Returns a file or folder. */
  public static Path path(String relative) {
    Optional<Path> found = root().map(root -> root.resolve(relative)).filter(Files::exists);
    Assumptions.assumeTrue(found.isPresent(), () -> "no fixture " + relative);
    return found.get();
  }

  /** Returns the bytes of a file. */
  public static byte[] bytes(String relative) {
    return bytes(path(relative));
  }

  /** Returns the bytes of a file. */
  public static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a file as JSON. */
  public static JsonNode json(String relative) {
    return json(path(relative));
  }

  /** Returns a file as JSON. */
  public static JsonNode json(Path file) {
    try {
      return new JsonMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> root() {
    String named = System.getProperty(NAME, System.getenv(NAME));
    if (named != null && !named.isBlank()) {
      return Optional.of(Path.of(named));
    }
    return Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
        .map(parent -> parent.resolve("shared/fixtures"))
        .filter(Files::isDirectory)
        .findFirst();
  }
}
