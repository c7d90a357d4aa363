package tripod.server.bench;

import java.nio.file.Path;
import java.util.List;
import tripod.podstore.sql.StoreConfig;

/** An embedded engine that a rig can measure. */
public enum Engine {
  /** H2 in one file. */
  H2 {
    @Override
    StoreConfig config(Path folder) {
      return StoreConfig.h2(folder);
    }
  },
  /** SQLite in one file. */
  SQLITE {
    @Override
    StoreConfig config(Path folder) {
      return StoreConfig.sqlite(folder);
    }
  };

  /** The one that {@code serve} takes when nothing is said. */
  public static final Engine DEFAULT = SQLITE;

  /** Returns a store of this engine in a folder. */
  abstract StoreConfig config(Path folder);

  /** Returns the options that make {@code serve} take this engine. */
  List<String> serveOptions(Path data) {
    return List.of("--store", config(data).jdbcUrl());
  }
}
