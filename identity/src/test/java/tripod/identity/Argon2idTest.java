package tripod.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Argon2idTest {
  /** The same password as the reference library's own test of Argon2id, version 1.3. */
  @Test
  void tag_knownAnswer() {
    byte[] expected =
        HexFormat.of().parseHex("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7");
    byte[] password = "password".getBytes(StandardCharsets.UTF_8);
    byte[] salt = "somesalt".getBytes(StandardCharsets.UTF_8);
    assertArrayEquals(expected, Argon2id.tag(password, salt, 65_536, 2, 1, 32));
    assertArrayEquals(expected, Argon2id.portable(password, salt, 65_536, 2, 1, 32));
  }

  @Test
  void tag_nativeAndPortable_agree() {
    var random = new Random(9106);
    for (int i = 0; i < 20; i++) {
      byte[] password = new byte[random.nextInt(100)];
      byte[] salt = new byte[16];
      random.nextBytes(password);
      random.nextBytes(salt);
      int lanes = 1 + random.nextInt(2);
      int memory = 64 + random.nextInt(200);
      int passes = 1 + random.nextInt(3);
      assertArrayEquals(
          Argon2id.portable(password, salt, memory, passes, lanes, 32),
          Argon2id.tag(password, salt, memory, passes, lanes, 32));
    }
  }
}
