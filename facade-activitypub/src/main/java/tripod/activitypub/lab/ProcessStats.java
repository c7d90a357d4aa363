package tripod.activitypub.lab;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import tripod.activitypub.activity.ActivityJson;

/** Processor time and memory of this process, as the virtual machine counts them. */
final class ProcessStats {
  private ProcessStats() {}

  /**
   * Returns {@code {rss: bytes, cpu: {user, system} in microseconds}}; the memory is what the
   * machine has taken for heap and classes, since a door opens no files (SEC-01) to read the
   * system's figure.
   */
  static ObjectNode read() {
    ObjectNode stats = ActivityJson.object();
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    stats.put(
        "rss",
        memory.getHeapMemoryUsage().getCommitted() + memory.getNonHeapMemoryUsage().getCommitted());
    long cpuNanos =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getProcessCpuTime()
            : 0;
    stats.putObject("cpu").put("user", cpuNanos / 1000).put("system", 0);
    return stats;
  }
}
