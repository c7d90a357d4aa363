package tripod.server.translate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where the published vectors are: in the directory that {@code TRIPOD_FIXTURES} names, else in
 * {@code shared/fixtures} of the nearest parent directory that has one, else nowhere.
 */
public final class Fixtures {
  private Fixtures() {}

  /** Returns a folder of them, which need not be there. */
  public static Path folder(String name) {
    String named = System.getProperty("TRIPOD_FIXTURES", System.getenv("TRIPOD_FIXTURES"));
    Path root =
        named != null && !named.isBlank()
            ? Path.of(named)
            : Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
                .map(parent -> parent.resolve("shared/fixtures"))
                .filter(Files::isDirectory)
                .findFirst()
                .orElse(Path.of("none"));
    return root.resolve(name);
  }
}
