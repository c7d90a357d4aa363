package tripod.server.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
  @TempDir Path folder;

  private Config host(String more) throws IOException {
    Path file = folder.resolve("tripod.toml");
    Files.writeString(
        file,
        """
        [host]
        origin = "https://pods.coop.example"
        member-domains = ["coop.example"]
        """
            + more);
    return Config.of(new Settings(Map.of("config", file.toString()), Map.of()));
  }

  @Test
  void plc_ofARealHost_isThePublicDirectoryUnlessItSaysOtherwise() throws IOException {
    assertEquals(Optional.of(URI.create("https://plc.directory")), host("").plc());
    assertEquals(
        Optional.of(URI.create("https://plc.example")),
        host("[identity]\nplc = \"https://plc.example\"\n").plc());
    assertEquals(Optional.empty(), host("[identity]\nplc = \"embedded\"\n").plc());
  }

  @Test
  void plc_ofTheLab_isItsOwnUnlessAnotherIsNamed() {
    assertEquals(Optional.empty(), Config.of(new Settings(Map.of(), Map.of())).plc());
    assertEquals(
        Optional.of(URI.create("http://localhost:2582")),
        Config.of(new Settings(Map.of("identity.plc", "http://localhost:2582"), Map.of())).plc());
  }
}
