package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;

/** {@code com.atproto.admin.getAccountInfo}. */
final class GetAccountInfo implements Handler {
  private final AccountViews views;

  GetAccountInfo(AccountViews views) {
    this.views = views;
  }

  @Override
  public void handle(Context context) {
    AccountViews.View view = views.of(views.account(Request.did(context).value()));
    Answer.value(context, out -> views.write(view, out));
  }
}
