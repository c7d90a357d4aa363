package tripod.console.session;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a form carries to show that our own page made it for this browser (SEC-53).
 *
 * <p>It is made of the browser's cookie, which no other site can read, and tells nothing about it;
 * so it needs no place on the server and outlives a restart.
 *
 * @param value as it stands in the form
 */
record FormToken(String value) {
  /** Name of the field. */
  static final String FIELD = "form-token";

  private static final String ALGORITHM = "HmacSHA256";
  private static final byte[] PURPOSE = "tripod form token".getBytes(StandardCharsets.UTF_8);

  static FormToken of(String cookie) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(cookie.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return new FormToken(
          Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(PURPOSE)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  boolean matches(String sent) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
  }
}
