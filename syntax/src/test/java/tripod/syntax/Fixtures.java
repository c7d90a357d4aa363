package tripod.syntax;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Finds test vectors: one case a line, {@code #} for remarks, blank lines for the eye.
 *
 * <p>Published vectors live outside the source tree and may be absent, which skips their tests. The
 * vectors of this module are resources and always there.
 */
public final class Fixtures {
  private static final String NAME = "TRIPOD_FIXTURES";

  private Fixtures() {}

  /**
   * Finds a published fixture in the directory that the system property or the environment variable
   * {@code TRIPOD_FIXTURES} names, else in {@code shared/fixtures} of the nearest parent directory
   * that has one.
   *
   * @param relative for example {@code atproto/syntax/did_syntax_valid.txt}
   * @return the file, if it exists
   */
  public static Optional<Path> find(String relative) {
    return root().map(root -> root.resolve(relative)).filter(Files::exists);
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

  /**
   * Reads the cases of a published vector file; spaces at the ends of lines belong to them. Aborts
   * the calling test, as skipped, when there is no such file; a test with several sources names
   * this one last, so that the cases before it have run by then.
   *
   * @param relative for example {@code atproto/syntax/did_syntax_valid.txt}
   * @return the lines that are neither blank nor remarks
   */
  public static Stream<String> lines(String relative) {
    Optional<Path> file = find(relative);
    Assumptions.assumeTrue(file.isPresent(), () -> "no fixture " + relative);
    try {
      return cases(Files.readString(file.get()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the cases of a vector file of this module.
   *
   * @param name for example {@code did_valid.txt}
   * @return the lines that are neither blank nor remarks
   */
  static Stream<String> own(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/vectors/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource /vectors/" + name);
      }
      return cases(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the cases of a vector file of this module that has columns, split by {@code " => "}.
   *
   * @param name for example {@code tid_values.txt}
   * @return the columns of each line
   */
  static Stream<String[]> columns(String name) {
    return own(name).map(line -> line.split(" => ", -1));
  }

  private static Stream<String> cases(String text) {
    return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#"));
  }
}
