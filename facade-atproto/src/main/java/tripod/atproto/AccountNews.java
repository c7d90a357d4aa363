package tripod.atproto;

import tripod.atproto.repo.RepoEvents;
import tripod.atproto.repo.RepoStatus;
import tripod.identity.Account;
import tripod.identity.AccountChange;
import tripod.podstore.PodWriter;

/**
 * Brings what becomes of an account into its repository and onto the firehose, within the write
 * that changes the account.
 */
final class AccountNews {
  private final RepoEvents events;

  AccountNews(RepoEvents events) {
    this.events = events;
  }

  void follow(PodWriter writer, AccountChange change) {
    Account account = change.account();
    switch (change) {
      case AccountChange.Created created ->
          events.created(writer, account.did(), account.handle(), status(account.state()));
      case AccountChange.HandleChanged renamed -> {
        if (account.isActive()) {
          events.identity(writer, account.handle());
        }
      }
      case AccountChange.KeyChanged changed -> events.keyChanged(writer, account.handle());
      case AccountChange.StateChanged changed -> stateChanged(writer, account, changed.before());
      case AccountChange.SessionsEnded ended -> {} // no news to the network
      case AccountChange.Deleted deleted -> events.deleted(writer, account.did());
    }
  }

  private void stateChanged(PodWriter writer, Account account, Account.State before) {
    if (account.state() == before) {
      return;
    }
    if (account.isActive()) {
      events.activated(writer, account.handle());
    } else {
      events.stopped(writer, status(account.state()));
    }
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
