package tripod.server.cli;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that name a configuration or override a part of it, shared by all verbs. */
final class ServerOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "configuration file (TOML); without one the server is the lab")
  private @Nullable String config;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "where everything is kept (default ./data)")
  private @Nullable String data;

  @Option(
      names = "--store",
      paramLabel = "JDBC",
      description = "database address; default: the embedded engine in the data folder")
  private @Nullable String store;

  /** Returns the options given, by configuration key. */
  Map<String, String> given() {
    Map<String, String> given = new HashMap<>();
    put(given, "config", config);
    put(given, "host.data", data);
    put(given, "store.url", store);
    return given;
  }

  static void put(Map<String, String> given, String key, @Nullable String value) {
    if (value != null) {
      given.put(key, value);
    }
  }
}
