package tripod.activitypub.actor;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.activitypub.reply.Reply;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.route.RequestPod;
import tripod.podstore.PodStore;
import tripod.podstore.social.Social;
import tripod.syntax.PodNames;

/** {@code GET /actor} of a member, readable by everybody, signed or not. */
public final class GetActor implements Handler {
  private final PodStore store;
  private final Accounts accounts;
  private final ActorDocument documents;
  private final Profiles profiles;

  /** Makes the handler. */
  public GetActor(PodStore store, Accounts accounts, ActorDocument documents, Profiles profiles) {
    this.store = store;
    this.accounts = accounts;
    this.documents = documents;
    this.profiles = profiles;
  }

  @Override
  public void handle(Context request) {
    Account account = RequestPod.account(request);
    Visibility.require(account);
    PodNames names = accounts.names(account);
    Optional<Social.Profile> profile =
        store.read(account.pod(), view -> profiles.read(view, names));
    Reply.activity(request, documents.of(names, profile, account.created()));
  }

  /** Sends somebody with a browser to the page about the person. */
  public static void page(Context request) {
    request.header("Vary", "Accept");
    request.redirect("/");
  }
}
