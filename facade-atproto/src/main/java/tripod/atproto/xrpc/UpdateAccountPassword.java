package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.Accounts;
import tripod.identity.Secret;
import tripod.podstore.cbor.DagFields;

/** {@code com.atproto.admin.updateAccountPassword}: ends all sessions of the account. */
final class UpdateAccountPassword implements Handler {
  private final Accounts accounts;
  private final AccountViews views;

  UpdateAccountPassword(Accounts accounts, AccountViews views) {
    this.accounts = accounts;
    this.views = views;
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    Secret password = Secret.of(Request.text(body, "password"));
    accounts.setPassword(views.account(Request.text(body, "did")).pod(), password);
    context.status(200);
  }
}
