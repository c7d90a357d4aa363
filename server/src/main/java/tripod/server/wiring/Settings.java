package tripod.server.wiring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseResult;

/**
 * The effective configuration as text, with where each value came from: option, environment, file
 * or default, the first that has it.
 *
 * <p>Every key of the TOML file is also an environment variable: {@code TRIPOD_} and the path in
 * capitals; with {@code _FILE} behind it the variable names a file that holds a secret.
 */
final class Settings {
  private final Map<String, String> options;
  private final Map<String, String> environment;
  private final Optional<TomlParseResult> file;
  private final Optional<Path> filePath;
  private final Map<String, Shown> shown = new TreeMap<>();

  /**
   * Reads the configuration.
   *
   * @param options from the command line, by key path such as {@code host.port}
   * @throws IllegalArgumentException if the file cannot be read as TOML, saying line and reason
   */
  Settings(Map<String, String> options, Map<String, String> environment) {
    this.options = Map.copyOf(options);
    this.environment = Map.copyOf(environment);
    this.filePath = locate(options, environment);
    this.file = filePath.map(Settings::parse);
  }

  private static Optional<Path> locate(Map<String, String> options, Map<String, String> env) {
    String named = options.getOrDefault("config", env.get("TRIPOD_CONFIG"));
    if (named != null) {
      if (!Files.isReadable(Path.of(named))) {
        throw new IllegalArgumentException("the configuration file " + named + " cannot be read");
      }
      return Optional.of(Path.of(named));
    }
    Path usual = Path.of("/etc/tripod/tripod.toml");
    return Files.isReadable(usual) ? Optional.of(usual) : Optional.empty();
  }

  private static TomlParseResult parse(Path path) {
    try {
      TomlParseResult result = Toml.parse(path);
      if (result.hasErrors()) {
        throw new IllegalArgumentException(path + ": " + result.errors().getFirst());
      }
      return result;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** Says whether no configuration file was found: then the server is the lab. */
  boolean isLab() {
    return file.isEmpty();
  }

  /** Returns the configuration file, if there is one. */
  Optional<Path> filePath() {
    return filePath;
  }

  /** Returns a value and notes where it came from. */
  Optional<String> text(String key) {
    return lookUp(key, false);
  }

  /** Returns a secret value; it is never shown. */
  Optional<String> secret(String key) {
    return lookUp(key, true);
  }

  /** Returns a value or its default. */
  String text(String key, String fallback) {
    return text(key)
        .orElseGet(
            () -> {
              shown.put(key, new Shown(fallback, "default"));
              return fallback;
            });
  }

  /** Returns a list of values: an array in the file, commas elsewhere. */
  List<String> list(String key) {
    Optional<String> flat = text(key);
    List<String> values = new ArrayList<>();
    for (String part : flat.orElse("").split(",", -1)) {
      if (!part.isBlank()) {
        values.add(part.strip());
      }
    }
    return values;
  }

  /** Returns a switch: present as an option, or the word true. */
  boolean flag(String key) {
    return text(key).map(value -> value.isEmpty() || value.equals("true")).orElse(false);
  }

  /** Returns what was looked up, in key order: value and origin, secrets masked. */
  Map<String, Shown> shown() {
    return Map.copyOf(shown);
  }

  private Optional<String> lookUp(String key, boolean secret) {
    String option = options.get(key);
    if (option != null) {
      return note(key, option, "option", secret);
    }
    String variable = "TRIPOD_" + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    String value = environment.get(variable);
    if (value != null) {
      return note(key, value, "environment " + variable, secret);
    }
    String named = environment.get(variable + "_FILE");
    if (named != null) {
      try {
        return note(key, Files.readString(Path.of(named)).strip(), "file " + variable, secret);
      } catch (IOException unreadable) {
        throw new IllegalArgumentException(
            variable + "_FILE names a file that cannot be read: " + named, unreadable);
      }
    }
    if (file.isPresent() && file.get().contains(key)) {
      Object raw = file.get().get(key);
      String text =
          raw instanceof TomlArray array
              ? String.join(",", array.toList().stream().map(String::valueOf).toList())
              : String.valueOf(raw);
      return note(key, text, filePath.map(Path::toString).orElse("file"), secret);
    }
    return Optional.empty();
  }

  private Optional<String> note(String key, String value, String origin, boolean secret) {
    shown.put(key, new Shown(secret ? "***" : value, origin));
    return Optional.of(value);
  }

  /** A value as {@code config check} prints it. */
  record Shown(String value, String origin) {}
}
