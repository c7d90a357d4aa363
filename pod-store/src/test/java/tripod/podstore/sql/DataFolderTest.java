package tripod.podstore.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class DataFolderTest {
  @TempDir Path home;

  private static String rights(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }

  @Test
  void newFolder_isOpenToItsOwnerAlone() throws IOException {
    assertEquals("rwx------", rights(DataFolder.make(home.resolve("a/data"))));
  }

  @Test
  void folderThatIsThere_keepsItsRights() throws IOException {
    Path folder = Files.createDirectory(home.resolve("data"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-x---"));
    assertEquals("rwxr-x---", rights(DataFolder.make(folder)));
  }
}
