package tripod.activitypub.object;

import io.javalin.http.Context;
import java.util.Optional;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.visitor.ActiveAccount;
import tripod.activitypub.visitor.Readers;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.access.Agent;
import tripod.identity.route.PathParams;
import tripod.identity.route.UserFile;
import tripod.podstore.Blobs;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodStore;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.Cid;
import tripod.syntax.PodNames;
import tripod.syntax.SyntaxException;

/** {@code GET /media/{cid}}: a blob, while a public resource names it (VIS-6). */
public final class GetMedia {
  /** Most resources that are asked whether they show a blob. */
  private static final int USES_MAX = 100;

  /** How long others may show it without asking again, in seconds. */
  private static final int FRESH_S = 300;

  private final PodStore store;
  private final Accounts accounts;
  private final Readers readers;
  private final ObjectView objects;

  /** Makes the handler. */
  public GetMedia(PodStore store, Accounts accounts, Readers readers, ObjectView objects) {
    this.store = store;
    this.accounts = accounts;
    this.readers = readers;
    this.objects = objects;
  }

  /** Answers with the bytes. */
  public void handle(Context request) {
    Account account = ActiveAccount.of(request);
    PodNames names = accounts.names(account);
    Cid cid = cid(request);
    Blobs.Blob blob =
        store
            .read(account.pod(), view -> view.blob(cid).filter(found -> isPublic(view, names, cid)))
            .orElseThrow(GetMedia::missing);
    boolean sent =
        new UserFile(cid, blob.mediaType(), blob.size())
            .send(
                request,
                (offset, length) -> store.blobs().open(account.pod(), cid, offset, length));
    if (!sent) {
      throw missing();
    }
    if (UserFile.isActive(blob.mediaType())) {
      request.header("Content-Disposition", "attachment; filename=\"" + cid + "\"");
    }
    request.header("Cache-Control", "public, max-age=" + FRESH_S);
  }

  private boolean isPublic(PodReader view, PodNames names, Cid cid) {
    for (PodPath path : view.blobUses(cid, USES_MAX)) {
      boolean shown =
          path.isUnder(SocialPaths.SOCIAL)
              ? objects.see(view, path, names).filter(seen -> seen.shown().isPresent()).isPresent()
              : readers.mayRead(view, names, path, Agent.ANYONE);
      if (shown) {
        return true;
      }
    }
    return false;
  }

  private static Cid cid(Context request) {
    try {
      return Optional.of(Cid.parse(PathParams.of(request, "cid")))
          .filter(Cid::isRaw)
          .orElseThrow(GetMedia::missing);
    } catch (SyntaxException e) {
      throw missing();
    }
  }

  private static ActivityFailure missing() {
    return new ActivityFailure.Missing("there is nothing here for you");
  }
}
