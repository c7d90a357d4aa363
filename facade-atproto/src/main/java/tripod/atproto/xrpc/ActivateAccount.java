package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.Account;
import tripod.identity.Accounts;

/** {@code com.atproto.server.activateAccount} (atproto.md 4.6). */
final class ActivateAccount implements Handler {
  private final Accounts accounts;
  private final Authentication authentication;
  private final OwnIdentity identities;

  ActivateAccount(Accounts accounts, Authentication authentication, OwnIdentity identities) {
    this.accounts = accounts;
    this.authentication = authentication;
    this.identities = identities;
  }

  @Override
  public void handle(Context context) {
    Account account = authentication.caller(context).full().account();
    identities
        .fault(account)
        .ifPresent(
            fault -> {
              throw XrpcFailure.invalid("the account cannot be activated: " + fault);
            });
    accounts.activate(account.pod());
    context.status(200);
  }
}
