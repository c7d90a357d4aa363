package tripod.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SEC_50_PasswordsTest {
  private final Passwords passwords = new Passwords(new SecureRandom());

  @Test
  void SEC_50_newPasswords_lengthAndListAreChecked() {
    for (String good :
        new String[] {"a-Long-passw0rd", "pw-alice-1a2b", "bench-password", "ünïcödé-ß-1"}) {
      passwords.checkNew(Secret.of(good), Set.of());
    }
    for (String bad :
        new String[] {"short", "123456789", "Password123", "1234567890", "x".repeat(257)}) {
      assertThrows(
          IdentityFailure.WeakPassword.class,
          () -> passwords.checkNew(Secret.of(bad), Set.of()),
          bad);
    }
    assertThrows(
        IdentityFailure.WeakPassword.class,
        () -> passwords.checkNew(Secret.of("alice.localhost"), Set.of("alice.localhost")));
  }

  @Test
  void SEC_50_hash_argon2idWithParameters_verifiesInAnyNormalForm() {
    String stored = passwords.hash(Secret.of("caf\u00e9-au-lait"));
    assertTrue(stored.startsWith("$argon2id$v=19$m=19456,t=2,p=1$"));
    assertTrue(passwords.verify(Optional.of(stored), Secret.of("cafe\u0301-au-lait")));
    assertFalse(passwords.verify(Optional.of(stored), Secret.of("cafe-au-lait")));
    assertFalse(passwords.isOutdated(stored));
    assertTrue(passwords.isOutdated(stored.replace("m=19456", "m=9728")));
  }

  @Test
  void SEC_51_unknownName_isAsMuchWork() {
    String stored = passwords.hash(Secret.of("a-Long-passw0rd"));
    long before = passwords.work();
    assertFalse(passwords.verify(Optional.of(stored), Secret.of("nope-nope-nope")));
    long known = passwords.work() - before;
    assertFalse(passwords.verify(Optional.empty(), Secret.of("nope-nope-nope")));
    long unknown = passwords.work() - before - known;
    assertFalse(passwords.verify(Optional.empty(), Secret.of("x".repeat(600))));
    long tooLong = passwords.work() - before - known - unknown;
    assertEquals(19_456L * 2, known);
    assertEquals(known, unknown);
    assertEquals(known, tooLong);
  }

  @Test
  void SEC_05_secret_printsAsStarsAndComparesByValue() {
    assertTrue(Secret.of("x").toString().equals("***"));
    assertTrue(Secret.of("x").matches(Secret.of("x")));
    assertFalse(Secret.of("x").matches(Secret.of("y")));
  }
}
