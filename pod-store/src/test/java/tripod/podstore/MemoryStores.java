package tripod.podstore;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import tripod.podstore.sql.SqlPodStore;
import tripod.podstore.sql.StoreConfig;

/** Stores for tests: rows in memory, blobs in a temporary folder, gone with the process. */
public final class MemoryStores {
  private static final AtomicLong COUNT = new AtomicLong();

  private MemoryStores() {}

  /** Opens a new empty store. */
  public static SqlPodStore open(InstantSource clock, List<Projection> projections) {
    try {
      Path folder = Files.createTempDirectory("tripod-store");
      folder.toFile().deleteOnExit();
      return SqlPodStore.open(
          StoreConfig.h2Memory("store" + COUNT.incrementAndGet(), folder), clock, projections);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
