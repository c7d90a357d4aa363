package tripod.identity.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** New tokens for a refresh token, which is good once; its reuse ends the grant (SEC-58). */
final class RefreshGrant {
  private final Exchange exchange;
  private final Clients clients;
  private final GrantStore grants;
  private final Issuing issuing;
  private final InstantSource clock;

  RefreshGrant(
      Exchange exchange, Clients clients, GrantStore grants, Issuing issuing, InstantSource clock) {
    this.exchange = exchange;
    this.clients = clients;
    this.grants = grants;
    this.issuing = issuing;
    this.clock = clock;
  }

  ObjectNode answer(Context request, Params params) {
    String token = params.get("refresh_token");
    GrantRows.Token row =
        grants
            .find(token)
            .filter(there -> there.kind() == GrantRows.Kind.REFRESH)
            .orElseThrow(() -> OAuthFailure.grant("the refresh token has ended"));
    AppGrant grant = row.grant();
    Clients.Shown shown = Exchange.shown(request, params);
    Client client = clients.find(shown.clientId(), grant.dialect());
    String auth = clients.authenticate(client, shown);
    String key = exchange.proof(request, grant.dialect() == Dialect.ATPROTO);
    if (!grant.clientId().equals(client.id())
        || !grant.clientAuth().equals(auth)
        || !grant.thumbprint().equals(Optional.of(key))) {
      // The token is in other hands than those it was given to.
      grants.revoke(grant.id());
      throw OAuthFailure.grant("the refresh token is of another client or key");
    }
    if (!grants.use(token)) {
      grants.revoke(grant.id());
      throw OAuthFailure.grant("the refresh token was used before");
    }
    Instant now = clock.instant();
    if (row.expiresMs() <= now.toEpochMilli() || !grant.expires().isAfter(now)) {
      throw OAuthFailure.grant("the refresh token has ended");
    }
    issuing.owner(grant);
    grants.touch(grant, issuing.expiry(grant, /* refreshes= */ true));
    return issuing.answer(grant, /* refreshes= */ true, Optional.empty());
  }
}
