package tripod.identity.key;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;

/** The host's master key, under which pods' wrapping keys are sealed (SEC-90). */
public final class MasterKey {
  /** Length of the key in bytes. */
  public static final int BYTES = 32;

  private static final String FILE_NAME = "master.key";
  private static final String OWNER_READS = "r--------";

  private final byte[] key;

  private MasterKey(byte[] key) {
    if (key.length != BYTES) {
      throw new IllegalArgumentException(
          "expected a master key of " + BYTES + " bytes, got " + key.length);
    }
    this.key = key.clone();
  }

  /** Takes the key from the configuration. */
  public static MasterKey of(byte[] key) {
    return new MasterKey(key);
  }

  /** Reads the key from the data folder, and makes it there at the first start. */
  public static MasterKey inFolder(Path folder, SecureRandom random) {
    Path file = folder.resolve(FILE_NAME);
    try {
      if (!Files.exists(file)) {
        make(file, random);
      }
      return new MasterKey(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the master key " + file, e);
    }
  }

  private static void make(Path file, SecureRandom random) throws IOException {
    byte[] key = new byte[BYTES];
    random.nextBytes(key);
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    Path draft = file.resolveSibling(FILE_NAME + ".new");
    Files.deleteIfExists(draft);
    if (posix) {
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(draft);
    }
    Files.write(draft, key, StandardOpenOption.SYNC);
    Arrays.fill(key, (byte) 0);
    if (posix) {
      Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString(OWNER_READS));
    }
    try {
      Files.createLink(file, draft);
    } catch (UnsupportedOperationException e) {
      Files.move(draft, file);
    } catch (FileAlreadyExistsException e) {
      // Another start was quicker; its key is the one.
    }
    Files.deleteIfExists(draft);
  }

  byte[] bytes() {
    return key;
  }

  @Override
  public String toString() {
    return "***";
  }
}
