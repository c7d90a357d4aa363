package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.atproto.repo.RepoHead;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.podstore.PodStore;

/** {@code com.atproto.sync.getLatestCommit}. */
final class GetLatestCommit implements Handler {
  private final PodStore store;
  private final Repos repos;

  GetLatestCommit(PodStore store, Repos repos) {
    this.store = store;
    this.repos = repos;
  }

  @Override
  public void handle(Context context) {
    Account account = repos.available(context);
    RepoHead head =
        store
            .read(account.pod(), reader -> RepoView.of(reader).head())
            .orElseThrow(
                () ->
                    XrpcFailure.of(
                        "RepoNotFound", "Could not find root for DID: " + account.did()));
    Answer.json(
        context,
        out -> {
          out.writeStringField("cid", head.commit().toString());
          out.writeStringField("rev", head.rev().value());
        });
  }
}
