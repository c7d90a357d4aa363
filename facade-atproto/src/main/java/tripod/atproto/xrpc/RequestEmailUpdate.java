package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.Account;
import tripod.identity.token.MailCodes;

/** {@code com.atproto.server.requestEmailUpdate}. */
final class RequestEmailUpdate implements Handler {
  private final Authentication authentication;
  private final Mails mails;

  RequestEmailUpdate(Authentication authentication, Mails mails) {
    this.authentication = authentication;
    this.mails = mails;
  }

  @Override
  public void handle(Context context) {
    Account account = authentication.caller(context).full().account();
    boolean tokenRequired = account.emailConfirmed();
    if (tokenRequired) {
      mails.send(account, MailCodes.Purpose.UPDATE_EMAIL);
    }
    Answer.json(context, out -> out.writeBooleanField("tokenRequired", tokenRequired));
  }
}
