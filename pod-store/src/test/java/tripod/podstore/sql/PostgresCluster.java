package tripod.podstore.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL of the tests' own, made in a temporary folder from the programs of the machine and
 * gone after the run; it listens on the loopback address alone.
 */
final class PostgresCluster implements AutoCloseable {
  private static final Path PROGRAMS = Path.of("/usr/lib/postgresql");
  private static final int START_MAX_S = 60;

  private final Path bin;
  private final Path folder;
  private final int port;
  private int databases;

  private PostgresCluster(Path bin, Path folder, int port) {
    this.bin = bin;
    this.folder = folder;
    this.port = port;
  }

  /** Starts a cluster; empty where the machine has no PostgreSQL. */
  static Optional<PostgresCluster> start() {
    try {
      Optional<Path> bin = programs();
      if (bin.isEmpty()) {
        return Optional.empty();
      }
      Path folder = Files.createTempDirectory("tripod-postgresql");
      run(List.of("chmod", "777", folder.toString()));
      int port;
      try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = socket.getLocalPort();
      }
      Path data = folder.resolve("data");
      run(
          asUser(
              bin.get().resolve("initdb").toString(),
              "-A",
              "trust",
              "-U",
              "tripod",
              "-D",
              data + ""));
      var options = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -p " + port;
      run(
          asUser(
              bin.get().resolve("pg_ctl").toString(),
              "-D",
              data + "",
              "-l",
              folder.resolve("log") + "",
              "-o",
              options,
              "-w",
              "start"));
      return Optional.of(new PostgresCluster(bin.get(), folder, port));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Path> programs() throws IOException {
    if (!Files.isDirectory(PROGRAMS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(PROGRAMS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  /** The server refuses to run as root. */
  private static List<String> asUser(String... command) {
    var words = new ArrayList<String>();
    if (System.getProperty("user.name").equals("root")) {
      words.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    words.addAll(List.of(command));
    return words;
  }

  private static void run(List<String> command) throws IOException {
    Path output = Files.createTempFile("tripod-postgresql", ".log");
    // Not a pipe: the server keeps what it inherits open, and nobody would see the end of it.
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .directory(Path.of("/").toFile())
            .start();
    try {
      if (!process.waitFor(START_MAX_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(command + ": " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** Stops the server as if the power had failed, and removes all it wrote. */
  @Override
  public void close() throws IOException {
    Path data = folder.resolve("data");
    run(asUser(bin.resolve("pg_ctl").toString(), "-D", data + "", "-m", "immediate", "stop"));
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Makes an empty database and returns its address. */
  synchronized String newDatabase() throws SQLException {
    String name = "pods" + ++databases;
    try (Connection connection = DriverManager.getConnection(url("postgres"), "tripod", "");
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name + " ENCODING 'UTF8' TEMPLATE template0");
    }
    return url(name);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
