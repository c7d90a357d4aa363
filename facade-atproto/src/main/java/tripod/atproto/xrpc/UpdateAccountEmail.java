package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityFailure;
import tripod.podstore.cbor.DagFields;

/** {@code com.atproto.admin.updateAccountEmail}. */
final class UpdateAccountEmail implements Handler {
  private final Accounts accounts;
  private final Repos repos;

  UpdateAccountEmail(Accounts accounts, Repos repos) {
    this.accounts = accounts;
    this.repos = repos;
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    Account account =
        repos
            .find(Request.text(body, "account"))
            .orElseThrow(() -> new IdentityFailure.NotFound("Account not found"));
    accounts.setEmail(account.pod(), Optional.of(Request.text(body, "email")), false);
    context.status(200);
  }
}
