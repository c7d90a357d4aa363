package tripod.server.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server in a process of its own, which the rigs may kill.
 *
 * <p>Started with this process's own Java, class path and flags; ended by its process id alone.
 */
final class ChildServer implements AutoCloseable {
  private static final String READY = "ready ";

  private final Process process;
  private final URI origin;
  private final long startedNanos;
  private final long readyNanos;

  private ChildServer(Process process, URI origin, long startedNanos, long readyNanos) {
    this.process = process;
    this.origin = origin;
    this.startedNanos = startedNanos;
    this.readyNanos = readyNanos;
  }

  /**
   * Starts a lab server and waits for its ready line.
   *
   * @param port 0 for a free one
   * @param more further options of {@code serve}
   */
  static ChildServer start(Path data, int port, String adminToken, List<String> more) {
    return start(ownJava(), Map.of(), data, port, adminToken, more);
  }

  private static List<String> ownJava() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String flag : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
      if (!flag.startsWith("-XX:AOTCacheOutput") && !flag.startsWith("-agentlib")) {
        command.add(flag);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), "tripod.server.Main"));
    return command;
  }

  /**
   * Starts a lab server through a program that takes the launcher's verbs.
   *
   * @param program the launcher, or a Java with class path and main class
   * @param environment added to this process's own
   */
  static ChildServer start(
      List<String> program,
      Map<String, String> environment,
      Path data,
      int port,
      String adminToken,
      List<String> more) {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of("serve", "--port", String.valueOf(port), "--data", data.toString()));
    command.addAll(more);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.environment().put("TRIPOD_ADMIN_TOKEN", adminToken);
    builder.environment().remove("TRIPOD_CONFIG");
    long started = System.nanoTime();
    try {
      Process process = builder.start();
      BufferedReader output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      StringBuilder said = new StringBuilder();
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(READY)) {
          long ready = System.nanoTime();
          Thread.ofVirtual().start(() -> drain(output));
          return new ChildServer(
              process, URI.create(line.substring(READY.length()).strip()), started, ready);
        }
        said.append(line).append('\n');
      }
      throw new IllegalStateException("the server did not start:\n" + said);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void drain(BufferedReader output) {
    try {
      while (output.readLine() != null) {
        // what the server says is not the rig's business
      }
    } catch (IOException ended) {
      return; // the process is gone, and its pipe with it
    }
  }

  URI origin() {
    return origin;
  }

  long pid() {
    return process.pid();
  }

  /** Returns how long the start took, in milliseconds. */
  long startMillis() {
    return TimeUnit.NANOSECONDS.toMillis(readyNanos - startedNanos);
  }

  /** Ends the process with SIGKILL and waits until it is gone. */
  void kill() {
    process.destroyForcibly();
    await();
  }

  /** Ends the process with SIGTERM and waits until it is gone. */
  @Override
  public void close() {
    process.destroy();
    await();
  }

  private void await() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        process.waitFor();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
