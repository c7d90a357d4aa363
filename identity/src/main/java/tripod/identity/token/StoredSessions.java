package tripod.identity.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tripod.identity.Account;
import tripod.identity.AccountChange;
import tripod.identity.Accounts;
import tripod.identity.IdentityDatabase;
import tripod.identity.IdentityFailure;
import tripod.identity.Secret;
import tripod.syntax.Did;
import tripod.syntax.PodId;

/**
 * Sessions whose refresh tokens are rows and whose access tokens are signed with HS256.
 *
 * <p>An access token names the lineage of the sign-in it came from. The first time it is seen here
 * its signature and its lineage are checked; after that it is found in a cache until it ends, and
 * what ends a lineage removes it at once (SEC-61).
 */
public final class StoredSessions implements Sessions {
  /** How long an access token lasts. */
  public static final Duration ACCESS_LIFE = Duration.ofHours(2);

  /** How long a refresh token lasts. */
  public static final Duration REFRESH_LIFE = Duration.ofDays(90);

  /** How long a refresh token that was used can be used again, with the same outcome. */
  public static final Duration GRACE = Duration.ofHours(2);

  private static final String ACCESS_TYPE = "at+jwt";
  private static final String REFRESH_TYPE = "refresh+jwt";
  private static final String REFRESH_SCOPE = "com.atproto.refresh";
  private static final int ID_BYTES = 32;
  private static final int VERIFIED_MAX = 50_000;

  private final Accounts accounts;
  private final StoredAppPasswords appPasswords;
  private final IdentityDatabase database;
  private final String audience;
  private final Hmac signer;
  private final Hmac successors;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Cache<String, Verified> verified =
      Caffeine.newBuilder().maximumSize(VERIFIED_MAX).build();

  /** Counts what ended sessions, so that a check begun before is not remembered after. */
  private final AtomicLong endings = new AtomicLong();

  private record Verified(Grant grant, String lineage, long expiresMs) {}

  /**
   * Makes sessions.
   *
   * @param serviceDid the audience of the tokens
   * @param signingKey the key of HS256, 32 bytes
   */
  public StoredSessions(
      Accounts accounts,
      StoredAppPasswords appPasswords,
      IdentityDatabase database,
      Did serviceDid,
      Secret signingKey,
      InstantSource clock,
      SecureRandom random) {
    this.accounts = accounts;
    this.appPasswords = appPasswords;
    this.database = database;
    this.audience = serviceDid.value();
    this.signer = new Hmac(signingKey.revealBytes());
    this.successors = new Hmac(new Hmac(signingKey.revealBytes()).of("successors"));
    this.clock = clock;
    this.random = random;
    accounts.onChange(
        change -> {
          if (change instanceof AccountChange.SessionsEnded(Account account)) {
            forget(account.pod());
          }
        });
    appPasswords.onRevoked((pod, name) -> forget(pod));
  }

  @Override
  public Session signIn(String identifier, Secret password, boolean allowTakendown) {
    Optional<Account> named = accounts.byIdentifier(identifier);
    Optional<AppPasswords.Listed> app =
        named.flatMap(account -> appPasswords.find(account.pod(), password));
    if (app.isPresent() && named.isPresent()) {
      requireNotRestricted(named.get());
      Grant.Kind kind = app.get().privileged() ? Grant.Kind.APP_PRIVILEGED : Grant.Kind.APP;
      return open(named.get(), kind, app.get().name());
    }
    Account account = accounts.signIn(identifier, password);
    if (isRestricted(account)) {
      if (!allowTakendown) {
        throw new IdentityFailure.Inactive(account.state());
      }
      return new Session(
          access(account.did(), Grant.Kind.TAKENDOWN, ""),
          refresh(account.did(), newId(), clock.millis()),
          account);
    }
    return open(account, Grant.Kind.FULL, null);
  }

  private static boolean isRestricted(Account account) {
    return account.state() == Account.State.TAKENDOWN || account.state() == Account.State.SUSPENDED;
  }

  private static void requireNotRestricted(Account account) {
    if (isRestricted(account)) {
      throw new IdentityFailure.Inactive(account.state());
    }
  }

  @Override
  public Session open(Account account) {
    return open(account, Grant.Kind.FULL, null);
  }

  private Session open(Account account, Grant.Kind kind, @Nullable String appPassword) {
    String id = newId();
    String lineage = newId().substring(0, 22);
    long now = clock.millis();
    long expires = now + REFRESH_LIFE.toMillis();
    database.change(
        connection -> {
          SessionRows.sweep(connection, account.pod(), now);
          SessionRows.insert(
              connection,
              new SessionRows.Row(
                  Jws.hash(id), account.pod(), lineage, kind, appPassword, expires, null));
          return id;
        });
    return new Session(
        access(account.did(), kind, lineage), refresh(account.did(), id, expires), account);
  }

  @Override
  public Session refresh(String bearer) {
    Jws token = checked(bearer, REFRESH_TYPE);
    if (!token.claim("scope").equals(REFRESH_SCOPE) || token.claim("jti").isEmpty()) {
      throw new IdentityFailure.BadToken("Token could not be verified");
    }
    String id = token.claim("jti");
    String successor = Jws.encode(successors.of(id));
    long now = clock.millis();
    SessionRows.Row next = database.change(connection -> rotate(connection, id, successor, now));
    Account account =
        accounts
            .byPod(next.pod())
            .orElseThrow(() -> new IdentityFailure.BadToken("the account is gone"));
    requireNotRestricted(account);
    return new Session(
        access(account.did(), next.kind(), next.lineage()),
        refresh(account.did(), successor, next.expires()),
        account);
  }

  private static SessionRows.Row rotate(
      java.sql.Connection connection, String id, String successor, long now)
      throws java.sql.SQLException {
    SessionRows.Row row =
        SessionRows.read(connection, Jws.hash(id))
            .filter(there -> there.expires() > now)
            .orElseThrow(() -> new IdentityFailure.ExpiredToken("Token has been revoked"));
    String nextId = Jws.hash(successor);
    Optional<SessionRows.Row> there = SessionRows.read(connection, nextId);
    if (there.isPresent()) {
      return there.get();
    }
    if (row.next() != null) {
      // Its successor has ended since; this one ends with it.
      throw new IdentityFailure.ExpiredToken("Token has been revoked");
    }
    SessionRows.Row next =
        new SessionRows.Row(
            nextId,
            row.pod(),
            row.lineage(),
            row.kind(),
            row.appPassword(),
            now + REFRESH_LIFE.toMillis(),
            null);
    SessionRows.succeed(
        connection, row.id(), Math.min(row.expires(), now + GRACE.toMillis()), nextId);
    SessionRows.insert(connection, next);
    return next;
  }

  @Override
  public void end(String refreshBearer) {
    Jws token =
        Jws.parse(refreshBearer)
            .filter(jws -> isOurs(jws, REFRESH_TYPE))
            .orElseThrow(() -> new IdentityFailure.BadToken("Token could not be verified"));
    String id = Jws.hash(token.claim("jti"));
    Optional<SessionRows.Row> row =
        database.change(
            connection -> {
              Optional<SessionRows.Row> there = SessionRows.read(connection, id);
              if (there.isPresent()) {
                SessionRows.deleteLineage(connection, there.get().lineage());
              }
              return there;
            });
    endings.incrementAndGet();
    row.ifPresent(
        gone -> verified.asMap().values().removeIf(v -> v.lineage().equals(gone.lineage())));
  }

  @Override
  public List<Listed> list(PodId pod) {
    long now = clock.millis();
    return database.query(connection -> SessionRows.latest(connection, pod)).stream()
        .filter(row -> row.expires() > now)
        .map(
            row ->
                new Listed(
                    row.lineage(),
                    row.kind(),
                    Optional.ofNullable(row.appPassword()),
                    Instant.ofEpochMilli(row.expires()).minus(REFRESH_LIFE)))
        .toList();
  }

  @Override
  public void end(PodId pod, String lineage) {
    database.change(
        connection -> {
          boolean theirs =
              SessionRows.latest(connection, pod).stream()
                  .anyMatch(row -> row.lineage().equals(lineage));
          if (theirs) {
            SessionRows.deleteLineage(connection, lineage);
          }
          return lineage;
        });
    endings.incrementAndGet();
    verified
        .asMap()
        .values()
        .removeIf(one -> one.lineage().equals(lineage) && one.grant().pod().equals(pod));
  }

  @Override
  public void endAll(PodId pod) {
    database.change(
        connection -> {
          SessionRows.deletePod(connection, pod);
          return pod;
        });
    forget(pod);
  }

  private void forget(PodId pod) {
    endings.incrementAndGet();
    verified.asMap().values().removeIf(v -> v.grant().pod().equals(pod));
  }

  @Override
  public Grant verifyAccess(String bearer) {
    if (bearer.length() > Jws.CHARS_MAX) {
      throw new IdentityFailure.BadToken("Token could not be verified");
    }
    Verified known = verified.getIfPresent(bearer);
    if (known == null) {
      long before = endings.get();
      known = check(bearer);
      if (endings.get() == before) {
        verified.put(bearer, known);
      }
    } else if (known.expiresMs() <= clock.millis()) {
      verified.invalidate(bearer);
      throw new IdentityFailure.ExpiredToken("Token has expired");
    }
    if (accounts.byPod(known.grant().pod()).isEmpty()) {
      throw new IdentityFailure.BadToken("the account is gone");
    }
    return known.grant();
  }

  private Verified check(String bearer) {
    Jws token = checked(bearer, ACCESS_TYPE);
    Grant.Kind kind =
        switch (token.claim("scope")) {
          case "com.atproto.access" -> Grant.Kind.FULL;
          case "com.atproto.appPass" -> Grant.Kind.APP;
          case "com.atproto.appPassPrivileged" -> Grant.Kind.APP_PRIVILEGED;
          case "com.atproto.takendown" -> Grant.Kind.TAKENDOWN;
          default -> throw new IdentityFailure.BadToken("Bad token scope");
        };
    String lineage = token.claim("sid");
    if (kind != Grant.Kind.TAKENDOWN
        && !database.query(connection -> SessionRows.hasLineage(connection, lineage))) {
      throw new IdentityFailure.ExpiredToken("Token has been revoked");
    }
    String subject = token.claim("sub");
    Account account =
        Optional.of(subject)
            .filter(Did::isValid)
            .flatMap(did -> accounts.byDid(new Did(did)))
            .orElseThrow(() -> new IdentityFailure.BadToken("the account is gone"));
    long expires = token.time("exp").orElse(0L) * 1000;
    Grant grant =
        new Grant(
            account.pod(),
            account.did(),
            kind,
            Set.of(token.claim("scope")),
            Optional.empty(),
            Instant.ofEpochMilli(expires));
    return new Verified(grant, lineage, expires);
  }

  private Jws checked(String bearer, String type) {
    Jws token =
        Jws.parse(bearer)
            .filter(jws -> isOurs(jws, type))
            .orElseThrow(() -> new IdentityFailure.BadToken("Token could not be verified"));
    if (token.time("exp").orElse(0L) * 1000 <= clock.millis()) {
      throw new IdentityFailure.ExpiredToken("Token has expired");
    }
    return token;
  }

  private boolean isOurs(Jws jws, String type) {
    return jws.header("typ").equals(type)
        && jws.header("alg").equals("HS256")
        && MessageDigest.isEqual(signer.of(jws.signed()), jws.signature())
        && jws.hasAudience(audience)
        && !jws.payload().has("lxm")
        && !jws.payload().has("cnf");
  }

  private String access(Did did, Grant.Kind kind, String lineage) {
    String scope =
        switch (kind) {
          case FULL -> "com.atproto.access";
          case APP -> "com.atproto.appPass";
          case APP_PRIVILEGED -> "com.atproto.appPassPrivileged";
          case TAKENDOWN -> "com.atproto.takendown";
          case OAUTH -> throw new IllegalArgumentException("OAuth has tokens of its own");
        };
    ObjectNode claims = claims(did, scope, clock.millis() + ACCESS_LIFE.toMillis());
    claims.put("sid", lineage);
    return signed(ACCESS_TYPE, claims);
  }

  private String refresh(Did did, String id, long expiresMs) {
    return signed(REFRESH_TYPE, claims(did, REFRESH_SCOPE, expiresMs).put("jti", id));
  }

  private ObjectNode claims(Did did, String scope, long expiresMs) {
    return Jws.object()
        .put("scope", scope)
        .put("sub", did.value())
        .put("aud", audience)
        .put("iat", clock.millis() / 1000)
        .put("exp", expiresMs / 1000);
  }

  private String signed(String type, ObjectNode claims) {
    String input = Jws.signingInput(Jws.object().put("typ", type).put("alg", "HS256"), claims);
    return input + "." + Jws.encode(signer.of(input));
  }

  private String newId() {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return Jws.encode(id);
  }
}
