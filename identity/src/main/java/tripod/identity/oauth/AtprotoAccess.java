package tripod.identity.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityFailure;
import tripod.identity.token.Dpop;
import tripod.identity.token.Grant;
import tripod.identity.token.OAuthAccess;
import tripod.identity.token.OpaqueTokens;

/** Access tokens of the ATProto dialect, where they are used. Safe between threads. */
final class AtprotoAccess implements OAuthAccess {
  private static final int CACHED_MAX = 50_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final GrantStore grants;
  private final Accounts accounts;
  private final Dpop dpop;
  private final InstantSource clock;
  private final Cache<String, Known> known =
      Caffeine.newBuilder().maximumSize(CACHED_MAX).expireAfterWrite(REMEMBERED).build();

  /** Counts revocations, so that a check begun before one is not remembered after it. */
  private final AtomicLong endings = new AtomicLong();

  private record Known(Grant grant, String grantId, String thumbprint) {}

  AtprotoAccess(GrantStore grants, Accounts accounts, Dpop dpop, InstantSource clock) {
    this.grants = grants;
    this.accounts = accounts;
    this.dpop = dpop;
    this.clock = clock;
    grants.onRevoked(
        id -> {
          endings.incrementAndGet();
          known.asMap().values().removeIf(one -> one.grantId().equals(id));
        });
  }

  @Override
  public Answer verify(String token, List<String> proofs, String method, String url) {
    Optional<Known> found = find(token);
    if (found.isEmpty()) {
      return new Answer.Refused("invalid_token", "the token has ended or is none of ours");
    }
    try {
      return switch (dpop.verifyWithNonce(proofs, method, url, Optional.of(token))) {
        case Dpop.Outcome.StaleNonce stale ->
            new Answer.Refused("use_dpop_nonce", "the proof must hold the nonce sent here");
        case Dpop.Outcome.Proved(String thumbprint)
            when thumbprint.equals(found.get().thumbprint()) ->
            new Answer.Known(found.get().grant());
        case Dpop.Outcome.Proved other ->
            new Answer.Refused("invalid_token", "the proof is of another key than the token");
      };
    } catch (IdentityFailure.BadToken e) {
      return new Answer.Refused("invalid_dpop_proof", String.valueOf(e.getMessage()));
    }
  }

  private Optional<Known> find(String token) {
    String hash = token.length() > OpaqueTokens.CHARS_MAX ? "" : OpaqueTokens.hash(token);
    Known there = known.getIfPresent(hash);
    if (there == null) {
      long before = endings.get();
      there = read(token).orElse(null);
      if (there != null && endings.get() == before) {
        known.put(hash, there);
      }
    }
    Instant now = clock.instant();
    return Optional.ofNullable(there).filter(one -> one.grant().expires().isAfter(now));
  }

  private Optional<Known> read(String token) {
    Optional<GrantRows.Token> row =
        grants
            .find(token)
            .filter(there -> there.kind() == GrantRows.Kind.ACCESS)
            .filter(there -> there.grant().dialect() == Dialect.ATPROTO);
    Optional<Account> account = row.flatMap(there -> accounts.byPod(there.grant().pod()));
    if (account.isEmpty()) {
      return Optional.empty();
    }
    AppGrant grant = row.get().grant();
    grants.touch(grant, grant.expires());
    return Optional.of(
        new Known(
            new Grant(
                grant.pod(),
                account.get().did(),
                Grant.Kind.OAUTH,
                Set.copyOf(row.get().scopes()),
                Optional.of(grant.clientId()),
                Instant.ofEpochMilli(row.get().expiresMs())),
            grant.id(),
            grant.thumbprint().orElse("")));
  }

  @Override
  public String nonce() {
    return dpop.nonce();
  }
}
