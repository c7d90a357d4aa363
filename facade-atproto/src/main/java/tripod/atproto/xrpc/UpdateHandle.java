package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.IdentityFailure;
import tripod.identity.did.DidResolver;
import tripod.identity.route.RateLimiter;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/** {@code com.atproto.identity.updateHandle} (atproto.md 3.5). */
final class UpdateHandle implements Handler {
  private final Accounts accounts;
  private final Authentication authentication;
  private final DidResolver dids;
  private final IdentityConfig config;
  private final RateLimiter limiter;

  UpdateHandle(
      Accounts accounts,
      Authentication authentication,
      DidResolver dids,
      IdentityConfig config,
      RateLimiter limiter) {
    this.limiter = limiter;
    this.accounts = accounts;
    this.authentication = authentication;
    this.dids = dids;
    this.config = config;
  }

  @Override
  public void handle(Context context) {
    Account account = authentication.active(context).identity("handle").account();
    Handle handle =
        CreateAccount.handle(
            Request.text(Request.body(context, XrpcDoor.BODY_BYTES_MAX), "handle"));
    limiter.require("handle", account.did().value(), RateLimiter.handleChanges(), 1); // SEC-15
    if (!handle.equals(account.handle())) {
      if (config.handleDomains().stream().anyMatch(handle.value()::endsWith)) {
        accounts.checkNewHandle(handle);
      } else if (!resolved(handle).equals(Optional.of(account.did()))) {
        throw XrpcFailure.invalid("External handle did not resolve to DID");
      }
    }
    accounts.updateHandle(account.pod(), handle);
    context.status(200);
  }

  private Optional<Did> resolved(Handle handle) {
    try {
      return dids.resolveHandle(handle);
    } catch (IdentityFailure.Unavailable e) {
      return Optional.empty();
    }
  }
}
