package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.identity.Takedowns;
import tripod.identity.route.UserFile;
import tripod.podstore.Blobs;
import tripod.podstore.PodStore;
import tripod.syntax.Cid;

/** {@code com.atproto.sync.getBlob}: only what a record in the repository names (VIS-6). */
final class GetBlob implements Handler {
  private final PodStore store;
  private final Repos repos;
  private final Takedowns takedowns;

  GetBlob(PodStore store, Repos repos, Takedowns takedowns) {
    this.store = store;
    this.repos = repos;
    this.takedowns = takedowns;
  }

  @Override
  public void handle(Context context) {
    Cid cid = Request.cid(Request.param(context, "cid"));
    Account account = repos.available(context);
    if (takedowns.of(account.pod()).blobs().contains(cid)) {
      throw XrpcFailure.of("BlobNotFound", "Blob not found: " + cid); // SEC-74
    }
    Optional<Blobs.Blob> blob =
        store.read(
            account.pod(),
            reader -> reader.blob(cid).filter(found -> RepoView.of(reader).isBlobPublic(cid)));
    boolean sent =
        blob.isPresent()
            && new UserFile(cid, blob.get().mediaType(), blob.get().size())
                .send(
                    context,
                    (offset, length) -> store.blobs().open(account.pod(), cid, offset, length));
    if (!sent) {
      throw XrpcFailure.of("BlobNotFound", "Blob not found: " + cid);
    }
    // Whatever it is, it is downloaded and not shown (atproto.md 1.2).
    context.header("Content-Disposition", "attachment; filename=\"" + cid + "\"");
  }
}
