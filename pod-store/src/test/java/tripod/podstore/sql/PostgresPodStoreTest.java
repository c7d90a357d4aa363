package tripod.podstore.sql;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tripod.podstore.PodStore;
import tripod.podstore.PodStoreContract;
import tripod.podstore.Projection;

/** The contract on a real PostgreSQL, where the machine has one. */
class PostgresPodStoreTest extends PodStoreContract {
  private static Optional<PostgresCluster> cluster = Optional.empty();

  @TempDir Path folder;
  private String url = "";

  @BeforeAll
  static void startCluster() {
    cluster = PostgresCluster.start();
    Assumptions.assumeTrue(cluster.isPresent(), "no PostgreSQL below /usr/lib/postgresql");
  }

  @AfterAll
  static void stopCluster() throws IOException {
    if (cluster.isPresent()) {
      cluster.get().close();
    }
  }

  @Override
  protected PodStore open(List<Projection> projections) {
    try {
      if (url.isEmpty()) {
        url = cluster.orElseThrow().newDatabase();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return SqlPodStore.open(StoreConfig.postgresql(url, "tripod", "", folder), clock, projections);
  }
}
