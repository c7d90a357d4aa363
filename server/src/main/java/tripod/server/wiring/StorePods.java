package tripod.server.wiring;

import tripod.identity.IdentityDatabase;
import tripod.identity.PodCreation;
import tripod.identity.PodFirstWrite;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/**
 * How an account gets its pod: account rows and first graphs in one transaction. The repository is
 * begun by the ATProto door in the write after it.
 *
 * @param store all pods
 * @param setup writes the first graphs
 */
record StorePods(PodStore store, PodFirstWrite<PodWriter> setup) implements PodCreation {
  @Override
  public PodId nextPodId() {
    return store.nextPodId();
  }

  @Override
  public void create(PodNames names, IdentityDatabase.Step also) {
    store.create(
        names.pod(),
        also::run,
        writer -> {
          setup.write(writer, names);
          return names;
        });
  }

  @Override
  public void drop(PodId pod, IdentityDatabase.Step also) {
    store.drop(pod, also::run);
  }
}
