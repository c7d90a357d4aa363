package tripod.identity.token;

import java.security.SecureRandom;

/**
 * Texts that mean nothing but themselves: 256 random bits behind a prefix that says what they are.
 * What is stored of one is its hash.
 */
public final class OpaqueTokens {
  /** Longest text that is looked up, in characters. */
  public static final int CHARS_MAX = 512;

  private static final int BYTES = 32;

  private final SecureRandom random;

  /** Makes them from a source of randomness. */
  public OpaqueTokens(SecureRandom random) {
    this.random = random;
  }

  /** Makes one. */
  public String make(String prefix) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return prefix + Jws.encode(bytes);
  }

  /** Returns the hash under which one is stored and looked up: base64url of SHA-256. */
  public static String hash(String text) {
    return Jws.hash(text);
  }
}
