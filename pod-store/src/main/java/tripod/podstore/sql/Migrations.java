package tripod.podstore.sql;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tripod.podstore.PodFailure;

/**
 * Brings tables up to date, each room with a history table of its own.
 *
 * <p>Flyway does it; it is not even loaded when the last script has been applied, for it takes a
 * third of a second of a start.
 */
final class Migrations {
  private static final String IN_JAR = "jar:file:";
  private static final String JAR_END = "!/";

  private static final String CLASSPATH = "classpath:";
  private static final Pattern SCRIPT = Pattern.compile("(?:.*/)?V(\\d+)__[^/]*\\.sql");

  private Migrations() {}

  static void run(Dialect dialect, String room, String location) {
    OptionalInt last = lastScript(location);
    OptionalInt applied = applied(dialect, room);
    if (last.isPresent() && applied.isPresent()) {
      if (applied.getAsInt() > last.getAsInt()) {
        throw new PodFailure.Unavailable(
            "the tables of %s have format %d; this Tripod knows %d"
                .formatted(room, applied.getAsInt(), last.getAsInt()),
            new IllegalStateException("a newer format"));
      }
      if (applied.getAsInt() == last.getAsInt()) {
        return;
      }
    }
    dialect
        .migrations()
        .loggers("slf4j")
        .locations(location)
        .table("format_" + room)
        .placeholders(dialect.placeholders())
        // Each room has its own history, so to the second room the schema is not empty.
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
  }

  /** Returns the highest version among the scripts; empty when they cannot be listed. */
  private static OptionalInt lastScript(String location) {
    if (!location.startsWith(CLASSPATH)) {
      return OptionalInt.empty();
    }
    String folder = location.substring(CLASSPATH.length());
    try {
      var names = new ArrayList<String>();
      for (URL url :
          java.util.Collections.list(Migrations.class.getClassLoader().getResources(folder))) {
        names.addAll(names(url, folder));
      }
      return names.stream()
          .map(SCRIPT::matcher)
          .filter(Matcher::matches)
          .mapToInt(script -> Integer.parseInt(script.group(1)))
          .max();
    } catch (IOException | URISyntaxException e) {
      Failures.LOG.debug("listing {}", location, e);
      return OptionalInt.empty();
    }
  }

  private static List<String> names(URL url, String folder) throws IOException, URISyntaxException {
    String place = url.toString();
    if (place.startsWith(IN_JAR)) {
      int end = place.indexOf(JAR_END);
      Path jar = Path.of(new URI(place.substring(IN_JAR.length() - "file:".length(), end)));
      try (JarFile entries = new JarFile(jar.toFile())) {
        return entries.stream()
            .map(entry -> entry.getName())
            .filter(name -> name.startsWith(folder + "/"))
            .toList();
      }
    }
    try (Stream<Path> files = Files.list(Path.of(new URI(url.toString())))) {
      return files.map(file -> String.valueOf(file.getFileName())).toList();
    }
  }

  /** Returns the version of the tables; empty when there are none, or the last script failed. */
  private static OptionalInt applied(Dialect dialect, String room) {
    int last = -1;
    try (Connection connection = dialect.openReader();
        var statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT \"version\", \"success\" FROM \"format_" + room + "\"")) {
      while (row.next()) {
        if (!row.getBoolean(2)) {
          return OptionalInt.empty();
        }
        String version = row.getString(1);
        last = version == null ? last : Math.max(last, Integer.parseInt(version));
      }
    } catch (SQLException | NumberFormatException e) {
      return OptionalInt.empty(); // no such table yet, or one that Flyway should look at
    }
    return last < 0 ? OptionalInt.empty() : OptionalInt.of(last);
  }
}
