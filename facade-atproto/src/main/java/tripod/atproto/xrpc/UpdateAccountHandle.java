package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.did.DidResolver;
import tripod.podstore.cbor.DagFields;

/** {@code com.atproto.admin.updateAccountHandle}: also to a name that is kept for the host. */
final class UpdateAccountHandle implements Handler {
  private final Accounts accounts;
  private final AccountViews views;
  private final DidResolver dids;

  UpdateAccountHandle(Accounts accounts, AccountViews views, DidResolver dids) {
    this.accounts = accounts;
    this.views = views;
    this.dids = dids;
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    Account account = views.account(Request.text(body, "did"));
    accounts.assignHandle(account.pod(), CreateAccount.handle(Request.text(body, "handle")));
    dids.refresh(account.did());
    context.status(200);
  }
}
