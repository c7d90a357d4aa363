package tripod.identity.key;

import java.util.Arrays;

/**
 * A public key in the form {@code did:key:z…} or of a Multikey.
 *
 * @param curve which curve
 * @param point the compressed point, 33 bytes
 * @see <a href="https://w3c-ccg.github.io/did-method-key/">did:key</a>
 */
public record DidKey(Curve curve, byte[] point) {
  private static final String DID_KEY = "did:key:";
  private static final int POINT_BYTES = 33;
  private static final int PREFIX_BYTES = 2;
  private static final byte[] ED25519_PREFIX = {(byte) 0xed, 0x01};

  /**
   * Takes any encoding of a point and keeps the compressed one.
   *
   * @throws IllegalArgumentException if it is no point of the curve
   */
  public DidKey {
    point = curve.compress(point);
  }

  /** Makes the public key of a secp256k1 private key. */
  public static DidKey ofSecp256k1(byte[] privateKey) {
    return new DidKey(Curve.K256, Secp256k1.publicKey(privateKey));
  }

  /**
   * Reads {@code did:key:z…} with a P-256 or secp256k1 key.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static DidKey parse(String text) {
    if (!text.startsWith(DID_KEY)) {
      throw new IllegalArgumentException("expected did:key");
    }
    return parseMultikey(text.substring(DID_KEY.length()));
  }

  /**
   * Reads a Multikey, {@code z…}, with a P-256 or secp256k1 key.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  public static DidKey parseMultikey(String text) {
    if (!text.startsWith("z")) {
      throw new IllegalArgumentException("expected base58 with a leading z");
    }
    byte[] bytes = Base58.decode(text.substring(1));
    for (Curve curve : Curve.values()) {
      byte[] prefix = curve.prefix();
      if (bytes.length == PREFIX_BYTES + POINT_BYTES
          && bytes[0] == prefix[0]
          && bytes[1] == prefix[1]) {
        return new DidKey(curve, Arrays.copyOfRange(bytes, PREFIX_BYTES, bytes.length));
      }
    }
    throw new IllegalArgumentException("expected a compressed P-256 or secp256k1 key");
  }

  /**
   * Reads the base58 of a bare point, as old verification methods have it.
   *
   * @throws IllegalArgumentException if it is no point of the curve
   */
  public static DidKey parsePoint(Curve curve, String text) {
    if (!text.startsWith("z")) {
      throw new IllegalArgumentException("expected base58 with a leading z");
    }
    return new DidKey(curve, Base58.decode(text.substring(1)));
  }

  /** Says whether a text is the {@code did:key} of any key whatever, as a directory asks. */
  public static boolean isDidKey(String text) {
    if (!text.startsWith(DID_KEY + "z")) {
      return false;
    }
    try {
      return Base58.decode(text.substring(DID_KEY.length() + 1)).length > PREFIX_BYTES;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Writes an Ed25519 public key of 32 bytes as a Multikey, {@code z6Mk…}. */
  public static String ed25519Multikey(byte[] publicKey) {
    byte[] bytes = new byte[PREFIX_BYTES + publicKey.length];
    System.arraycopy(ED25519_PREFIX, 0, bytes, 0, PREFIX_BYTES);
    System.arraycopy(publicKey, 0, bytes, PREFIX_BYTES, publicKey.length);
    return "z" + Base58.encode(bytes);
  }

  /** Returns the Multikey, {@code zQ3s…} or {@code zDna…}. */
  public String multikey() {
    byte[] bytes = Arrays.copyOf(curve.prefix(), PREFIX_BYTES + POINT_BYTES);
    System.arraycopy(point, 0, bytes, PREFIX_BYTES, POINT_BYTES);
    return "z" + Base58.encode(bytes);
  }

  /** Verifies 64 bytes r and s, low-S alone, over the SHA-256 of a message. */
  public boolean verify(byte[] message, byte[] signature) {
    return curve.isLowS(signature) && verifyAnyS(message, signature);
  }

  /**
   * Verifies a signature with either value of s, as in a JWT: the rule of low s is that of
   * repositories and directories.
   */
  public boolean verifyAnyS(byte[] message, byte[] signature) {
    if (signature.length != Curve.SIGNATURE_BYTES) {
      return false;
    }
    byte[] digest = Secp256k1.sha256(message);
    return switch (curve) {
      case K256 -> Secp256k1.verifyDigest(point, digest, signature);
      case P256 -> Curve.P256.verify(point, digest, signature);
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DidKey key && curve == key.curve && Arrays.equals(point, key.point);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(point);
  }

  /** Returns {@code did:key:z…}. */
  @Override
  public String toString() {
    return DID_KEY + multikey();
  }
}
