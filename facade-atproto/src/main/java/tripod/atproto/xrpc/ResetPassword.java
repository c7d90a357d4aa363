package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.Accounts;
import tripod.identity.Secret;
import tripod.identity.token.MailCodes;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.PodId;

/** {@code com.atproto.server.resetPassword}. */
final class ResetPassword implements Handler {
  private final Accounts accounts;
  private final Mails mails;

  ResetPassword(Accounts accounts, Mails mails) {
    this.accounts = accounts;
    this.mails = mails;
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    Secret password = Secret.of(Request.text(body, "password"));
    String token = Request.text(body, "token");
    mails.requireKnown(MailCodes.Purpose.RESET_PASSWORD, token);
    accounts.checkNewPassword(password); // before the code is used, so that it stays good
    PodId pod = mails.use(MailCodes.Purpose.RESET_PASSWORD, token);
    accounts.setPassword(pod, password);
    context.status(200);
  }
}
