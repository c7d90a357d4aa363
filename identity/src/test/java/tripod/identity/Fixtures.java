package tripod.identity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Finds published test vectors, which live outside the source tree and may be absent. */
public final class Fixtures {
  private static final String NAME = "TRIPOD_FIXTURES";

  private Fixtures() {}

  /** Returns a folder of published vectors, or skips the test. */
  public static Path folder(String relative) {
    Optional<Path> found = root().map(root -> root.resolve(relative)).filter(Files::exists);
    Assumptions.assumeTrue(found.isPresent(), () -> "no fixture " + relative);
    return found.get();
  }

  /** Reads a file of JSON. */
  public static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lists the files of a folder of published vectors. */
  public static Stream<Path> files(String relative) {
    try {
      return Files.list(folder(relative)).sorted();
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
