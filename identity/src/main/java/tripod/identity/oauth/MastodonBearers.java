package tripod.identity.oauth;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityFailure;
import tripod.identity.token.BearerTokens;
import tripod.identity.token.Grant;
import tripod.syntax.PodId;

/**
 * Bearer tokens of the ActivityPub client door: those of scripts, and those of apps made for
 * Mastodon, which last as long as they are used.
 */
final class MastodonBearers implements BearerTokens {
  private static final String PREFIX = "mat-";

  private final BearerTokens scripts;
  private final GrantStore grants;
  private final Accounts accounts;
  private final InstantSource clock;

  MastodonBearers(BearerTokens scripts, GrantStore grants, Accounts accounts, InstantSource clock) {
    this.scripts = scripts;
    this.grants = grants;
    this.accounts = accounts;
    this.clock = clock;
  }

  @Override
  public String issue(PodId pod, String clientId, String scope) {
    return scripts.issue(pod, clientId, scope);
  }

  @Override
  public Grant verify(String bearer, String scope) {
    if (!bearer.startsWith(PREFIX)) {
      return scripts.verify(bearer, scope);
    }
    GrantRows.Token token =
        grants
            .find(bearer)
            .filter(there -> there.kind() == GrantRows.Kind.BEARER)
            .orElseThrow(() -> new IdentityFailure.BadToken("the token is not one of ours"));
    Instant now = clock.instant();
    if (token.expiresMs() <= now.toEpochMilli()) {
      throw new IdentityFailure.ExpiredToken("the token has not been used for long");
    }
    AppGrant grant = token.grant();
    Account account =
        accounts
            .byPod(grant.pod())
            .orElseThrow(() -> new IdentityFailure.BadToken("the account is gone"));
    if (!MastodonScopes.covers(grant.scopes(), scope.equals(READ) ? "read" : "write")) {
      throw new IdentityFailure.BadToken("the token is not good for " + scope);
    }
    grants.extend(bearer, grant, now.plus(Issuing.IDLE_MAX));
    return new Grant(
        grant.pod(),
        account.did(),
        Grant.Kind.OAUTH,
        Set.copyOf(grant.scopes()),
        java.util.Optional.of(grant.clientId()),
        Instant.ofEpochMilli(token.expiresMs()));
  }
}
