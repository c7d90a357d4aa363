package tripod.podstore.sql;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import tripod.podstore.PodStore;
import tripod.podstore.PodStoreContract;
import tripod.podstore.Projection;

/** The contract on one file of this engine. */
class H2FilePodStoreTest extends PodStoreContract {
  @TempDir Path folder;

  @Override
  protected PodStore open(List<Projection> projections) {
    return SqlPodStore.open(StoreConfig.h2(folder), clock, projections);
  }
}
