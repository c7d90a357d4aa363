package tripod.atproto;

import java.util.function.Consumer;
import tripod.atproto.repo.RepoEvents;
import tripod.atproto.repo.RepoStatus;
import tripod.identity.Account;
import tripod.identity.AccountChange;
import tripod.podstore.PodStore;

/** Brings what becomes of accounts into their repositories and onto the firehose. */
final class AccountNews implements Consumer<AccountChange> {
  private final PodStore store;
  private final RepoEvents events;

  AccountNews(PodStore store, RepoEvents events) {
    this.store = store;
    this.events = events;
  }

  @Override
  public void accept(AccountChange change) {
    Account account = change.account();
    switch (change) {
      case AccountChange.Created created ->
          store.write(
              account.pod(),
              writer -> {
                events.created(writer, account.did(), account.handle(), status(account.state()));
                return true;
              });
      case AccountChange.HandleChanged renamed ->
          store.write(
              account.pod(),
              writer -> {
                if (account.isActive()) {
                  events.identity(writer, account.handle());
                }
                return true;
              });
      case AccountChange.StateChanged changed -> stateChanged(account, changed.before());
      case AccountChange.SessionsEnded ended -> {} // no news to the network
      case AccountChange.Deleted deleted ->
          store.write(
              PodStore.HOST,
              writer -> {
                events.deleted(writer, account.did());
                return true;
              });
    }
  }

  private void stateChanged(Account account, Account.State before) {
    if (account.state() == before) {
      return;
    }
    store.write(
        account.pod(),
        writer -> {
          if (account.isActive()) {
            events.activated(writer, account.handle());
          } else {
            events.stopped(writer, status(account.state()));
          }
          return true;
        });
  }

  private static RepoStatus status(Account.State state) {
    return switch (state) {
      case ACTIVE -> RepoStatus.ACTIVE;
      case DEACTIVATED -> RepoStatus.DEACTIVATED;
      case TAKENDOWN -> RepoStatus.TAKENDOWN;
      case SUSPENDED -> RepoStatus.SUSPENDED;
      case DELETED -> RepoStatus.DELETED;
    };
  }
}
