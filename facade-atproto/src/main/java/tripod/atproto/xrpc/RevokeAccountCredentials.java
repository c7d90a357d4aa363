package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityFailure;
import tripod.identity.token.AppPasswords;

/**
 * {@code com.atproto.temp.revokeAccountCredentials}: password, sessions, app passwords and what
 * programs were allowed; a new password can be set by mail.
 */
final class RevokeAccountCredentials implements Handler {
  private final Accounts accounts;
  private final AppPasswords appPasswords;
  private final Repos repos;

  RevokeAccountCredentials(Accounts accounts, AppPasswords appPasswords, Repos repos) {
    this.accounts = accounts;
    this.appPasswords = appPasswords;
    this.repos = repos;
  }

  @Override
  public void handle(Context context) {
    String named = Request.text(Request.body(context, XrpcDoor.BODY_BYTES_MAX), "account");
    Account account =
        repos.find(named).orElseThrow(() -> new IdentityFailure.NotFound("Account not found"));
    accounts.lockOut(account.pod());
    appPasswords
        .list(account.pod())
        .forEach(password -> appPasswords.revoke(account.pod(), password.name()));
    context.status(200);
  }
}
