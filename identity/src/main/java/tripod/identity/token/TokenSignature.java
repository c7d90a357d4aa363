package tripod.identity.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import tripod.identity.key.Curve;

/** Signs tokens of our own with ES256. */
final class TokenSignature {
  private TokenSignature() {}

  static byte[] es256(byte[] privateKey, String signingInput) {
    try {
      return Curve.P256.sign(
          privateKey,
          MessageDigest.getInstance("SHA-256")
              .digest(signingInput.getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }
}
