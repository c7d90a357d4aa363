package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Instant;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.scope.Permission;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.Datetime;

/** {@code com.atproto.server.deactivateAccount}. */
final class DeactivateAccount implements Handler {
  private final Accounts accounts;
  private final Authentication authentication;

  DeactivateAccount(Accounts accounts, Authentication authentication) {
    this.accounts = accounts;
    this.authentication = authentication;
  }

  @Override
  public void handle(Context context) {
    Account account =
        authentication
            .leaving(context)
            .account(Permission.Part.STATUS, Permission.Access.MANAGE)
            .notApp()
            .account();
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    Optional<Instant> deleteAfter =
        Request.optional(body, "deleteAfter").map(text -> new Datetime(text).instant());
    accounts.deactivate(account.pod(), deleteAfter);
    context.status(200);
  }
}
