package tripod.identity.key;

import fr.acinq.secp256k1.Secp256k1Exception;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signing and verifying on secp256k1: by the native library where there is one, else by
 * BouncyCastle. Both give the same bytes (RFC 6979, low-S).
 */
public final class Secp256k1 {
  private static final Logger LOG = LoggerFactory.getLogger(Secp256k1.class);
  private static final Optional<fr.acinq.secp256k1.Secp256k1> NATIVE = load();
  private static final int PRIVATE_KEY_BYTES = 32;

  private Secp256k1() {}

  @SuppressWarnings("CatchAndPrintStackTrace")
  private static Optional<fr.acinq.secp256k1.Secp256k1> load() {
    try {
      return Optional.of(fr.acinq.secp256k1.Secp256k1.get());
    } catch (LinkageError | IllegalStateException e) {
      LOG.warn("no native secp256k1 here ({}); signatures cost five times as much", e.toString());
      return Optional.empty();
    }
  }

  /** Says whether the native library is in use. */
  public static boolean isNative() {
    return NATIVE.isPresent();
  }

  /** Makes a private key of 32 bytes. */
  public static byte[] generate(SecureRandom random) {
    byte[] key = new byte[PRIVATE_KEY_BYTES];
    do {
      random.nextBytes(key);
    } while (!Curve.K256.isPrivateKey(key));
    return key;
  }

  /** Returns the compressed public key, 33 bytes. */
  public static byte[] publicKey(byte[] privateKey) {
    return NATIVE.isPresent()
        ? NATIVE.get().pubKeyCompress(NATIVE.get().pubkeyCreate(privateKey))
        : Curve.K256.publicKey(privateKey);
  }

  /** Signs the SHA-256 of a message: 64 bytes r and s, low-S. */
  public static byte[] sign(byte[] privateKey, byte[] message) {
    byte[] digest = sha256(message);
    return NATIVE.isPresent()
        ? NATIVE.get().sign(digest, privateKey, null)
        : Curve.K256.sign(privateKey, digest);
  }

  /** Verifies a signature with low s over the SHA-256 of a message. */
  public static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
    return Curve.K256.isLowS(signature) && verifyDigest(publicKey, sha256(message), signature);
  }

  static boolean verifyDigest(byte[] publicKey, byte[] digest, byte[] signature) {
    if (NATIVE.isEmpty()) {
      return Curve.K256.verify(publicKey, digest, signature);
    }
    try {
      byte[] low = NATIVE.get().signatureNormalize(signature).getFirst();
      return NATIVE.get().verify(low, digest, publicKey);
    } catch (Secp256k1Exception e) {
      return false;
    }
  }

  static byte[] sha256(byte[] message) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }
}
