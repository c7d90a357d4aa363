package tripod.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import tripod.identity.IdentityFailure;

/**
 * Checks what a confidential client signs to show that it is itself, once each (SEC-58).
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7523#section-3">RFC 7523, section 3</a>
 */
public final class ClientAssertions {
  private static final Duration LIFE = Duration.ofSeconds(60);
  private static final Duration REMEMBERED = Duration.ofMinutes(5);
  private static final int JTI_CHARS_MAX = 256;

  private final InstantSource clock;
  private final ReplayStore used;

  /** Checks by a clock. */
  public ClientAssertions(InstantSource clock) {
    this.clock = clock;
    this.used = new ReplayStore(clock);
  }

  /**
   * Returns the client that an assertion claims to come from, unchecked, so that its keys can be
   * found.
   */
  public static Optional<String> claimedClient(String assertion) {
    return Jws.parse(assertion).map(jws -> jws.claim("iss")).filter(iss -> !iss.isEmpty());
  }

  /**
   * Checks an assertion.
   *
   * @param clientId who must have made it
   * @param audience the issuer it must be for
   * @param keys the client's keys
   * @return what the client is bound to for as long as its grant lasts: key id, algorithm and
   *     thumbprint of the key
   * @throws IdentityFailure.BadToken if anything is wrong
   */
  public String verify(String assertion, String clientId, String audience, JWKSet keys) {
    Jws jws = Jws.parse(assertion).orElseThrow(() -> bad("the assertion is no JWT"));
    if (!jws.claim("iss").equals(clientId) || !jws.claim("sub").equals(clientId)) {
      throw bad("the assertion is another client's");
    }
    if (!jws.hasAudience(audience)) {
      throw bad("the assertion is for another audience than " + audience);
    }
    Instant now = clock.instant();
    Instant issued = Instant.ofEpochSecond(seconds(jws, "iat"));
    if (Duration.between(issued, now).abs().compareTo(LIFE) > 0 || used.isOlderThanMemory(issued)) {
      throw bad("the assertion is not of now");
    }
    if (jws.payload().has("exp") && seconds(jws, "exp") <= now.getEpochSecond()) {
      throw bad("the assertion has expired");
    }
    String kid = jws.header("kid");
    JWK key = kid.isEmpty() ? null : keys.getKeyByKeyId(kid);
    if (key == null || !Jwks.verifies(key.toPublicJWK(), jws)) {
      throw bad("the assertion is signed by none of the client's keys");
    }
    String jti = jws.claim("jti");
    if (jti.isEmpty() || jti.length() > JTI_CHARS_MAX) {
      throw bad("the assertion has no usable jti");
    }
    if (!used.isFirst(clientId + " " + jti, REMEMBERED)) {
      throw bad("the assertion was used before");
    }
    try {
      return kid + " " + jws.header("alg") + " " + key.computeThumbprint();
    } catch (JOSEException e) {
      throw new IdentityFailure.BadToken("the client's key has no thumbprint", e);
    }
  }

  private static long seconds(Jws jws, String claim) {
    return jws.time(claim)
        .filter(value -> value >= 0 && value < Integer.MAX_VALUE * 4L)
        .orElseThrow(() -> bad("the assertion has no " + claim));
  }

  private static IdentityFailure.BadToken bad(String reason) {
    return new IdentityFailure.BadToken(reason);
  }
}
