package tripod.identity.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals bytes with AES-256-GCM: one version byte, a nonce of 12 bytes, cipher text and tag. What
 * the bytes are for is bound to them, so that a sealed key cannot be put in another's place.
 */
final class Envelope {
  private static final byte VERSION = 1;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int KEY_BYTES = 32;

  private Envelope() {}

  static byte[] newKey(SecureRandom random) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return key;
  }

  static byte[] seal(byte[] key, String purpose, byte[] content, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, purpose).doFinal(content);
      byte[] whole = new byte[1 + NONCE_BYTES + sealed.length];
      whole[0] = VERSION;
      System.arraycopy(nonce, 0, whole, 1, NONCE_BYTES);
      System.arraycopy(sealed, 0, whole, 1 + NONCE_BYTES, sealed.length);
      return whole;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM must work", e);
    }
  }

  /**
   * Opens an envelope, or throws {@link IllegalStateException}: another key, or another purpose.
   */
  static byte[] open(byte[] key, String purpose, byte[] whole) {
    if (whole.length <= 1 + NONCE_BYTES || whole[0] != VERSION) {
      throw new IllegalStateException("no envelope of version " + VERSION);
    }
    try {
      byte[] nonce = Arrays.copyOfRange(whole, 1, 1 + NONCE_BYTES);
      return cipher(Cipher.DECRYPT_MODE, key, nonce, purpose)
          .doFinal(whole, 1 + NONCE_BYTES, whole.length - 1 - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "a sealed key does not open: is this the master key it was made with?", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, String purpose)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
