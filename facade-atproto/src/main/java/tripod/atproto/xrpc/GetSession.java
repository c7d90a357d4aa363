package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.Account;

/** {@code com.atproto.server.getSession}. */
final class GetSession implements Handler {
  private final Authentication authentication;

  GetSession(Authentication authentication) {
    this.authentication = authentication;
  }

  @Override
  public void handle(Context context) {
    Authentication.Caller caller = authentication.caller(context);
    Account account = caller.account();
    Answer.json(
        context,
        out -> {
          AccountFields.names(account, out);
          if (caller.seesEmail()) {
            AccountFields.email(account, out);
          }
          AccountFields.status(account, out);
        });
  }
}
