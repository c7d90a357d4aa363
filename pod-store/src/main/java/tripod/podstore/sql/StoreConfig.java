package tripod.podstore.sql;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a store keeps its rows and its files.
 *
 * @param jdbcUrl {@code jdbc:sqlite:…}, {@code jdbc:h2:…} or {@code jdbc:postgresql:…}
 * @param dataFolder folder of the blobs and of the lock file; made when missing
 * @param user the database's user, where it has users
 * @param password the user's password
 * @param clockId number of this process in revisions, 0 to 1023
 * @param podBytesMax most bytes of documents and files that one pod may keep, unless it has a quota
 *     of its own
 * @param restored whether the database was brought back from a backup since it was last open; the
 *     journal's numbers then jump ahead of all that may have been given after the backup
 */
public record StoreConfig(
    String jdbcUrl,
    Path dataFolder,
    Optional<String> user,
    Optional<String> password,
    int clockId,
    long podBytesMax,
    boolean restored) {
  /** Default of {@link #podBytesMax}: 10 GiB. */
  public static final long POD_BYTES_MAX = 10L << 30;

  /** Names a store without users that was not restored. */
  public StoreConfig(String jdbcUrl, Path dataFolder) {
    this(jdbcUrl, dataFolder, Optional.empty(), Optional.empty(), 0, POD_BYTES_MAX, false);
  }

  /** A store in one SQLite file in the folder. */
  public static StoreConfig sqlite(Path folder) {
    return new StoreConfig("jdbc:sqlite:" + folder.toAbsolutePath().resolve("pods.sqlite"), folder);
  }

  /** A store in one H2 file in the folder. */
  public static StoreConfig h2(Path folder) {
    return new StoreConfig("jdbc:h2:file:" + folder.toAbsolutePath().resolve("pods"), folder);
  }

  /** A store in memory, by a name of its own; its blobs are in the folder. */
  public static StoreConfig h2Memory(String name, Path folder) {
    return new StoreConfig("jdbc:h2:mem:" + name, folder);
  }

  /** A store in a PostgreSQL database. */
  public static StoreConfig postgresql(String jdbcUrl, String user, String password, Path folder) {
    return new StoreConfig(
        jdbcUrl, folder, Optional.of(user), Optional.of(password), 0, POD_BYTES_MAX, false);
  }

  /** The same store with another quota for its pods. */
  public StoreConfig withPodBytesMax(long bytes) {
    return new StoreConfig(jdbcUrl, dataFolder, user, password, clockId, bytes, restored);
  }

  /** The same store after it was brought back from a backup. */
  public StoreConfig afterRestore() {
    return new StoreConfig(jdbcUrl, dataFolder, user, password, clockId, podBytesMax, true);
  }

  @Override
  public String toString() {
    return "StoreConfig[" + jdbcUrl.replaceAll("[?;].*", "") + ", " + dataFolder + "]";
  }
}
