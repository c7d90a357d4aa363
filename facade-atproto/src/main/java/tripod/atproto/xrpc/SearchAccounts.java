package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import tripod.identity.Account;
import tripod.identity.AccountQueries;
import tripod.identity.Accounts;

/** {@code com.atproto.admin.searchAccounts}: by a part of the mail address. */
final class SearchAccounts implements Handler {
  private static final int LIMIT = 50;
  private static final int LIMIT_MAX = 100;

  private final Accounts accounts;
  private final AccountQueries queries;
  private final AccountViews views;

  SearchAccounts(Accounts accounts, AccountQueries queries, AccountViews views) {
    this.accounts = accounts;
    this.queries = queries;
    this.views = views;
  }

  @Override
  public void handle(Context context) {
    int limit = Request.limit(context, LIMIT_MAX, LIMIT);
    List<Account> page =
        queries.search(
            Request.optional(context, "email"), RepoCursor.after(context, accounts), limit);
    List<AccountViews.View> found = page.stream().map(views::of).toList();
    Answer.json(
        context,
        out -> {
          out.writeArrayFieldStart("accounts");
          for (AccountViews.View view : found) {
            views.write(view, out);
          }
          out.writeEndArray();
          if (page.size() == limit) {
            out.writeStringField("cursor", RepoCursor.of(page.getLast()));
          }
        });
  }
}
