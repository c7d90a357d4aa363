package tripod.atproto.xrpc;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.token.ServiceAuth;
import tripod.syntax.Did;
import tripod.syntax.Nsid;

/** Checks tokens by which a member lets another service call a method here (atproto.md 4.8). */
final class ServiceCallers {
  private static final String ENTRY = "#atproto_pds";

  private final ServiceAuth tokens;
  private final Accounts accounts;
  private final Set<String> audiences;

  ServiceCallers(ServiceAuth tokens, Accounts accounts, IdentityConfig config) {
    this.tokens = tokens;
    this.accounts = accounts;
    // Each is an audience of its own: the bare identity is no wildcard.
    this.audiences = Set.of(config.serviceDid().value(), config.serviceDid() + ENTRY);
  }

  /** Returns who issued a token for one method, whether or not they have an account. */
  Did issuer(String token, Nsid method) {
    return tokens.verify(token, audiences, method).issuer();
  }

  /** Returns the account that sent such a token for one method; empty when another kind came. */
  Optional<Account> account(Context context, Nsid method) {
    if (!Authentication.isBearer(context)) {
      return Optional.empty();
    }
    String token = Authentication.bearer(context);
    if (!ServiceAuth.isServiceToken(token)) {
      return Optional.empty();
    }
    Did issuer = issuer(token, method);
    Account account =
        accounts
            .byDid(issuer)
            .orElseThrow(() -> new XrpcFailure(403, "AccountNotFound", "Account not found"));
    if (account.state() == Account.State.TAKENDOWN || account.state() == Account.State.SUSPENDED) {
      throw new XrpcFailure(401, "AccountTakedown", "Account has been taken down");
    }
    return Optional.of(account);
  }
}
