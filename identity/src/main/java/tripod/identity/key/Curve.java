package tripod.identity.key;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;

/**
 * The two curves of the AT Protocol, by BouncyCastle's lightweight classes.
 *
 * @see <a href="https://atproto.com/specs/cryptography">AT Protocol: cryptography</a>
 */
@SuppressWarnings("ImmutableEnumChecker") // neither is ever changed or handed out
public enum Curve {
  /** NIST P-256, ES256. */
  P256("P-256", "ES256", 0x80, 0x24),
  /** secp256k1, ES256K. */
  K256("secp256k1", "ES256K", 0xe7, 0x01);

  /** Length of a signature in bytes: r and s. */
  public static final int SIGNATURE_BYTES = 64;

  private static final int SCALAR_BYTES = 32;

  private final String algorithm;
  private final byte[] prefix;
  private final ECDomainParameters domain;
  private final BigInteger halfOrder;

  Curve(String name, String algorithm, int prefix0, int prefix1) {
    this.algorithm = algorithm;
    this.prefix = new byte[] {(byte) prefix0, (byte) prefix1};
    X9ECParameters parameters = CustomNamedCurves.getByName(name);
    this.domain = new ECDomainParameters(parameters);
    this.halfOrder = parameters.getN().shiftRight(1);
  }

  /** Returns the name of the signature algorithm in JOSE. */
  public String algorithm() {
    return algorithm;
  }

  byte[] prefix() {
    return prefix.clone();
  }

  /** Returns the compressed form of a point, or throws {@link IllegalArgumentException}. */
  byte[] compress(byte[] point) {
    return domain.validatePublicPoint(domain.getCurve().decodePoint(point)).getEncoded(true);
  }

  byte[] publicKey(byte[] privateKey) {
    return domain.getG().multiply(scalar(privateKey)).normalize().getEncoded(true);
  }

  private BigInteger scalar(byte[] privateKey) {
    return domain.validatePrivateScalar(new BigInteger(1, privateKey));
  }

  boolean isPrivateKey(byte[] bytes) {
    BigInteger value = new BigInteger(1, bytes);
    return bytes.length == SCALAR_BYTES && value.signum() > 0 && value.compareTo(domain.getN()) < 0;
  }

  /** Signs a digest with the nonce of RFC 6979 and gives the low one of the two values of s. */
  public byte[] sign(byte[] privateKey, byte[] digest) {
    var signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(scalar(privateKey), domain));
    BigInteger[] rs = signer.generateSignature(digest);
    BigInteger s = rs[1].compareTo(halfOrder) > 0 ? domain.getN().subtract(rs[1]) : rs[1];
    byte[] signature = new byte[SIGNATURE_BYTES];
    put(rs[0], signature, 0);
    put(s, signature, SCALAR_BYTES);
    return signature;
  }

  private static void put(BigInteger value, byte[] target, int offset) {
    byte[] bytes = value.toByteArray();
    int from = Math.max(0, bytes.length - SCALAR_BYTES);
    int length = bytes.length - from;
    System.arraycopy(bytes, from, target, offset + SCALAR_BYTES - length, length);
  }

  boolean verify(byte[] publicKey, byte[] digest, byte[] signature) {
    try {
      var signer = new ECDSASigner();
      signer.init(
          false, new ECPublicKeyParameters(domain.getCurve().decodePoint(publicKey), domain));
      return signer.verifySignature(
          digest,
          new BigInteger(1, signature, 0, SCALAR_BYTES),
          new BigInteger(1, signature, SCALAR_BYTES, SCALAR_BYTES));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Says whether a signature has the right length and the low one of the two values of s. */
  boolean isLowS(byte[] signature) {
    return signature.length == SIGNATURE_BYTES
        && new BigInteger(1, signature, SCALAR_BYTES, SCALAR_BYTES).compareTo(halfOrder) <= 0;
  }
}
