package tripod.server.wiring;

import org.jspecify.annotations.Nullable;
import tripod.identity.IdentityDatabase;
import tripod.podstore.PodStore;

/** The pods' database as identity sees it. */
record StoreAsDatabase(PodStore store) implements IdentityDatabase {
  @Override
  public <T extends @Nullable Object> T query(Work<T> work) {
    return store.sql().query(work::run);
  }

  @Override
  public <T extends @Nullable Object> T change(Work<T> work) {
    return store.sql().change(work::run);
  }

  @Override
  public void migrate(String room, String location) {
    store.sql().migrate(room, location);
  }
}
