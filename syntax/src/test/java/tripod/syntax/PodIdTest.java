package tripod.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PodIdTest {
  @Test
  void positive_isTaken() {
    assertEquals(1, new PodId(1).value());
    assertEquals(Long.MAX_VALUE, new PodId(Long.MAX_VALUE).value());
  }

  @Test
  void zeroAndNegative_areRefused() {
    assertThrows(SyntaxException.class, () -> new PodId(0));
    assertThrows(SyntaxException.class, () -> new PodId(-1));
  }
}
