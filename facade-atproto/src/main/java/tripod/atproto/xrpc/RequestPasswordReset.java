package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.Accounts;
import tripod.identity.token.MailCodes;

/**
 * {@code com.atproto.server.requestPasswordReset}: answers alike whether the address is known
 * (SEC-51).
 */
final class RequestPasswordReset implements Handler {
  private final Accounts accounts;
  private final Mails mails;

  RequestPasswordReset(Accounts accounts, Mails mails) {
    this.accounts = accounts;
    this.mails = mails;
  }

  @Override
  public void handle(Context context) {
    String email = Request.text(Request.body(context, XrpcDoor.BODY_BYTES_MAX), "email");
    accounts
        .byEmail(email)
        .ifPresent(account -> mails.sendLater(account, MailCodes.Purpose.RESET_PASSWORD));
    context.status(200);
  }
}
