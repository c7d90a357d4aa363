package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Optional;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.podstore.PodStore;
import tripod.syntax.Cid;
import tripod.syntax.Tid;

/** {@code com.atproto.sync.listBlobs}: blobs that records in the repository name. */
final class ListBlobs implements Handler {
  private static final int LIMIT = 500;
  private static final int LIMIT_MAX = 1000;

  private final PodStore store;
  private final Repos repos;

  ListBlobs(PodStore store, Repos repos) {
    this.store = store;
    this.repos = repos;
  }

  @Override
  public void handle(Context context) {
    Account account = repos.available(context);
    int limit = Request.limit(context, LIMIT_MAX, LIMIT);
    Optional<Tid> since = Request.optional(context, "since").map(Tid::new);
    Optional<Cid> cursor = Request.optional(context, "cursor").map(Request::cid);
    List<Cid> cids =
        store.read(account.pod(), reader -> RepoView.of(reader).blobs(since, cursor, limit));
    Answer.json(
        context,
        out -> {
          out.writeArrayFieldStart("cids");
          for (Cid cid : cids) {
            out.writeString(cid.toString());
          }
          out.writeEndArray();
          if (cids.size() == limit) {
            out.writeStringField("cursor", cids.getLast().toString());
          }
        });
  }
}
