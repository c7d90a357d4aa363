package tripod.activitypub.outbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.activitypub.object.Activities;
import tripod.activitypub.object.ObjectView;
import tripod.activitypub.reply.Reply;
import tripod.activitypub.visitor.ActiveAccount;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.podstore.PodStore;
import tripod.syntax.PodNames;

/** {@code GET /actor/outbox}: what a member has said in public. */
public final class GetOutbox implements Handler {
  private static final String CURSOR = "[A-Za-z0-9._~:-]{1,512}";

  private final PodStore store;
  private final Accounts accounts;
  private final OutboxPages pages;

  /** Makes the handler. */
  public GetOutbox(PodStore store, Accounts accounts, ObjectView objects) {
    this.store = store;
    this.accounts = accounts;
    this.pages = new OutboxPages(objects);
  }

  @Override
  public void handle(Context request) {
    Account account = ActiveAccount.of(request);
    PodNames names = accounts.names(account);
    String id = names.actor() + "/outbox";
    if (request.queryParam("page") == null) {
      long total = store.read(account.pod(), view -> pages.total(view, names));
      Reply.activity(request, Collections.paged(id, total, true));
      return;
    }
    // A cursor that no page of ours has ever had begins at the front.
    Optional<String> before =
        Optional.ofNullable(request.queryParam("before")).filter(text -> text.matches(CURSOR));
    OutboxPages.Page page = store.read(account.pod(), view -> pages.page(view, names, before));
    String own = id + "?page=true" + before.map(name -> "&before=" + name).orElse("");
    ObjectNode document = Collections.page(id, own);
    document.set("@context", Activities.context());
    ArrayNode items = document.putArray("orderedItems");
    page.activities().forEach(items::add);
    page.next().ifPresent(name -> document.put("next", id + "?page=true&before=" + name));
    Reply.activity(request, document);
  }
}
