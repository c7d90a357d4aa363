package tripod.identity;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/** A database in memory with identity's tables, and pods that are nothing but numbers. */
public final class TestDatabase implements IdentityDatabase, PodCreation, AutoCloseable {
  private static final AtomicLong NAMES = new AtomicLong();

  private final Connection connection;
  private final AtomicLong nextPod = new AtomicLong(2);
  private final Set<PodId> pods = ConcurrentHashMap.newKeySet();
  private Optional<RuntimeException> nextCreation = Optional.empty();

  private TestDatabase(String url) {
    try {
      connection = DriverManager.getConnection(url);
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Opens one on H2, with tables. */
  public static TestDatabase h2() {
    return opened("jdbc:h2:mem:identity" + NAMES.incrementAndGet());
  }

  /** Opens one on SQLite, with tables. */
  public static TestDatabase sqlite() {
    return opened("jdbc:sqlite::memory:");
  }

  private static TestDatabase opened(String url) {
    TestDatabase database = new TestDatabase(url);
    database.migrate("identity", "db/identity");
    return database;
  }

  /** Returns this database for a room that would bring the tables up to date itself. */
  public IdentityDatabase migrated() {
    TestDatabase tables = this;
    return new IdentityDatabase() {
      @Override
      public <T> T query(Work<T> work) {
        return tables.query(work);
      }

      @Override
      public <T> T change(Work<T> work) {
        return tables.change(work);
      }

      @Override
      public void migrate(String room, String location) {
        // The tables are there.
      }
    };
  }

  /** Makes the next creation of a pod fail. */
  public void failNextCreation(RuntimeException failure) {
    nextCreation = Optional.of(failure);
  }

  /** Returns the pods that are there. */
  public Set<PodId> pods() {
    return Set.copyOf(pods);
  }

  @Override
  public synchronized <T> T query(Work<T> work) {
    return run(work);
  }

  @Override
  public synchronized <T> T change(Work<T> work) {
    return run(work);
  }

  private <T> T run(Work<T> work) {
    try {
      T result = work.run(connection);
      connection.commit();
      return result;
    } catch (SQLException e) {
      rollback();
      throw new IllegalStateException(e);
    } catch (RuntimeException e) {
      rollback();
      throw e;
    }
  }

  private void rollback() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void migrate(String room, String location) {
    for (String script : scripts("/" + location)) {
      change(
          open -> {
            try (Statement statement = open.createStatement()) {
              for (String part : script.replaceAll("(?m)^--.*$", "").split(";")) {
                if (!part.isBlank()) {
                  statement.execute(part);
                }
              }
              return room;
            }
          });
    }
  }

  /** Returns all scripts of a folder, in the order of their versions. */
  private static List<String> scripts(String folder) {
    try {
      URI uri = Objects.requireNonNull(TestDatabase.class.getResource(folder)).toURI();
      if (!uri.getScheme().equals("jar")) {
        return scripts(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return scripts(jar.getPath(folder));
      } catch (FileSystemAlreadyExistsException open) {
        return scripts(FileSystems.getFileSystem(uri).getPath(folder));
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> scripts(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted(Comparator.comparingInt(TestDatabase::version)).toList();
    }
    List<String> scripts = new ArrayList<>();
    for (Path file : files) {
      scripts.add(Files.readString(file));
    }
    return scripts;
  }

  private static int version(Path script) {
    String name = script.getFileName().toString();
    String[] parts = name.substring(1, name.indexOf("__")).split("_", 2);
    return Integer.parseInt(parts[0]) * 1000 + (parts.length < 2 ? 0 : Integer.parseInt(parts[1]));
  }

  @Override
  public PodId nextPodId() {
    return new PodId(nextPod.getAndIncrement());
  }

  @Override
  public void create(AccountChange.Created made, PodNames names, Step also) {
    change(
        open -> {
          also.run(open);
          if (nextCreation.isPresent()) {
            RuntimeException failure = nextCreation.get();
            nextCreation = Optional.empty();
            throw failure;
          }
          return pods.add(names.pod());
        });
  }

  @Override
  public void change(AccountChange news, Step also) {
    change(
        open -> {
          also.run(open);
          return true;
        });
  }

  @Override
  public void drop(AccountChange.Deleted gone, Step also) {
    change(
        open -> {
          also.run(open);
          return pods.remove(gone.account().pod());
        });
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
