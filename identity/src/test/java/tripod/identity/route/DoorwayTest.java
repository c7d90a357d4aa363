package tripod.identity.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tripod.identity.IdentityFailure;

class DoorwayTest {
  private Instant now = Instant.parse("2026-11-22T00:00:00Z");

  private static String find(String peer, int proxies, String... forwarded) {
    return ClientAddress.find(peer, List.of(forwarded), proxies).text();
  }

  @Test
  void SEC_14_clientAddress_onlyTrustedProxiesAreBelieved() {
    assertEquals("198.51.100.7", find("198.51.100.7", 0, "1.2.3.4"));
    assertEquals("198.51.100.7", find("198.51.100.7", 1));
    assertEquals("5.6.7.8", find("127.0.0.1", 1, "1.2.3.4, 5.6.7.8"));
    assertEquals("1.2.3.4", find("127.0.0.1", 2, "9.9.9.9, 1.2.3.4", "5.6.7.8"));
    assertEquals("1.2.3.4", find("127.0.0.1", 5, "1.2.3.4"));
    assertEquals("127.0.0.1", find("127.0.0.1", 1, "rubbish!"));
    assertEquals("5.6.7.8", find("127.0.0.1", 1, "5.6.7.8:4711"));
  }

  @Test
  void SEC_14_clientAddress_ipv6IsCountedByNetwork() {
    String one = find("2001:db8:1:2:3:4:5:6", 0);
    assertEquals(one, find("2001:db8:1:2::1", 0));
    assertEquals(one, find("127.0.0.1", 1, "[2001:db8:1:2::9]:443"));
    assertFalse(one.equals(find("2001:db8:1:3::1", 0)));
    assertEquals("1.2.3.4", find("::ffff:1.2.3.4", 0));
  }

  @Test
  void SEC_30_depthScan_countsBracketsOutsideOfStrings() {
    assertTrue(isShallow("[".repeat(64) + "]".repeat(64)));
    assertFalse(isShallow("[".repeat(65)));
    assertTrue(isShallow("\"" + "[".repeat(1000) + "\""));
    assertFalse(isShallow("\"\\\"" + "x\"" + "{\"a\":".repeat(65)));
    assertFalse(isShallow("\"\\\\\"" + "[".repeat(65)));
    assertTrue(isShallow("{}".repeat(99)));
  }

  private static boolean isShallow(String text) {
    return DepthScan.isShallow(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void SEC_15_rateLimiter_countsByOperationAndSubject() {
    RateLimiter limiter = new RateLimiter(true, () -> now);
    List<RateLimiter.Limit> limits =
        List.of(
            new RateLimiter.Limit(3, Duration.ofMinutes(1)),
            new RateLimiter.Limit(4, Duration.ofHours(1)));
    for (int i = 0; i < 3; i++) {
      assertTrue(limiter.take("sign-in", "a", limits, 1).allowed());
    }
    var refused =
        assertThrows(
            IdentityFailure.RateLimited.class, () -> limiter.require("sign-in", "a", limits, 1));
    assertEquals(Duration.ofMinutes(1), refused.retryAfter());
    assertTrue(limiter.take("sign-in", "b", limits, 3).allowed());
    assertTrue(limiter.take("other", "a", limits, 1).allowed());
    now = now.plus(Duration.ofMinutes(1));
    assertTrue(limiter.take("sign-in", "a", limits, 1).allowed());
    assertFalse(limiter.take("sign-in", "a", limits, 1).allowed());
    RateLimiter off = new RateLimiter(false, () -> now);
    for (int i = 0; i < 100; i++) {
      assertTrue(off.take("sign-in", "a", limits, 1).allowed());
    }
  }
}
