package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Instant;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.oauth.GrantStore;
import tripod.identity.scope.Permission;
import tripod.identity.token.AppPasswords;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.Datetime;

/** {@code com.atproto.server.deactivateAccount}. */
final class DeactivateAccount implements Handler {
  private final Accounts accounts;
  private final GrantStore grants;
  private final AppPasswords appPasswords;
  private final Authentication authentication;

  DeactivateAccount(
      Accounts accounts,
      GrantStore grants,
      AppPasswords appPasswords,
      Authentication authentication) {
    this.grants = grants;
    this.appPasswords = appPasswords;
    this.accounts = accounts;
    this.authentication = authentication;
  }

  @Override
  public void handle(Context context) {
    Authentication.Caller caller =
        authentication
            .leaving(context)
            .account(Permission.Part.STATUS, Permission.Access.MANAGE)
            .notApp();
    Account account = caller.account();
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    Optional<Instant> deleteAfter =
        Request.optional(body, "deleteAfter").map(text -> new Datetime(text).instant());
    accounts.deactivate(account.pod(), deleteAfter);
    if (caller.isOauth()) {
      // The program that asked, and every other, must be let in anew (atproto.md 1.2).
      grants.revokeAll(account.pod());
      appPasswords
          .list(account.pod())
          .forEach(password -> appPasswords.revoke(account.pod(), password.name()));
    }
    context.status(200);
  }
}
