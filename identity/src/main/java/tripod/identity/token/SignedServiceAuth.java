package tripod.identity.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tripod.identity.IdentityDatabase;
import tripod.identity.IdentityFailure;
import tripod.identity.did.DidDocument;
import tripod.identity.did.DidResolver;
import tripod.identity.key.DidKey;
import tripod.identity.key.PodKeys;
import tripod.syntax.Did;
import tripod.syntax.Nsid;
import tripod.syntax.PodId;

/** Service tokens signed with repository keys and checked against DID documents. */
public final class SignedServiceAuth implements ServiceAuth {
  private static final Set<String> OTHER_TYPES = Set.of("at+jwt", "refresh+jwt", "dpop+jwt");
  private static final String CREATE_ACCOUNT = "com.atproto.server.createAccount";
  private static final String UPLOAD_BLOB = "com.atproto.repo.uploadBlob";
  private static final Duration LEEWAY = Duration.ofSeconds(60);
  private static final int JTI_BYTES = 16;
  private static final String KEY = "#atproto";
  private static final String LABEL_KEY = "#atproto_label";
  private static final String LABELER = "#atproto_labeler";

  private final PodKeys keys;
  private final DidResolver dids;
  private final InstantSource clock;
  private final SecureRandom random;
  private final UsedTokens used;

  /** Signs with pods' keys, resolves others', and remembers what was used. */
  public SignedServiceAuth(
      PodKeys keys,
      DidResolver dids,
      IdentityDatabase database,
      InstantSource clock,
      SecureRandom random) {
    this.keys = keys;
    this.dids = dids;
    this.clock = clock;
    this.random = random;
    this.used = new UsedTokens(database, clock);
  }

  @Override
  public String mint(PodId pod, Did issuer, String audience, Optional<Nsid> method, Duration life) {
    byte[] jti = new byte[JTI_BYTES];
    random.nextBytes(jti);
    long now = clock.instant().getEpochSecond();
    ObjectNode claims =
        Jws.object()
            .put("iat", now)
            .put("iss", issuer.value())
            .put("aud", audience)
            .put("exp", now + life.toSeconds());
    method.ifPresent(lxm -> claims.put("lxm", lxm.toString()));
    claims.put("jti", HexFormat.of().formatHex(jti));
    String input = Jws.signingInput(Jws.object().put("typ", "JWT").put("alg", "ES256K"), claims);
    return input + "." + Jws.encode(keys.signRepo(pod, input.getBytes(StandardCharsets.US_ASCII)));
  }

  @Override
  public Verified verify(String jwt, Set<String> audiences, Nsid method) {
    Jws token = parsed(jwt);
    checkClaims(token, audiences, method);
    if (token.header().has("kid") && !KEY.equals(token.header().path("kid").textValue())) {
      throw new IdentityFailure.BadToken("BadJwtKeyId: unknown key");
    }
    Did issuer = issuer(token.claim("iss"));
    return verified(token, issuer, KEY, method);
  }

  @Override
  public Verified verifyOfModerator(String jwt, Set<String> audiences, Nsid method, Did moderator) {
    Jws token = parsed(jwt);
    checkClaims(token, audiences, method);
    String said = token.claim("iss");
    // Before there was a kid, a service named its entry behind the issuer.
    boolean isLabeler = said.endsWith(LABELER);
    Did issuer = issuer(isLabeler ? said.substring(0, said.length() - LABELER.length()) : said);
    if (!issuer.equals(moderator)) {
      throw new IdentityFailure.BadToken("BadJwtIss: this is not the host's moderation service");
    }
    JsonNode kid = token.header().path("kid");
    String key = kid.isMissingNode() ? (isLabeler ? LABEL_KEY : KEY) : kid.asText("");
    if (!key.equals(KEY) && !key.equals(LABEL_KEY)) {
      throw new IdentityFailure.BadToken("BadJwtKeyId: unknown key");
    }
    return verified(token, issuer, key, method);
  }

  private static Jws parsed(String jwt) {
    Jws token =
        Jws.parse(jwt)
            .orElseThrow(() -> new IdentityFailure.BadToken("BadJwt: poorly formatted jwt"));
    if (OTHER_TYPES.contains(token.header("typ").toLowerCase(Locale.ROOT))) {
      throw new IdentityFailure.BadToken("BadJwtType: wrong kind of token");
    }
    return token;
  }

  private void checkClaims(Jws token, Set<String> audiences, Nsid method) {
    checkTimes(token, method);
    if (!token.payload().path("aud").isTextual() || !audiences.contains(token.claim("aud"))) {
      throw new IdentityFailure.BadToken("BadJwtAudience: jwt audience does not match service did");
    }
    if (!method.toString().equals(token.payload().path("lxm").textValue())) {
      throw new IdentityFailure.BadToken("BadJwtLexiconMethod: jwt is not good for " + method);
    }
  }

  private static Did issuer(String text) {
    if (!Did.isValid(text)) {
      throw new IdentityFailure.BadToken("BadJwtIss: iss is no DID");
    }
    return new Did(text);
  }

  private Verified verified(Jws token, Did issuer, String key, Nsid method) {
    // SEC-59: the key may have changed since the document was read, once.
    if (!isSignedBy(token, dids.resolve(issuer), key)
        && !isSignedBy(token, dids.refresh(issuer), key)) {
      throw new IdentityFailure.BadToken(
          "BadJwtSignature: jwt signature does not match jwt issuer");
    }
    checkFirst(token, issuer, method);
    return new Verified(issuer, token.claim("aud"));
  }

  /**
   * Returns how long a token may last: 60 s by SEC-59, and longer where somebody is handed a token
   * to use it later: for moving here, and for a service that works on a film before it uploads it.
   */
  private static Duration lifeMax(Nsid method) {
    return switch (method.value()) {
      case CREATE_ACCOUNT, UPLOAD_BLOB -> Duration.ofMinutes(30);
      default -> LIFE;
    };
  }

  private void checkTimes(Jws token, Nsid method) {
    Instant now = clock.instant();
    Instant expires = expires(token);
    if (!expires.isAfter(now)) {
      throw new IdentityFailure.ExpiredToken("JwtExpired: jwt expired");
    }
    if (expires.isAfter(now.plus(lifeMax(method)).plus(LEEWAY))) {
      throw new IdentityFailure.BadToken(
          "BadExpiration: jwt lasts longer than " + lifeMax(method).toSeconds() + " s");
    }
  }

  private static Instant expires(Jws token) {
    return Instant.ofEpochSecond(
        token
            .time("exp")
            .filter(seconds -> seconds >= 0 && seconds < Integer.MAX_VALUE * 4L)
            .orElseThrow(() -> new IdentityFailure.BadToken("BadJwt: no exp")));
  }

  private static boolean isSignedBy(Jws token, Optional<DidDocument> document, String name) {
    Optional<DidKey> key =
        document
            .flatMap(known -> Optional.ofNullable(known.keys().get(name.substring(1))))
            .map(DidKey::parse);
    return key.isPresent()
        && key.get().curve().algorithm().equals(token.header("alg"))
        && key.get().verifyAnyS(token.signed(), token.signature());
  }

  /** The jti is asked of nobody; a token without one is known by its signed part. */
  private void checkFirst(Jws token, Did issuer, Nsid method) {
    String jti = token.claim("jti");
    String id = jti.isEmpty() ? new String(token.signed(), StandardCharsets.US_ASCII) : jti;
    if (!used.isFirst(issuer + " " + id, expires(token).plus(LEEWAY))) {
      throw new IdentityFailure.BadToken("BadJwt: the token was used before, for " + method);
    }
  }
}
