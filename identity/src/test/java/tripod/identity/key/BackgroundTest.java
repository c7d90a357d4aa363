package tripod.identity.key;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class BackgroundTest {
  private static final int NICE_BEHIND_NAME = 16;

  @Test
  @EnabledOnOs(OS.LINUX)
  void giveWay_changesTheCallingThreadAlone() {
    int before = niceness();
    CompletableFuture<Integer> after = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(
            () ->
                after.completeAsync(
                    () -> {
                      assertTrue(Background.giveWay());
                      return niceness();
                    },
                    Runnable::run));
    assertEquals(19, after.join());
    assertEquals(before, niceness());
  }

  /** The fields behind the name, which is in brackets and may hold spaces: state is the first. */
  private static int niceness() {
    try {
      String stat = Files.readString(Path.of("/proc/thread-self/stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return Integer.parseInt(fields[NICE_BEHIND_NAME]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
