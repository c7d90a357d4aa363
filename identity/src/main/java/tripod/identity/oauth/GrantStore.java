package tripod.identity.oauth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import tripod.identity.Account;
import tripod.identity.AccountChange;
import tripod.identity.Accounts;
import tripod.identity.IdentityDatabase;
import tripod.identity.token.LiveGrants;
import tripod.identity.token.OpaqueTokens;
import tripod.syntax.PodId;

/**
 * Everything that people allowed apps, with the tokens that came of it. Revoking removes both, and
 * what others remember of them (SEC-61). Safe between threads.
 */
public final class GrantStore implements LiveGrants {
  private static final Duration USE_STEP = Duration.ofHours(1);
  private static final Duration REMEMBERED = Duration.ofMinutes(1);
  private static final int CACHED_MAX = 50_000;

  private final IdentityDatabase database;
  private final OpaqueTokens tokens;
  private final InstantSource clock;
  private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
  private final Cache<String, Instant> live =
      Caffeine.newBuilder().maximumSize(CACHED_MAX).expireAfterWrite(REMEMBERED).build();

  /** Keeps grants of accounts, and ends them with the account's sessions. */
  public GrantStore(
      IdentityDatabase database, Accounts accounts, OpaqueTokens tokens, InstantSource clock) {
    this.database = database;
    this.tokens = tokens;
    this.clock = clock;
    accounts.onChange(this::follow);
  }

  private void follow(AccountChange change) {
    switch (change) {
      case AccountChange.SessionsEnded ended -> revokeAll(ended.account().pod());
      case AccountChange.Deleted deleted -> revokeAll(deleted.account().pod());
      case AccountChange.StateChanged(Account account, Account.State before)
          when account.state() == Account.State.TAKENDOWN ->
          revokeAll(account.pod());
      case AccountChange.StateChanged changed -> {}
      case AccountChange.Created created -> {}
      case AccountChange.HandleChanged changed -> {}
      case AccountChange.KeyChanged changed -> {}
    }
  }

  @Override
  public void onRevoked(Consumer<String> listener) {
    listeners.add(listener);
  }

  void insert(AppGrant grant) {
    database.change(
        connection -> {
          GrantRows.insert(connection, grant);
          return grant;
        });
  }

  /** Makes a token of a grant. */
  String token(
      String prefix, String grantId, GrantRows.Kind kind, List<String> scopes, Instant expires) {
    String token = tokens.make(prefix);
    long now = clock.millis();
    database.change(
        connection -> {
          GrantRows.sweepTokens(connection, grantId, now);
          GrantRows.insertToken(
              connection, OpaqueTokens.hash(token), grantId, kind, scopes, expires.toEpochMilli());
          return token;
        });
    return token;
  }

  Optional<GrantRows.Token> find(String token) {
    return token.length() > OpaqueTokens.CHARS_MAX
        ? Optional.empty()
        : database.query(connection -> GrantRows.findToken(connection, OpaqueTokens.hash(token)));
  }

  /** Marks a token as used and says whether it had not been. */
  boolean use(String token) {
    return database.change(connection -> GrantRows.useToken(connection, OpaqueTokens.hash(token)));
  }

  /** Notes that a grant was used, and until when it holds now. */
  void touch(AppGrant grant, Instant expires) {
    Instant now = clock.instant();
    if (!expires.equals(grant.expires()) || grant.used().plus(USE_STEP).isBefore(now)) {
      database.change(
          connection -> {
            GrantRows.touch(connection, grant.id(), now, expires);
            return grant;
          });
    }
  }

  /** Notes the use of a token that lasts as long as it is used. */
  void extend(String token, AppGrant grant, Instant expires) {
    if (grant.used().plus(USE_STEP).isBefore(clock.instant())) {
      database.change(
          connection -> {
            GrantRows.extendToken(connection, OpaqueTokens.hash(token), expires.toEpochMilli());
            GrantRows.touch(connection, grant.id(), clock.instant(), expires);
            return grant;
          });
    }
  }

  /** Lists what an account allowed and what still holds, the last used first. */
  public List<AppGrant> list(PodId pod) {
    Instant now = clock.instant();
    return database.query(connection -> GrantRows.list(connection, pod)).stream()
        .filter(grant -> grant.expires().isAfter(now))
        .toList();
  }

  /** Ends a grant of an account at once; one that is not there is no fault. */
  public void revoke(PodId pod, String id) {
    if (database
        .query(connection -> GrantRows.find(connection, id))
        .filter(grant -> grant.pod().equals(pod))
        .isPresent()) {
      revoke(id);
    }
  }

  void revoke(String id) {
    database.change(
        connection -> {
          GrantRows.delete(connection, id);
          return id;
        });
    live.invalidate(id);
    listeners.forEach(listener -> listener.accept(id));
  }

  /** Ends everything an account allowed. */
  public void revokeAll(PodId pod) {
    database.query(connection -> GrantRows.list(connection, pod)).stream()
        .map(AppGrant::id)
        .forEach(this::revoke);
  }

  @Override
  @SuppressWarnings("NullAway") // a cache takes null for what is not there
  public boolean isLive(String grantId) {
    // Read inside the cache, so that a grant revoked meanwhile is not remembered after it.
    Instant until = live.get(grantId, id -> expiry(id).orElse(null));
    return until != null && until.isAfter(clock.instant());
  }

  private Optional<Instant> expiry(String grantId) {
    return database.query(connection -> GrantRows.find(connection, grantId)).map(AppGrant::expires);
  }
}
