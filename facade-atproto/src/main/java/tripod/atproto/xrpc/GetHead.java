package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.podstore.PodStore;

/** {@code com.atproto.sync.getHead}, which nobody should need any more. */
final class GetHead implements Handler {
  private final PodStore store;
  private final Repos repos;

  GetHead(PodStore store, Repos repos) {
    this.store = store;
    this.repos = repos;
  }

  @Override
  public void handle(Context context) {
    Account account = repos.available(context);
    String root =
        store
            .read(account.pod(), reader -> RepoView.of(reader).head())
            .map(head -> head.commit().toString())
            .orElseThrow(
                () ->
                    XrpcFailure.of(
                        "HeadNotFound", "Could not find root for DID: " + account.did()));
    Answer.json(context, out -> out.writeStringField("root", root));
  }
}
