package tripod.activitypub.lab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import tripod.activitypub.activity.ActivityJson;

/** Processor time and memory of this process. */
final class ProcessStats {
  private static final long PAGE_BYTES = 4096;
  private static final Path MEMORY = Path.of("/proc/self/statm");

  private ProcessStats() {}

  /** Returns {@code {rss: bytes, cpu: {user, system} in microseconds}}. */
  static ObjectNode read() {
    ObjectNode stats = ActivityJson.object();
    stats.put("rss", residentBytes());
    long cpuNanos =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getProcessCpuTime()
            : 0;
    stats.putObject("cpu").put("user", cpuNanos / 1000).put("system", 0);
    return stats;
  }

  private static long residentBytes() {
    try {
      return Long.parseLong(Files.readString(MEMORY).split(" ", -1)[1]) * PAGE_BYTES;
    } catch (IOException e) {
      return 0; // not on Linux: a check that needs the figure is skipped
    }
  }
}
