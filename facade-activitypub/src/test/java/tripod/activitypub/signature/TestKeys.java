package tripod.activitypub.signature;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;

/** Keys for tests, made once a run, since RSA keys take their time. */
public final class TestKeys {
  private static final KeyPair RSA = make("RSA", 2048);
  private static final KeyPair OTHER_RSA = make("RSA", 2048);
  private static final KeyPair ED25519 = make("Ed25519", 255);

  private TestKeys() {}

  /** Returns an RSA key of 2048 bits. */
  public static KeyPair rsa() {
    return RSA;
  }

  /** Returns another one. */
  public static KeyPair otherRsa() {
    return OTHER_RSA;
  }

  /** Returns an Ed25519 key. */
  public static KeyPair ed25519() {
    return ED25519;
  }

  /** Makes a key. */
  public static KeyPair make(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes a public key as PEM. */
  public static String pem(PublicKey key) {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  /** Writes an Ed25519 public key as a Multikey. */
  public static String multibase(PublicKey key) {
    byte[] spki = key.getEncoded();
    byte[] raw = Arrays.copyOfRange(spki, spki.length - 32, spki.length);
    byte[] bytes = new byte[34];
    bytes[0] = (byte) 0xed;
    bytes[1] = 0x01;
    System.arraycopy(raw, 0, bytes, 2, 32);
    return "z" + Base58.encode(bytes);
  }
}
