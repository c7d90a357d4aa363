package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.Secret;
import tripod.identity.token.MailCodes;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.Did;

/** {@code com.atproto.server.deleteAccount}. */
final class DeleteAccount implements Handler {
  private final Accounts accounts;
  private final Mails mails;

  DeleteAccount(Accounts accounts, Mails mails) {
    this.accounts = accounts;
    this.mails = mails;
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    String did = Request.text(body, "did");
    Secret password = Secret.of(Request.text(body, "password"));
    String token = Request.text(body, "token");
    Account account =
        (Did.isValid(did) ? accounts.byDid(new Did(did)) : java.util.Optional.<Account>empty())
            .filter(known -> accounts.verifyPassword(known.pod(), password))
            .orElseThrow(
                () -> new XrpcFailure(401, "AuthenticationRequired", "Invalid did or password"));
    mails.use(account.pod(), MailCodes.Purpose.DELETE_ACCOUNT, token);
    accounts.delete(account.pod());
    context.status(200);
  }
}
