package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.token.MailCodes;

/** {@code com.atproto.server.requestAccountDelete}. */
final class RequestAccountDelete implements Handler {
  private final Authentication authentication;
  private final Mails mails;

  RequestAccountDelete(Authentication authentication, Mails mails) {
    this.authentication = authentication;
    this.mails = mails;
  }

  @Override
  public void handle(Context context) {
    mails.send(authentication.caller(context).full().account(), MailCodes.Purpose.DELETE_ACCOUNT);
    context.status(200);
  }
}
