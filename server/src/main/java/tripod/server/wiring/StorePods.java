package tripod.server.wiring;

import java.util.function.BiConsumer;
import tripod.identity.AccountChange;
import tripod.identity.IdentityDatabase;
import tripod.identity.PodCreation;
import tripod.identity.PodFirstWrite;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/**
 * How an account and its pod change together: account rows, first graphs, repository and events in
 * one transaction.
 *
 * @param store all pods
 * @param setup writes the first graphs
 * @param news lets the doors note what becomes of an account, in the write that changes it
 */
record StorePods(
    PodStore store, PodFirstWrite<PodWriter> setup, BiConsumer<PodWriter, AccountChange> news)
    implements PodCreation {
  @Override
  public PodId nextPodId() {
    return store.nextPodId();
  }

  @Override
  public void create(AccountChange.Created made, PodNames names, IdentityDatabase.Step also) {
    store.create(
        names.pod(),
        also::run,
        writer -> {
          setup.write(writer, names);
          news.accept(writer, made);
          return names;
        });
  }

  @Override
  public void change(AccountChange change, IdentityDatabase.Step also) {
    store.write(
        change.account().pod(),
        writer -> {
          writer.also(also::run);
          news.accept(writer, change);
          return change;
        });
  }

  @Override
  public void drop(AccountChange.Deleted gone, IdentityDatabase.Step also) {
    store.drop(gone.account().pod(), also::run, writer -> news.accept(writer, gone));
  }
}
