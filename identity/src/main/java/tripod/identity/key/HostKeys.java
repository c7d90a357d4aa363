package tripod.identity.key;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;

/** The keys of the host itself. Safe between threads. */
public interface HostKeys {
  /** Returns the ES256 key that signs tokens, with its id. */
  ECKey tokenKey();

  /** Returns the public keys that verify our tokens, for {@code jwks_uri}. */
  JWKSet publicKeys();

  /** Signs with the server actor's RSA key, SHA256withRSA. */
  byte[] signRsa(byte[] data);

  /** Returns the server actor's RSA public key as PEM. */
  String rsaPem();

  /** Returns the {@code did:key} of the rotation key for identities in a PLC directory. */
  String rotationDidKey();

  /** Signs with the rotation key: 64 bytes, low-S, over the SHA-256 of a message. */
  byte[] signRotation(byte[] message);

  /** Returns 32 bytes that are the same at every start and differ for each purpose. */
  byte[] derived(String purpose);
}
