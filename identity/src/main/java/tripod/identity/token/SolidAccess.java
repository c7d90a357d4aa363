package tripod.identity.token;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.ECKey;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tripod.identity.Account;
import tripod.identity.AccountChange;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.IdentityFailure;
import tripod.identity.access.Agent;
import tripod.identity.http.OutboundHttp;
import tripod.identity.key.HostKeys;
import tripod.syntax.Did;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;
import tripod.syntax.WebId;

/**
 * Access tokens in the form that Solid servers accept from one another (solid.md 3.2 O6, 3.3).
 *
 * <p>A token that was checked is found by its hash until it ends; the proof is checked every time.
 */
public final class SolidAccess implements SolidTokens {
  /** How long a token of ours lasts. */
  public static final Duration LIFE = Duration.ofMinutes(15);

  private static final Duration LEEWAY = Duration.ofSeconds(60);
  private static final Duration REMEMBERED_MAX = Duration.ofMinutes(5);
  private static final int VERIFIED_MAX = 20_000;
  private static final int JTI_BYTES = 16;
  private static final String AUDIENCE = "solid";
  private static final String GRANT = "sid";

  private final Accounts accounts;
  private final Dpop dpop;
  private final LiveGrants grants;
  private final String issuer;
  private final ECKey key;
  private final byte[] privateKey;
  private final Issuers issuers;
  private final WebIdIssuers webIds;
  private final InstantSource clock;
  private final SecureRandom random;
  private final Cache<ByteBuffer, Checked> checked =
      Caffeine.newBuilder().maximumSize(VERIFIED_MAX).build();

  private record Checked(
      Agent agent, String thumbprint, Standing standing, Instant expires, Instant recheck) {}

  /**
   * What a check of tokens from elsewhere needs.
   *
   * @param http the way out
   * @param local who lives here
   * @param reader how a WebID document is read
   */
  public record Outside(OutboundHttp http, LocalWebIds local, ProfileReader reader) {}

  /**
   * What tokens are checked with here.
   *
   * @param dpop checks proofs
   * @param keys signs ours
   * @param grants says which apps may still come
   */
  public record Inside(Dpop dpop, HostKeys keys, LiveGrants grants) {}

  /** Issues for a host and checks for everybody. */
  public SolidAccess(
      IdentityConfig config,
      Accounts accounts,
      Inside inside,
      Outside outside,
      InstantSource clock,
      SecureRandom random) {
    this.accounts = accounts;
    this.dpop = inside.dpop();
    this.grants = inside.grants();
    this.issuer = config.origin().toString();
    this.key = inside.keys().tokenKey();
    this.privateKey = inside.keys().tokenKey().getD().decode();
    this.issuers = new Issuers(outside.http(), clock);
    this.webIds = new WebIdIssuers(outside.http(), outside.local(), outside.reader(), clock);
    this.clock = clock;
    this.random = random;
  }

  @Override
  public String issue(PodId pod, String clientId, String thumbprint, Optional<String> grantId) {
    ObjectNode claims = claims(pod, clientId, thumbprint, AUDIENCE).put("scope", "webid");
    grantId.ifPresent(id -> claims.put(GRANT, id));
    return signed("at+jwt", claims);
  }

  @Override
  public String idToken(
      PodId pod, String clientId, String thumbprint, String grantId, Optional<String> nonce) {
    ObjectNode claims = claims(pod, clientId, thumbprint, clientId, AUDIENCE).put(GRANT, grantId);
    nonce.ifPresent(text -> claims.put("nonce", text));
    return signed("JWT", claims);
  }

  private ObjectNode claims(PodId pod, String clientId, String thumbprint, String... audiences) {
    PodNames names = accounts.names(pod);
    byte[] jti = new byte[JTI_BYTES];
    random.nextBytes(jti);
    long now = clock.instant().getEpochSecond();
    ObjectNode claims =
        Jws.object()
            .put("webid", names.webId().value())
            .put("iss", issuer)
            .put("sub", names.did().value());
    var aud = claims.putArray("aud");
    for (String audience : audiences) {
      aud.add(audience);
    }
    claims.put("client_id", clientId).put("azp", clientId);
    claims.putObject("cnf").put("jkt", thumbprint);
    return claims.put("iat", now).put("exp", now + LIFE.toSeconds()).put("jti", Jws.encode(jti));
  }

  private String signed(String type, ObjectNode claims) {
    ObjectNode header =
        Jws.object().put("typ", type).put("alg", "ES256").put("kid", key.getKeyID());
    String input = Jws.signingInput(header, claims);
    return input + "." + Jws.encode(TokenSignature.es256(privateKey, input));
  }

  @Override
  public Answer verify(
      @Nullable String authorization, List<String> proofs, String method, String url) {
    if (authorization == null) {
      return new Answer.Anonymous();
    }
    int space = authorization.indexOf(' ');
    String scheme = space < 0 ? "" : authorization.substring(0, space).toLowerCase(Locale.ROOT);
    String token = authorization.substring(space + 1).strip();
    try {
      if (!scheme.equals("dpop")) {
        throw new IdentityFailure.BadToken("expected a token bound to a key by DPoP");
      }
      Checked known = known(token);
      String thumbprint = dpop.verifyOfSolidClient(proofs, method, url, token);
      if (!thumbprint.equals(known.thumbprint())) {
        throw new IdentityFailure.BadToken("the proof is of another key than the token");
      }
      return new Answer.Known(known.agent(), known.standing());
    } catch (IdentityFailure.BadToken | IdentityFailure.ExpiredToken e) {
      String reason = String.valueOf(e.getMessage());
      return new Answer.Refused(reason, challenge() + ", error=\"invalid_token\"");
    }
  }

  private Checked known(String token) {
    if (token.length() > Jws.CHARS_MAX) {
      throw new IdentityFailure.BadToken("the token is too long");
    }
    Instant now = clock.instant();
    ByteBuffer hash = ByteBuffer.wrap(Jws.sha256(token));
    Checked known = checked.getIfPresent(hash);
    if (known == null || !known.recheck().isAfter(now)) {
      known = check(token, now);
      checked.put(hash, known);
    }
    if (!known.expires().plus(LEEWAY).isAfter(now)) {
      throw new IdentityFailure.ExpiredToken("the token has expired");
    }
    if (!holds(known.standing().ofAccount())) {
      throw new IdentityFailure.BadToken("the account is not active");
    }
    if (!holds(known.standing())) {
      throw new IdentityFailure.BadToken("the app's access was revoked");
    }
    return known;
  }

  @Override
  public boolean holds(Standing standing) {
    return standing
            .pod()
            .map(pod -> accounts.byPod(pod).filter(Account::isActive).isPresent())
            .orElse(true)
        && standing.grant().map(grants::isLive).orElse(true);
  }

  @Override
  public void onEnding(Runnable listener) {
    grants.onRevoked(id -> listener.run());
    accounts.onChange(
        change -> {
          switch (change) {
            case AccountChange.StateChanged changed -> listener.run();
            case AccountChange.SessionsEnded ended -> listener.run();
            case AccountChange.Deleted deleted -> listener.run();
            case AccountChange.Created created -> {}
            case AccountChange.HandleChanged changed -> {}
            case AccountChange.KeyChanged changed -> {}
          }
        });
  }

  private Checked check(String text, Instant now) {
    Jws token =
        Jws.parse(text).orElseThrow(() -> new IdentityFailure.BadToken("the token is no JWT"));
    String from = token.claim("iss");
    String thumbprint = token.payload().path("cnf").path("jkt").asText("");
    long expires = token.time("exp").orElse(0L);
    if (expires + LEEWAY.toSeconds() <= now.getEpochSecond()) {
      throw new IdentityFailure.ExpiredToken("the token has expired");
    }
    if (token.time("iat").orElse(0L) > now.plus(LEEWAY).getEpochSecond()) {
      throw new IdentityFailure.BadToken("the token is from the future");
    }
    if (!token.hasAudience(AUDIENCE) || thumbprint.isEmpty()) {
      throw new IdentityFailure.BadToken("the token is not for Solid or not bound to a key");
    }
    if (!WebId.isValid(token.claim("webid"))) {
      throw new IdentityFailure.BadToken("the token names no WebID");
    }
    boolean ours = Webs.sameIssuer(from, issuer);
    boolean signed =
        ours
            ? token.header("kid").equals(key.getKeyID()) && Jwks.verifies(key.toPublicJWK(), token)
            : issuers.signed(from, token);
    if (!signed) {
      throw new IdentityFailure.BadToken("the token's signature does not verify");
    }
    return ours ? ofOurs(token, thumbprint, now) : ofOthers(token, from, thumbprint, now);
  }

  private Checked ofOurs(Jws token, String thumbprint, Instant now) {
    Account account =
        Optional.of(token.claim("sub"))
            .filter(Did::isValid)
            .flatMap(did -> accounts.byDid(new Did(did)))
            .orElseThrow(() -> new IdentityFailure.BadToken("the account is gone"));
    PodNames names = accounts.names(account);
    if (!names.webId().value().equals(token.claim("webid"))) {
      throw new IdentityFailure.BadToken("the token names another WebID than the account has");
    }
    return checked(token, Agent.owner(names), thumbprint, Optional.of(account.pod()), now);
  }

  private Checked ofOthers(Jws token, String from, String thumbprint, Instant now) {
    WebId webId = new WebId(token.claim("webid"));
    if (!webIds.trusts(webId, from)) {
      throw new IdentityFailure.BadToken("the WebID does not list the token's issuer");
    }
    return checked(token, Agent.of(webId), thumbprint, Optional.empty(), now);
  }

  private static Checked checked(
      Jws token, Agent agent, String thumbprint, Optional<PodId> pod, Instant now) {
    String client =
        token.claim("client_id").isEmpty() ? token.claim("azp") : token.claim("client_id");
    return new Checked(
        client.isEmpty() ? agent : agent.withClient(client),
        thumbprint,
        new Standing(pod, pod.map(ours -> token.claim(GRANT)).filter(id -> !id.isEmpty())),
        Instant.ofEpochSecond(token.time("exp").orElseThrow()),
        now.plus(REMEMBERED_MAX));
  }

  @Override
  public String challenge() {
    return "DPoP algs=\""
        + String.join(" ", Jwks.ALGORITHMS.stream().sorted().toList())
        + "\", as_uri=\""
        + issuer
        + "\"";
  }
}
