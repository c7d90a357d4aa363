package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Locale;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.scope.Permission;
import tripod.identity.token.MailCodes;
import tripod.podstore.cbor.DagFields;

/** {@code com.atproto.server.confirmEmail}. */
final class ConfirmEmail implements Handler {
  private final Authentication authentication;
  private final Accounts accounts;
  private final Mails mails;

  ConfirmEmail(Authentication authentication, Accounts accounts, Mails mails) {
    this.authentication = authentication;
    this.accounts = accounts;
    this.mails = mails;
  }

  @Override
  public void handle(Context context) {
    Account account =
        authentication
            .caller(context)
            .account(Permission.Part.EMAIL, Permission.Access.MANAGE)
            .account();
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    Optional<String> given = Optional.of(Request.text(body, "email").toLowerCase(Locale.ROOT));
    if (!given.equals(account.email().map(own -> own.toLowerCase(Locale.ROOT)))) {
      throw XrpcFailure.of("InvalidEmail", "Email did not match account email");
    }
    mails.use(account.pod(), MailCodes.Purpose.CONFIRM_EMAIL, Request.text(body, "token"));
    accounts.setEmail(account.pod(), account.email(), true);
    context.status(200);
  }
}
