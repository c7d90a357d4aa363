package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.IdentityFailure;
import tripod.identity.did.DidResolver;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/** {@code com.atproto.identity.resolveHandle}. */
final class ResolveHandle implements Handler {
  private final Accounts accounts;
  private final DidResolver dids;
  private final IdentityConfig config;

  ResolveHandle(Accounts accounts, DidResolver dids, IdentityConfig config) {
    this.accounts = accounts;
    this.dids = dids;
    this.config = config;
  }

  @Override
  public void handle(Context context) {
    Handle handle = CreateAccount.handle(Request.param(context, "handle"));
    Did did =
        accounts
            .byHandle(handle)
            .map(Account::did)
            .or(() -> elsewhere(handle))
            .orElseThrow(() -> XrpcFailure.of("HandleNotFound", "Unable to resolve handle"));
    Answer.json(context, out -> out.writeStringField("did", did.value()));
  }

  /** Nobody else can know a name under our own domains. */
  private Optional<Did> elsewhere(Handle handle) {
    if (config.handleDomains().stream().anyMatch(handle.value()::endsWith)) {
      return Optional.empty();
    }
    try {
      return dids.resolveHandle(handle);
    } catch (IdentityFailure.Unavailable e) {
      return Optional.empty();
    }
  }
}
