package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.atproto.repo.RepoView;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.podstore.PodFailure;
import tripod.podstore.PodStore;
import tripod.syntax.Nsid;
import tripod.syntax.PodId;

/**
 * {@code com.atproto.sync.listReposByCollection}. A page ends early, with a cursor, when many
 * accounts without such records were looked at.
 */
final class ListReposByCollection implements Handler {
  private static final int LIMIT = 500;
  private static final int LIMIT_MAX = 2000;
  private static final int PAGE = 500;

  /** Accounts looked at for one answer. */
  private static final int LOOKS_MAX = 5_000;

  private final PodStore store;
  private final Accounts accounts;

  ListReposByCollection(PodStore store, Accounts accounts) {
    this.store = store;
    this.accounts = accounts;
  }

  @Override
  public void handle(Context context) {
    Nsid collection = Request.collection(context);
    int limit = Request.limit(context, LIMIT_MAX, LIMIT);
    List<Account> found = new ArrayList<>();
    Optional<Account> last = Optional.empty();
    boolean isEnd = false;
    Optional<PodId> after = RepoCursor.after(context, accounts);
    for (int looks = 0; !isEnd && found.size() < limit && looks < LOOKS_MAX; looks += PAGE) {
      List<Account> page = accounts.list(after, PAGE);
      isEnd = page.size() < PAGE;
      for (Account account : page) {
        if (found.size() == limit) {
          isEnd = false;
          break;
        }
        if (account.isActive() && has(account.pod(), collection)) {
          found.add(account);
        }
        last = Optional.of(account);
        after = Optional.of(account.pod());
      }
    }
    Optional<Account> more = isEnd ? Optional.empty() : last;
    Answer.json(
        context,
        out -> {
          out.writeArrayFieldStart("repos");
          for (Account account : found) {
            out.writeStartObject();
            out.writeStringField("did", account.did().value());
            out.writeEndObject();
          }
          out.writeEndArray();
          if (more.isPresent()) {
            out.writeStringField("cursor", RepoCursor.of(more.get()));
          }
        });
  }

  private boolean has(PodId pod, Nsid collection) {
    try {
      return store.read(
          pod,
          reader -> !RepoView.of(reader).leaves(collection, Optional.empty(), false, 1).isEmpty());
    } catch (PodFailure.NotFound e) {
      return false; // it went while the list was made
    }
  }
}
