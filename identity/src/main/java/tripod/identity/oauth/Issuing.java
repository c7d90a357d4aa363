package tripod.identity.oauth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.scope.Permission;
import tripod.identity.scope.PermissionSets;
import tripod.identity.token.SolidAccess;
import tripod.identity.token.SolidTokens;

/** Makes the tokens of a grant, in the form of its dialect. */
final class Issuing {
  /** How long an access token of the ATProto dialect lasts (SEC-58). */
  static final Duration ACCESS_LIFE = Duration.ofMinutes(15);

  /** How long a token of the Mastodon dialect lasts without being used. */
  static final Duration IDLE_MAX = Duration.ofDays(90);

  private static final Duration REFRESH_PUBLIC = Duration.ofDays(14);
  private static final Duration REFRESH_CONFIDENTIAL = Duration.ofDays(90);
  private static final Duration SESSION_PUBLIC_ATPROTO = Duration.ofDays(14);
  private static final Duration SESSION_PUBLIC_SOLID = Duration.ofDays(90);
  private static final Duration SESSION_CONFIDENTIAL = Duration.ofDays(730);

  private final GrantStore grants;
  private final Accounts accounts;
  private final SolidTokens solid;
  private final Supplier<PermissionSets> sets;
  private final InstantSource clock;

  Issuing(
      GrantStore grants,
      Accounts accounts,
      SolidTokens solid,
      Supplier<PermissionSets> sets,
      InstantSource clock) {
    this.grants = grants;
    this.accounts = accounts;
    this.solid = solid;
    this.sets = sets;
    this.clock = clock;
  }

  /**
   * Returns the account that a grant is of.
   *
   * @throws OAuthFailure if it may not act
   */
  Account owner(AppGrant grant) {
    return accounts
        .byPod(grant.pod())
        .filter(
            account ->
                account.state() == Account.State.ACTIVE
                    || account.state() == Account.State.DEACTIVATED)
        .orElseThrow(() -> OAuthFailure.grant("the account is not active"));
  }

  /** Returns until when a grant holds that is used now. */
  Instant expiry(AppGrant grant, boolean refreshes) {
    Instant now = clock.instant();
    boolean confidential = !grant.clientAuth().equals("none");
    if (grant.dialect() == Dialect.MASTODON) {
      return now.plus(IDLE_MAX);
    }
    if (!refreshes) {
      return now.plus(ACCESS_LIFE);
    }
    Duration session =
        confidential
            ? SESSION_CONFIDENTIAL
            : grant.dialect() == Dialect.ATPROTO ? SESSION_PUBLIC_ATPROTO : SESSION_PUBLIC_SOLID;
    Instant end = grant.created().plus(session);
    Instant next = now.plus(confidential ? REFRESH_CONFIDENTIAL : REFRESH_PUBLIC);
    return next.isBefore(end) ? next : end;
  }

  /**
   * Makes the tokens of a grant and returns the answer that holds them.
   *
   * @param refreshes whether a refresh token is among them
   * @param nonce what the ID token repeats
   */
  ObjectNode answer(AppGrant grant, boolean refreshes, Optional<String> nonce) {
    Account account = owner(grant);
    ObjectNode json =
        switch (grant.dialect()) {
          case ATPROTO -> atproto(grant, account);
          case SOLID -> solid(grant, nonce);
          case MASTODON -> mastodon(grant);
        };
    if (refreshes) {
      json.put(
          "refresh_token",
          grants.token(
              "ref-",
              grant.id(),
              GrantRows.Kind.REFRESH,
              List.of(),
              expiry(grant, /* refreshes= */ true)));
    }
    return json.put("scope", String.join(" ", grant.scopes()));
  }

  private ObjectNode atproto(AppGrant grant, Account account) {
    String token =
        grants.token(
            "tok-",
            grant.id(),
            GrantRows.Kind.ACCESS,
            expanded(grant.scopes()),
            clock.instant().plus(ACCESS_LIFE));
    return JsonNodeFactory.instance
        .objectNode()
        .put("access_token", token)
        .put("token_type", "DPoP")
        .put("expires_in", ACCESS_LIFE.toSeconds())
        .put("sub", account.did().value());
  }

  /** Puts what is in permission sets in their place; a set that cannot be had allows nothing. */
  private List<String> expanded(List<String> scopes) {
    List<String> all = new ArrayList<>();
    for (String scope : scopes) {
      if (Permission.parse(scope).orElse(null) instanceof Permission.Include include) {
        sets.get()
            .find(include.set())
            .ifPresent(set -> set.expand(include).forEach(one -> all.add(one.toString())));
      } else {
        all.add(scope);
      }
    }
    return all;
  }

  private ObjectNode solid(AppGrant grant, Optional<String> nonce) {
    String key = grant.thumbprint().orElseThrow();
    return JsonNodeFactory.instance
        .objectNode()
        .put(
            "access_token",
            solid.issue(grant.pod(), grant.clientId(), key, Optional.of(grant.id())))
        .put("id_token", solid.idToken(grant.pod(), grant.clientId(), key, grant.id(), nonce))
        .put("token_type", "DPoP")
        .put("expires_in", SolidAccess.LIFE.toSeconds());
  }

  private ObjectNode mastodon(AppGrant grant) {
    Instant now = clock.instant();
    String token =
        grants.token("mat-", grant.id(), GrantRows.Kind.BEARER, grant.scopes(), now.plus(IDLE_MAX));
    return JsonNodeFactory.instance
        .objectNode()
        .put("access_token", token)
        .put("token_type", "Bearer")
        .put("created_at", now.getEpochSecond());
  }
}
