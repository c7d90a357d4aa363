package tripod.identity.key;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tripod.identity.IdentityFailure;
import tripod.identity.TestDatabase;
import tripod.syntax.Did;
import tripod.syntax.PodId;

class SEC_90_KeysAtRestTest {
  private final SecureRandom random = new SecureRandom();
  private final MasterKey master = MasterKey.of(new byte[32]);

  @Test
  void SEC_90_masterKeyFile_madeOnce_readByOwnerOnly(@TempDir Path folder) throws Exception {
    byte[] first = MasterKey.inFolder(folder, random).bytes();
    assertArrayEquals(first, MasterKey.inFolder(folder, random).bytes());
    assertEquals(
        PosixFilePermissions.fromString("r--------"),
        Files.getPosixFilePermissions(folder.resolve("master.key")));
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void SEC_90_envelope_movedOrChanged_doesNotOpen() {
    byte[] key = Envelope.newKey(random);
    byte[] sealed = Envelope.seal(key, "1:rsa", new byte[] {1, 2, 3}, random);
    assertArrayEquals(new byte[] {1, 2, 3}, Envelope.open(key, "1:rsa", sealed));
    assertThrows(IllegalStateException.class, () -> Envelope.open(key, "2:rsa", sealed));
    sealed[20] ^= 1;
    assertThrows(IllegalStateException.class, () -> Envelope.open(key, "1:rsa", sealed));
  }

  @Test
  void SEC_90_podKeys_reopened_sameKeysAndNoneInClear() throws Exception {
    for (TestDatabase database : new TestDatabase[] {TestDatabase.h2(), TestDatabase.sqlite()}) {
      PodId pod = new PodId(7);
      byte[] message = {1, 2, 3};
      byte[] byOne;
      String didKey;
      String pem;
      String multibase;
      try (var keys = new SealedPodKeys(database, master, InstantSource.system(), random)) {
        var fresh = keys.prepare(pod, Optional.empty());
        byOne = keys.signRepo(pod, message);
        didKey = fresh.didKey();
        database.change(
            connection -> {
              fresh.store().run(connection);
              return 1;
            });
        pem = keys.rsaPem(pod);
        multibase = keys.ed25519Multibase(pod);
      }
      try (var keys = new SealedPodKeys(database, master, InstantSource.system(), random)) {
        assertEquals(didKey, keys.didKey(pod));
        assertArrayEquals(byOne, keys.signRepo(pod, message));
        assertTrue(DidKey.parse(didKey).verify(message, byOne));
        assertEquals(pem, keys.rsaPem(pod));
        assertEquals(multibase, keys.ed25519Multibase(pod));
        assertTrue(multibase.startsWith("z6Mk"));
        String body = pem.replaceAll("-----[A-Z ]+-----|\\n", "");
        Signature check = Signature.getInstance("SHA256withRSA");
        check.initVerify(
            KeyFactory.getInstance("RSA")
                .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(body))));
        check.update(message);
        assertTrue(check.verify(keys.signRsa(pod, message)));
        assertEquals(64, keys.signEd25519(pod, message).length);
      }
      try (var keys =
          new SealedPodKeys(
              database, MasterKey.of(Envelope.newKey(random)), InstantSource.system(), random)) {
        assertThrows(IllegalStateException.class, () -> keys.didKey(pod));
        database.change(
            connection -> {
              keys.destroy(pod).run(connection);
              return 1;
            });
        assertThrows(IdentityFailure.NotFound.class, () -> keys.didKey(pod));
      }
    }
  }

  @Test
  void reservedKey_ofAnIdentity_isTakenByItsAccount() {
    TestDatabase database = TestDatabase.h2();
    try (var keys = new SealedPodKeys(database, master, InstantSource.system(), random)) {
      Did did = new Did("did:web:alice.example");
      String reserved = keys.reserved().reserve(Optional.of(did));
      assertEquals(reserved, keys.reserved().reserve(Optional.of(did)));
      var fresh = keys.prepare(new PodId(3), Optional.of(did));
      assertEquals(reserved, fresh.didKey());
      database.change(
          connection -> {
            fresh.store().run(connection);
            return 1;
          });
      assertFalse(reserved.equals(keys.reserved().reserve(Optional.of(did))));
    }
  }

  @Test
  void hostKeys_reopened_areTheSame() {
    TestDatabase database = TestDatabase.h2();
    var one = SealedHostKeys.open(database, master, InstantSource.system(), random);
    var two = SealedHostKeys.open(database, master, InstantSource.system(), random);
    assertEquals(one.rotationDidKey(), two.rotationDidKey());
    assertEquals(one.tokenKey().getKeyID(), two.tokenKey().getKeyID());
    assertEquals(one.rsaPem(), two.rsaPem());
    assertArrayEquals(one.derived("a"), two.derived("a"));
    assertFalse(java.util.Arrays.equals(one.derived("a"), one.derived("b")));
    assertFalse(two.publicKeys().toString(false).contains("\"d\""));
    byte[] message = {9};
    assertTrue(DidKey.parse(one.rotationDidKey()).verify(message, one.signRotation(message)));
  }
}
