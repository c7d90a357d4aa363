package tripod.server.wiring;

import tripod.identity.IdentityDatabase;
import tripod.identity.PodCreation;
import tripod.identity.PodFirstWrite;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/**
 * How an account gets its pod: account rows, first graphs and the repository in one transaction.
 *
 * @param store all pods
 * @param setup writes the first graphs
 * @param repository begins the repository and announces the account
 */
record StorePods(
    PodStore store, PodFirstWrite<PodWriter> setup, PodFirstWrite<PodWriter> repository)
    implements PodCreation {
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
          repository.write(writer, names);
          return names;
        });
  }

  @Override
  public void drop(PodId pod, IdentityDatabase.Step also) {
    store.drop(pod, also::run);
  }
}
