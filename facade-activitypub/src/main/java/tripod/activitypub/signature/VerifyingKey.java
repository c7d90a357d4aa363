package tripod.activitypub.signature;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import tripod.activitypub.activity.ActivityFailure;
import tripod.syntax.ActorIri;

/**
 * Somebody's public key: RSA of at least {@value #RSA_BITS_MIN} bits, or Ed25519 (SEC-80).
 *
 * @param id the key's IRI
 * @param owner the actor whose own document lists it
 * @param key the key
 */
public record VerifyingKey(String id, ActorIri owner, PublicKey key) {
  /** Smallest RSA modulus. */
  static final int RSA_BITS_MIN = 2048;

  /** Largest RSA modulus; checking a larger one costs a stranger nothing and us much. */
  static final int RSA_BITS_MAX = 8192;

  private static final int PEM_CHARS_MAX = 8192;
  private static final byte[] ED25519_SPKI = {
    0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
  };

  boolean isEd25519() {
    return key instanceof EdECPublicKey;
  }

  /** Says whether a signature by this key holds, under an algorithm that the sender named. */
  boolean verifies(byte[] data, byte[] signature, Optional<String> algorithm) {
    String name = algorithm.orElse("hs2019");
    boolean fits =
        isEd25519()
            ? name.equals("ed25519") || name.equals("hs2019")
            : name.equals("rsa-sha256") || name.equals("hs2019") || name.equals("rsa-v1_5-sha256");
    if (!fits) {
      throw new ActivityFailure.Unproven("the algorithm does not fit the key, or is not read here");
    }
    try {
      Signature check = Signature.getInstance(isEd25519() ? "Ed25519" : "SHA256withRSA");
      check.initVerify(key);
      check.update(data);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false; // a signature of the wrong length is a wrong signature
    }
  }

  /** Reads {@code publicKeyPem}: a subject public key, or a bare PKCS #1 RSA key. */
  static PublicKey pem(String text) {
    if (text.length() > PEM_CHARS_MAX) {
      throw new ActivityFailure.Unproven("the key is too long");
    }
    boolean bare = text.contains("BEGIN RSA PUBLIC KEY");
    String body = text.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
    try {
      byte[] der = Base64.getDecoder().decode(body.getBytes(StandardCharsets.ISO_8859_1));
      byte[] spki = bare ? wrapped(der) : der;
      PublicKey key = KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(spki));
      int bits = ((RSAPublicKey) key).getModulus().bitLength();
      if (bits < RSA_BITS_MIN || bits > RSA_BITS_MAX) {
        throw new ActivityFailure.Unproven("an RSA key of " + bits + " bits is not taken");
      }
      return key;
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new ActivityFailure.Unproven("the key is not an RSA public key in PEM", e);
    }
  }

  /** Puts the algorithm's name around a PKCS #1 key. */
  private static byte[] wrapped(byte[] pkcs1) {
    byte[] algorithm = {
      0x30,
      0x0d,
      0x06,
      0x09,
      0x2a,
      (byte) 0x86,
      0x48,
      (byte) 0x86,
      (byte) 0xf7,
      0x0d,
      0x01,
      0x01,
      0x01,
      0x05,
      0x00
    };
    byte[] bits = der(0x03, concat(new byte[] {0}, pkcs1));
    return der(0x30, concat(algorithm, bits));
  }

  private static byte[] der(int tag, byte[] content) {
    int length = content.length;
    byte[] head =
        length < 0x80
            ? new byte[] {(byte) tag, (byte) length}
            : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    return concat(head, content);
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] both = new byte[a.length + b.length];
    System.arraycopy(a, 0, both, 0, a.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }

  /** Reads {@code publicKeyMultibase} of an Ed25519 key. */
  static PublicKey multikey(String text) {
    if (!text.startsWith("z")) {
      throw new ActivityFailure.Unproven("the Multikey is not in base 58");
    }
    byte[] bytes = Base58.decode(text.substring(1));
    if (bytes.length != 34 || bytes[0] != (byte) 0xed || bytes[1] != 0x01) {
      throw new ActivityFailure.Unproven("the Multikey is not an Ed25519 key");
    }
    byte[] raw = new byte[32];
    System.arraycopy(bytes, 2, raw, 0, raw.length);
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePublic(new X509EncodedKeySpec(concat(ED25519_SPKI, raw)));
    } catch (GeneralSecurityException e) {
      throw new ActivityFailure.Unproven("the Multikey is not an Ed25519 key", e);
    }
  }
}
