package tripod.identity.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import tripod.identity.Fixtures;

class SignatureTest {
  private final SecureRandom random = new SecureRandom();

  @Test
  void signature_publishedVectors_lowSAndCompactOnly() {
    JsonNode cases = Fixtures.json(Fixtures.folder("atproto/crypto/signature-fixtures.json"));
    for (JsonNode one : cases) {
      byte[] message = Base64.getDecoder().decode(one.get("messageBase64").asText());
      byte[] signature = Base64.getDecoder().decode(one.get("signatureBase64").asText());
      DidKey key = DidKey.parse(one.get("publicKeyDid").asText());
      assertEquals(
          one.get("validSignature").asBoolean(),
          key.verify(message, signature),
          one.get("comment").asText());
      assertEquals(one.get("publicKeyDid").asText(), key.toString());
      assertEquals(key, DidKey.parsePoint(key.curve(), one.get("publicKeyMultibase").asText()));
    }
  }

  @Test
  void didKey_publishedVectors_matchPrivateKeys() {
    for (JsonNode one : Fixtures.json(Fixtures.folder("atproto/crypto/w3c_didkey_K256.json"))) {
      byte[] key = HexFormat.of().parseHex(one.get("privateKeyBytesHex").asText());
      assertEquals(one.get("publicDidKey").asText(), DidKey.ofSecp256k1(key).toString());
    }
    for (JsonNode one : Fixtures.json(Fixtures.folder("atproto/crypto/w3c_didkey_P256.json"))) {
      byte[] key = Base58.decode(one.get("privateKeyBytesBase58").asText());
      assertEquals(
          one.get("publicDidKey").asText(),
          new DidKey(Curve.P256, Curve.P256.publicKey(key)).toString());
    }
  }

  @Test
  void secp256k1_nativeAndBouncyCastle_sameBytes() {
    assertTrue(Secp256k1.isNative());
    for (int i = 0; i < 200; i++) {
      byte[] key = Secp256k1.generate(random);
      byte[] message = new byte[i];
      random.nextBytes(message);
      byte[] digest = Secp256k1.sha256(message);
      byte[] signature = Secp256k1.sign(key, message);
      assertArrayEquals(Curve.K256.sign(key, digest), signature);
      assertArrayEquals(Curve.K256.publicKey(key), Secp256k1.publicKey(key));
      assertTrue(Curve.K256.isLowS(signature));
      assertTrue(Curve.K256.verify(Secp256k1.publicKey(key), digest, signature));
      assertTrue(Secp256k1.verify(Secp256k1.publicKey(key), message, signature));
      signature[5] ^= 1;
      assertFalse(Secp256k1.verify(Secp256k1.publicKey(key), message, signature));
    }
  }

  @Test
  void base58_anyBytes_readBack() {
    for (int length = 0; length < 60; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);
      if (length > 2) {
        bytes[0] = 0;
        bytes[1] = 0;
      }
      assertArrayEquals(bytes, Base58.decode(Base58.encode(bytes)));
    }
    assertEquals("StV1DL6CwTryKyV", Base58.encode("hello world".getBytes()));
  }
}
