package tripod.server.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * Where the running server of a data folder can be reached by the verbs, noted in that folder for
 * its owner alone.
 *
 * @param address origin of the admin listener
 * @param token admin token
 */
public record AdminNote(String address, String token) {
  private static final String FILE = "admin";

  /** Reads the note, if a server left one. */
  public static Optional<AdminNote> read(Path data) {
    try {
      List<String> lines = Files.readAllLines(data.resolve(FILE));
      return lines.size() < 2
          ? Optional.empty()
          : Optional.of(new AdminNote(lines.get(0), lines.get(1)));
    } catch (NoSuchFileException none) {
      return Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  void write(Path data) {
    try {
      Path file = data.resolve(FILE);
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, address + "\n" + token + "\n");
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  static void remove(Path data) {
    try {
      Files.deleteIfExists(data.resolve(FILE));
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }
}
