package tripod.podstore.sql;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import tripod.podstore.PodStore;
import tripod.podstore.PodStoreContract;
import tripod.podstore.Projection;

/** The contract on a real PostgreSQL, where the machine has one. */
class PostgresPodStoreTest extends PodStoreContract {
  @TempDir Path folder;
  private String url = "";

  @Override
  protected PodStore open(List<Projection> projections) {
    Assumptions.assumeTrue(
        PostgresCluster.shared().isPresent(), "no PostgreSQL below /usr/lib/postgresql");
    try {
      if (url.isEmpty()) {
        url = PostgresCluster.shared().orElseThrow().newDatabase();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return SqlPodStore.open(StoreConfig.postgresql(url, "tripod", "", folder), clock, projections);
  }
}
