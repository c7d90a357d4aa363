package tripod.server.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the system says of a process: its CPU time, its memory, what it wrote. Linux only. */
record ProcessFigures(long pid) {
  private static final double MIB_PER_KIB = 1.0 / 1024;

  static ProcessFigures ofThis() {
    return new ProcessFigures(ProcessHandle.current().pid());
  }

  /** Returns CPU time used so far, in milliseconds. */
  double cpuMillis() {
    return ProcessHandle.of(pid)
            .flatMap(process -> process.info().totalCpuDuration())
            .orElse(Duration.ZERO)
            .toNanos()
        / 1e6;
  }

  /** Returns memory that is resident, in MiB. */
  double residentMib() {
    return line("status", "VmRSS:") * MIB_PER_KIB;
  }

  /** Returns bytes the process had the kernel write to disks so far. */
  long writtenBytes() {
    return line("io", "write_bytes:");
  }

  private long line(String file, String key) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc", String.valueOf(pid), file))) {
        if (line.startsWith(key)) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
      throw new IllegalStateException("no " + key + " in /proc/" + pid + "/" + file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
