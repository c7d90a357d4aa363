package tripod.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SyntaxExceptionTest {
  @Test
  void message_saysWhatWasExpectedAndWhatCame() {
    var refusal = new SyntaxException("DID", "did:x");
    assertEquals("expected DID, got \"did:x\"", refusal.getMessage());
    assertEquals("DID", refusal.kind());
  }

  @Test
  void longValue_isCutAndCounted() {
    assertEquals(
        "expected DID, got \"" + "a".repeat(100) + "\"... (3000 characters)",
        new SyntaxException("DID", "a".repeat(3000)).getMessage());
    assertEquals(
        "expected DID, got \"" + "a".repeat(100) + "\"",
        new SyntaxException("DID", "a".repeat(100)).getMessage());
  }

  @Test
  void invisible_isEscaped() {
    assertEquals(
        "expected DID, got \"a\\u000a\\u001b[31m\\u0000\\u202e\\u2028\\ud800 \\\"\\\\\"",
        new SyntaxException("DID", "a\n\u001b[31m\0\u202e\u2028\ud800 \"\\").getMessage());
  }

  @Test
  void characterBeyondTheBasicPlane_isNotCutInTwo() {
    String message = new SyntaxException("DID", "a".repeat(99) + "\ud83d\ude00b").getMessage();
    assertEquals("expected DID, got \"" + "a".repeat(99) + "\"... (102 characters)", message);
    assertTrue(new SyntaxException("DID", "\ud83d\ude00").getMessage().contains("\ud83d\ude00"));
  }

  @Test
  void anyValue_givesAShortMessageOnOneLine() {
    var random = new Random(0x5e);
    for (int i = 0; i < 2_000; i++) {
      var value = new StringBuilder();
      for (int n = random.nextInt(200); n > 0; n--) {
        value.append((char) random.nextInt(0x10000));
      }
      String message = new SyntaxException("DID", value.toString()).getMessage();
      assertTrue(message.length() < 6 * SyntaxException.SHOWN_CHARS_MAX + 60);
      assertFalse(message.chars().anyMatch(Character::isISOControl));
    }
  }
}
