package tripod.identity.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.util.Set;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import tripod.identity.key.DidKey;

/** Verifies signatures of tokens with public keys in JSON; asymmetric algorithms only (SEC-57). */
final class Jwks {
  /** Algorithms that are accepted. */
  static final Set<String> ALGORITHMS =
      Set.of("ES256", "ES384", "ES512", "RS256", "PS256", "EdDSA");

  private static final int RSA_BITS_MIN = 2048;
  private static final int COORDINATE_BYTES = 32;

  private Jwks() {}

  /** Says whether a key signed a token with the algorithm in its header. */
  static boolean verifies(JWK key, Jws token) {
    String algorithm = token.header("alg");
    if (!ALGORITHMS.contains(algorithm) || key.isPrivate() || token.header().has("crit")) {
      return false;
    }
    try {
      return switch (key) {
        case ECKey ec when algorithm.equals("ES256") && ec.getCurve().equals(Curve.P_256) ->
            new DidKey(tripod.identity.key.Curve.P256, point(ec))
                .verifyAnyS(token.signed(), token.signature());
        case ECKey ec when algorithm.startsWith("ES") -> verifies(new ECDSAVerifier(ec), token);
        case RSAKey rsa when algorithm.endsWith("S256") && rsa.size() >= RSA_BITS_MIN ->
            verifies(new RSASSAVerifier(rsa), token);
        case OctetKeyPair okp
            when algorithm.equals("EdDSA") && okp.getCurve().equals(Curve.Ed25519) ->
            verifiesEd25519(okp, token);
        default -> false;
      };
    } catch (JOSEException | IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean verifies(JWSVerifier verifier, Jws token) throws JOSEException {
    JWSHeader header = new JWSHeader(JWSAlgorithm.parse(token.header("alg")));
    return verifier.verify(header, token.signed(), Base64URL.encode(token.signature()));
  }

  private static boolean verifiesEd25519(OctetKeyPair key, Jws token) {
    var signer = new Ed25519Signer();
    signer.init(false, new Ed25519PublicKeyParameters(key.getDecodedX()));
    signer.update(token.signed(), 0, token.signed().length);
    return signer.verifySignature(token.signature());
  }

  private static byte[] point(ECKey key) {
    byte[] x = key.getX().decode();
    byte[] y = key.getY().decode();
    if (x.length != COORDINATE_BYTES || y.length != COORDINATE_BYTES) {
      throw new IllegalArgumentException("a coordinate is not 32 bytes");
    }
    byte[] point = new byte[1 + 2 * COORDINATE_BYTES];
    point[0] = 4;
    System.arraycopy(x, 0, point, 1, COORDINATE_BYTES);
    System.arraycopy(y, 0, point, 1 + COORDINATE_BYTES, COORDINATE_BYTES);
    return point;
  }
}
