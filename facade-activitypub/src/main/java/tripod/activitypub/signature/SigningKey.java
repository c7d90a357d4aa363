package tripod.activitypub.signature;

import java.util.function.UnaryOperator;

/**
 * An RSA key of ours with the name under which peers find it.
 *
 * @param keyId the key's IRI, which dereferences to its owner
 * @param signer makes an RSASSA-PKCS1-v1_5 signature over SHA-256
 */
public record SigningKey(String keyId, UnaryOperator<byte[]> signer) {
  byte[] sign(byte[] data) {
    return signer.apply(data);
  }
}
