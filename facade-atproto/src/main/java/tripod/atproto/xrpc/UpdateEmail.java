package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.token.MailCodes;
import tripod.podstore.cbor.DagFields;

/** {@code com.atproto.server.updateEmail}. */
final class UpdateEmail implements Handler {
  private final Authentication authentication;
  private final Accounts accounts;
  private final Mails mails;

  UpdateEmail(Authentication authentication, Accounts accounts, Mails mails) {
    this.authentication = authentication;
    this.accounts = accounts;
    this.mails = mails;
  }

  @Override
  public void handle(Context context) {
    Account account = authentication.caller(context).full().account();
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    String email = Request.text(body, "email");
    if (account.emailConfirmed()) {
      String token =
          Request.optional(body, "token")
              .orElseThrow(() -> XrpcFailure.of("TokenRequired", "confirmation token required"));
      mails.use(account.pod(), MailCodes.Purpose.UPDATE_EMAIL, token);
    }
    accounts.setEmail(account.pod(), Optional.of(email), false);
    context.status(200);
  }
}
