package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.atproto.repo.RepoHead;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.podstore.PodStore;

/** {@code com.atproto.sync.getRepoStatus}. */
final class GetRepoStatus implements Handler {
  private final PodStore store;
  private final Repos repos;

  GetRepoStatus(PodStore store, Repos repos) {
    this.store = store;
    this.repos = repos;
  }

  @Override
  public void handle(Context context) {
    Account account = repos.known(context);
    Optional<RepoHead> head = store.read(account.pod(), reader -> RepoView.of(reader).head());
    Answer.json(
        context,
        out -> {
          out.writeStringField("did", account.did().value());
          AccountFields.status(account, out);
          if (account.isActive() && head.isPresent()) {
            out.writeStringField("rev", head.get().rev().value());
          }
        });
  }
}
