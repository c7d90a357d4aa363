package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Optional;
import tripod.atproto.repo.RepoHead;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.podstore.PodFailure;
import tripod.podstore.PodStore;
import tripod.syntax.PodId;

/** {@code com.atproto.sync.listRepos}, in the order in which accounts came. */
final class ListRepos implements Handler {
  private static final int LIMIT = 500;
  private static final int LIMIT_MAX = 1000;

  private final PodStore store;
  private final Accounts accounts;

  ListRepos(PodStore store, Accounts accounts) {
    this.store = store;
    this.accounts = accounts;
  }

  @Override
  public void handle(Context context) {
    int limit = Request.limit(context, LIMIT_MAX, LIMIT);
    List<Account> page = accounts.list(RepoCursor.after(context, accounts), limit);
    Answer.json(
        context,
        out -> {
          out.writeArrayFieldStart("repos");
          for (Account account : page) {
            Optional<RepoHead> head = head(account.pod());
            if (head.isPresent()) {
              out.writeStartObject();
              out.writeStringField("did", account.did().value());
              out.writeStringField("head", head.get().commit().toString());
              out.writeStringField("rev", head.get().rev().value());
              AccountFields.status(account, out);
              out.writeEndObject();
            }
          }
          out.writeEndArray();
          if (page.size() == limit) {
            out.writeStringField("cursor", RepoCursor.of(page.getLast()));
          }
        });
  }

  private Optional<RepoHead> head(PodId pod) {
    try {
      return store.read(pod, reader -> RepoView.of(reader).head());
    } catch (PodFailure.NotFound e) {
      return Optional.empty(); // it went while the list was made
    }
  }
}
