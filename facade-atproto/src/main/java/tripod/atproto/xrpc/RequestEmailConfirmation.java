package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.scope.Permission;
import tripod.identity.token.MailCodes;

/** {@code com.atproto.server.requestEmailConfirmation}. */
final class RequestEmailConfirmation implements Handler {
  private final Authentication authentication;
  private final Mails mails;

  RequestEmailConfirmation(Authentication authentication, Mails mails) {
    this.authentication = authentication;
    this.mails = mails;
  }

  @Override
  public void handle(Context context) {
    mails.send(
        authentication
            .caller(context)
            .account(Permission.Part.EMAIL, Permission.Access.MANAGE)
            .account(),
        MailCodes.Purpose.CONFIRM_EMAIL);
    context.status(200);
  }
}
