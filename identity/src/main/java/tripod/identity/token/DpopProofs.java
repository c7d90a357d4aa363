package tripod.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import java.net.URI;
import java.security.MessageDigest;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tripod.identity.IdentityFailure;
import tripod.identity.Secret;

/** Checks proofs by RFC 9449 section 4.3, in its order, and remembers each (SEC-57). */
public final class DpopProofs implements Dpop {
  private static final int PROOF_CHARS_MAX = 8 * 1024;
  private static final int JTI_CHARS_MAX = 256;
  private static final Duration WINDOW = Duration.ofSeconds(60);
  private static final Duration REMEMBERED = Duration.ofMinutes(5);
  private static final Duration NONCE_STEP = Duration.ofSeconds(60);
  private static final Set<String> PRIVATE_MEMBERS =
      Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");

  private final InstantSource clock;
  private final ReplayStore used;
  private final Hmac nonces;

  /** Checks by a clock; nonces are made with a key. */
  public DpopProofs(InstantSource clock, Secret nonceKey) {
    this.clock = clock;
    this.used = new ReplayStore(clock);
    this.nonces = new Hmac(nonceKey.revealBytes());
  }

  @Override
  public String verify(
      List<String> proofs, String method, String url, Optional<String> accessToken) {
    return verify(proofs, method, url, accessToken, true);
  }

  @Override
  public String verifyOfSolidClient(
      List<String> proofs, String method, String url, String accessToken) {
    return verify(proofs, method, url, Optional.of(accessToken), false);
  }

  @Override
  public Outcome verifyWithNonce(
      List<String> proofs, String method, String url, Optional<String> accessToken) {
    Checked checked = check(proofs, method, url, accessToken, true);
    return isOurNonce(checked.proof().claim("nonce"))
        ? new Outcome.Proved(remember(checked))
        : new Outcome.StaleNonce();
  }

  private String verify(
      List<String> proofs,
      String method,
      String url,
      Optional<String> accessToken,
      boolean needsHash) {
    return remember(check(proofs, method, url, accessToken, needsHash));
  }

  private record Checked(Jws proof, JWK key) {}

  private Checked check(
      List<String> proofs,
      String method,
      String url,
      Optional<String> accessToken,
      boolean needsHash) {
    if (proofs.size() != 1 || proofs.getFirst().length() > PROOF_CHARS_MAX) {
      throw bad("expected one DPoP proof");
    }
    Jws proof = Jws.parse(proofs.getFirst()).orElseThrow(() -> bad("the proof is no JWT"));
    if (!proof.header("typ").equals("dpop+jwt")) {
      throw bad("the proof has another typ than dpop+jwt");
    }
    JWK key = key(proof);
    if (!Jwks.verifies(key, proof)) {
      throw bad("the proof's signature does not verify");
    }
    if (!proof.claim("htm").equals(method)) {
      throw bad("the proof is for another method");
    }
    if (!normal(proof.claim("htu")).equals(normal(url))) {
      throw bad("the proof is for another URL");
    }
    checkTime(proof);
    if (needsHash || !proof.claim("ath").isEmpty()) {
      checkHash(proof, accessToken);
    }
    return new Checked(proof, key);
  }

  private static JWK key(Jws proof) {
    var json = proof.header().path("jwk");
    if (!json.isObject() || PRIVATE_MEMBERS.stream().anyMatch(json::has)) {
      throw bad("the proof holds no public key");
    }
    try {
      return JWK.parse(json.toString());
    } catch (ParseException | IllegalArgumentException e) {
      throw new IdentityFailure.BadToken("the proof's key does not read", e);
    }
  }

  private void checkTime(Jws proof) {
    long issued =
        proof
            .time("iat")
            .filter(seconds -> seconds >= 0 && seconds < Integer.MAX_VALUE * 4L)
            .orElseThrow(() -> bad("the proof has no iat"));
    Instant at = Instant.ofEpochSecond(issued);
    if (Duration.between(at, clock.instant()).abs().compareTo(WINDOW) > 0
        || used.isOlderThanMemory(at)) {
      throw bad("the proof is not of now");
    }
  }

  private static void checkHash(Jws proof, Optional<String> accessToken) {
    String ath = proof.claim("ath");
    if (accessToken.isEmpty()) {
      if (!ath.isEmpty()) {
        throw bad("the proof is for a token that did not come");
      }
      return;
    }
    byte[] expected = Jws.hash(accessToken.get()).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected, ath.getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
      throw bad("the proof is for another token");
    }
  }

  private String remember(Checked checked) {
    String jti = checked.proof().claim("jti");
    if (jti.isEmpty() || jti.length() > JTI_CHARS_MAX) {
      throw bad("the proof has no usable jti");
    }
    String thumbprint;
    try {
      thumbprint = checked.key().computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IdentityFailure.BadToken("the proof's key has no thumbprint", e);
    }
    if (!used.isFirst(thumbprint + " " + jti, REMEMBERED)) {
      throw bad("the proof was used before");
    }
    return thumbprint;
  }

  /** RFC 9449 section 4.3: compared after syntax- and scheme-based normalization. */
  private static String normal(String url) {
    try {
      URI uri = URI.create(url);
      if (uri.getScheme() == null || uri.getHost() == null) {
        return "";
      }
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      int own = scheme.equals("https") ? 443 : 80;
      String port = uri.getPort() < 0 || uri.getPort() == own ? "" : ":" + uri.getPort();
      String path = uri.normalize().getRawPath();
      return scheme
          + "://"
          + uri.getHost().toLowerCase(Locale.ROOT)
          + port
          + (path == null || path.isEmpty() ? "/" : escapes(path));
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** RFC 3986 section 6.2.2: hex digits in upper case, and no escape for what needs none. */
  private static String escapes(String path) {
    if (path.indexOf('%') < 0) {
      return path;
    }
    var text = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c != '%' || i + 2 >= path.length()) {
        text.append(c);
        continue;
      }
      int code =
          Character.digit(path.charAt(i + 1), 16) * 16 + Character.digit(path.charAt(i + 2), 16);
      boolean plain =
          (code >= 'a' && code <= 'z')
              || (code >= 'A' && code <= 'Z')
              || (code >= '0' && code <= '9')
              || (code > 0 && "-._~".indexOf(code) >= 0);
      if (plain) {
        text.append((char) code);
      } else {
        text.append(path.substring(i, i + 3).toUpperCase(Locale.ROOT));
      }
      i += 2;
    }
    return text.toString();
  }

  @Override
  public String nonce() {
    return nonceOf(clock.millis() / NONCE_STEP.toMillis());
  }

  private String nonceOf(long step) {
    return Jws.encode(nonces.of("nonce " + step));
  }

  /** The one before, the current and the next are good, so that one lives for three minutes. */
  private boolean isOurNonce(String nonce) {
    long step = clock.millis() / NONCE_STEP.toMillis();
    return nonce.equals(nonceOf(step))
        || nonce.equals(nonceOf(step - 1))
        || nonce.equals(nonceOf(step + 1));
  }

  private static IdentityFailure.BadToken bad(String reason) {
    return new IdentityFailure.BadToken(reason);
  }
}
