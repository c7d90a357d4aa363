package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.Accounts;

/** {@code com.atproto.admin.deleteAccount}. */
final class AdminDeleteAccount implements Handler {
  private final Accounts accounts;
  private final AccountViews views;

  AdminDeleteAccount(Accounts accounts, AccountViews views) {
    this.accounts = accounts;
    this.views = views;
  }

  @Override
  public void handle(Context context) {
    String did = Request.text(Request.body(context, XrpcDoor.BODY_BYTES_MAX), "did");
    accounts.delete(views.account(did).pod());
    context.status(200);
  }
}
