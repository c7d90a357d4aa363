package tripod.podstore.sql;

import java.util.List;
import tripod.podstore.MemoryStores;
import tripod.podstore.PodStore;
import tripod.podstore.PodStoreContract;
import tripod.podstore.Projection;

/** The contract on H2 in memory. */
class H2MemoryPodStoreTest extends PodStoreContract {
  @Override
  protected PodStore open(List<Projection> projections) {
    return MemoryStores.open(clock, projections);
  }

  @Override
  protected boolean isDurable() {
    return false;
  }
}
