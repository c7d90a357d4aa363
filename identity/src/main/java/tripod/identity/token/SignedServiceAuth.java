package tripod.identity.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
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
  private static final Duration LIFE_MAX = Duration.ofHours(1);
  private static final Duration LEEWAY = Duration.ofSeconds(60);
  private static final int JTI_BYTES = 16;
  private static final String KEY = "#atproto";

  private final PodKeys keys;
  private final DidResolver dids;
  private final InstantSource clock;
  private final SecureRandom random;
  private final ReplayStore used;

  /** Signs with pods' keys and resolves others'. */
  public SignedServiceAuth(
      PodKeys keys, DidResolver dids, InstantSource clock, SecureRandom random) {
    this.keys = keys;
    this.dids = dids;
    this.clock = clock;
    this.random = random;
    this.used = new ReplayStore(clock);
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
    Jws token =
        Jws.parse(jwt)
            .orElseThrow(() -> new IdentityFailure.BadToken("BadJwt: poorly formatted jwt"));
    if (OTHER_TYPES.contains(token.header("typ"))) {
      throw new IdentityFailure.BadToken("BadJwtType: wrong kind of token");
    }
    JsonNode kid = token.header().path("kid");
    if (!kid.isMissingNode() && !KEY.equals(kid.textValue())) {
      throw new IdentityFailure.BadToken("BadJwtKeyId: unknown key");
    }
    checkTimes(token);
    String audience = token.claim("aud");
    if (!token.payload().path("aud").isTextual() || !audiences.contains(audience)) {
      throw new IdentityFailure.BadToken("BadJwtAudience: jwt audience does not match service did");
    }
    if (!method.toString().equals(token.payload().path("lxm").textValue())) {
      throw new IdentityFailure.BadToken("BadJwtLexiconMethod: jwt is not good for " + method);
    }
    String issuer = token.claim("iss");
    if (!Did.isValid(issuer)) {
      throw new IdentityFailure.BadToken("BadJwtIss: iss is no DID");
    }
    Did did = new Did(issuer);
    if (!isSignedBy(token, dids.resolve(did)) && !isSignedBy(token, dids.refresh(did))) {
      throw new IdentityFailure.BadToken(
          "BadJwtSignature: jwt signature does not match jwt issuer");
    }
    checkFirst(token, did);
    return new Verified(did, audience);
  }

  private void checkTimes(Jws token) {
    Instant now = clock.instant();
    Instant expires =
        Instant.ofEpochSecond(
            token
                .time("exp")
                .filter(seconds -> seconds >= 0 && seconds < Integer.MAX_VALUE * 4L)
                .orElseThrow(() -> new IdentityFailure.BadToken("BadJwt: no exp")));
    if (!expires.isAfter(now)) {
      throw new IdentityFailure.ExpiredToken("JwtExpired: jwt expired");
    }
    if (expires.isAfter(now.plus(LIFE_MAX).plus(LEEWAY))) {
      throw new IdentityFailure.BadToken("BadExpiration: jwt lasts too long");
    }
  }

  private static boolean isSignedBy(Jws token, Optional<DidDocument> document) {
    Optional<DidKey> key = document.flatMap(DidDocument::signingKey).map(DidKey::parse);
    return key.isPresent()
        && key.get().curve().algorithm().equals(token.header("alg"))
        && key.get().verifyAnyS(token.signed(), token.signature());
  }

  /** The jti is asked of nobody; a token without one is known by its signature. */
  private void checkFirst(Jws token, Did issuer) {
    String jti = token.claim("jti");
    String id = jti.isEmpty() ? Jws.encode(token.signature()) : jti;
    if (!used.isFirst(issuer + " " + id, LIFE_MAX.plus(LEEWAY))) {
      throw new IdentityFailure.BadToken("BadJwt: the token was used before");
    }
  }
}
