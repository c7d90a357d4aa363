package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.syntax.Nsid;

/** A method that only operators may call. */
final class AdminMethod implements Handler {
  private final AdminAuthentication authentication;
  private final Nsid method;
  private final boolean alsoModerators;
  private final Handler handler;

  AdminMethod(
      AdminAuthentication authentication, Nsid method, boolean alsoModerators, Handler handler) {
    this.authentication = authentication;
    this.method = method;
    this.alsoModerators = alsoModerators;
    this.handler = handler;
  }

  @Override
  public void handle(Context context) throws Exception {
    if (alsoModerators) {
      authentication.moderator(context, method);
    } else {
      authentication.admin(context);
    }
    handler.handle(context);
  }
}
