package tripod.server.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server that runs: started from settings, stopped by {@link #close}. */
public final class Running implements AutoCloseable {
  private final Wiring wiring;
  private final Config config;

  private Running(Wiring wiring, Config config) {
    this.wiring = wiring;
    this.config = config;
  }

  /**
   * Starts a server.
   *
   * @param options by configuration key, before everything else
   * @param environment variables {@code TRIPOD_…}
   * @throws IllegalArgumentException in plain words, when the configuration cannot be used
   * @throws IllegalStateException in plain words, when the server cannot start
   */
  public static Running start(Map<String, String> options, Map<String, String> environment) {
    Config config = Config.of(new Settings(options, environment));
    if (config.port() == 0 || config.adminPort() == 0) {
      config =
          config.listeningOn(
              config.port() == 0 ? freePort() : config.port(),
              config.adminPort() == 0 ? freePort() : config.adminPort());
    }
    return new Running(Wiring.start(config), config);
  }

  /**
   * Starts a server for the time of one verb. What it makes is called as the server that comes
   * after it will be called: in the lab that is by its port, so it takes that one if it is free.
   *
   * @param options by configuration key, before everything else
   * @param environment variables {@code TRIPOD_…}
   */
  public static Running forAVerb(Map<String, String> options, Map<String, String> environment) {
    Config config = Config.of(new Settings(options, environment));
    if (!config.lab() || !isFree(config.port())) {
      config = config.aside(freePort(), freePort());
    }
    return new Running(Wiring.start(config), config);
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return port > 0 && socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException none) {
      throw new UncheckedIOException("no free port", none);
    }
  }

  /** Returns the data folder that settings name. */
  public static Path dataFolder(Map<String, String> options, Map<String, String> environment) {
    return Config.of(new Settings(options, environment)).data();
  }

  /** Returns the effective configuration, a line a value, with where each came from. */
  public static List<String> effective(
      Map<String, String> options, Map<String, String> environment) {
    Settings settings = new Settings(new HashMap<>(options), environment);
    Config.of(settings);
    List<String> lines = new ArrayList<>();
    lines.add(
        settings
            .filePath()
            .map(path -> "configuration file " + path)
            .orElse("no configuration file: this is the lab"));
    settings.shown().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            entry ->
                lines.add(
                    "%-24s %-40s (%s)"
                        .formatted(
                            entry.getKey(), entry.getValue().value(), entry.getValue().origin())));
    return lines;
  }

  /** Returns the service's origin. */
  public URI origin() {
    return config.origin();
  }

  /** Returns the port that the proxy, or in the lab everybody, reaches. */
  int port() {
    return config.port();
  }

  /** Returns what to print before the ready line: the console's address with the set-up code. */
  public List<String> greeting() {
    return wiring.greeting();
  }

  /** Returns where the admin interface is. */
  public AdminNote adminNote() {
    return wiring.adminNote();
  }

  /** Stops doors and workers, then the store; returns when all is on disk. */
  @Override
  public void close() {
    wiring.close();
  }
}
