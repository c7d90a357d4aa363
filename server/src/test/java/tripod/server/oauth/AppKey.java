package tripod.server.oauth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Date;
import java.util.UUID;

/** The key of an app, and the proofs it makes with it. */
final class AppKey {
  private final ECKey key;
  private String nonce = "";

  AppKey() {
    try {
      key = new ECKeyGenerator(Curve.P_256).generate();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Takes over the nonce that a server sent. */
  void nonce(String sent) {
    nonce = sent;
  }

  String nonce() {
    return nonce;
  }

  String thumbprint() {
    try {
      return key.computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String proof(String method, String url) {
    return proof(method, url, "", nonce);
  }

  String proof(String method, String url, String token) {
    return proof(method, url, token, nonce);
  }

  String proof(String method, String url, String token, String withNonce) {
    var claims =
        new JWTClaimsSet.Builder()
            .claim("htm", method)
            .claim("htu", url)
            .jwtID(UUID.randomUUID().toString())
            .issueTime(new Date());
    if (!token.isEmpty()) {
      claims.claim("ath", hash(token));
    }
    if (!withNonce.isEmpty()) {
      claims.claim("nonce", withNonce);
    }
    var jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(key.toPublicJWK())
                .build(),
            claims.build());
    try {
      jwt.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
    return jwt.serialize();
  }

  /** Returns base64url of SHA-256, as {@code ath} and {@code code_challenge} have it. */
  static String hash(String text) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              MessageDigest.getInstance("SHA-256")
                  .digest(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
