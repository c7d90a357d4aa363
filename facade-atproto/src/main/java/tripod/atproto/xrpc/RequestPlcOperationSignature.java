package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.token.MailCodes;

/** {@code com.atproto.identity.requestPlcOperationSignature}. */
final class RequestPlcOperationSignature implements Handler {
  private final Authentication authentication;
  private final Mails mails;

  RequestPlcOperationSignature(Authentication authentication, Mails mails) {
    this.authentication = authentication;
    this.mails = mails;
  }

  @Override
  public void handle(Context context) {
    mails.send(
        authentication.leaving(context).identity("*").notApp().account(),
        MailCodes.Purpose.PLC_OPERATION);
    context.status(200);
  }
}
