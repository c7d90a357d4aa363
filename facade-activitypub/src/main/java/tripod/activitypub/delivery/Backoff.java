package tripod.activitypub.delivery;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * When a failed delivery is tried again (activitypub note, section 5).
 *
 * @param delays after the first failure, the second, and so on; the last one repeats
 * @param giveUp how long after it was due a delivery is dropped
 */
public record Backoff(List<Duration> delays, Duration giveUp) {
  /** Part by which a delay is made shorter or longer, so that hosts are not met in step. */
  private static final double JITTER = 0.2;

  public Backoff {
    delays = List.copyOf(delays);
  }

  /** Returns the times for a real host. */
  public static Backoff real() {
    return new Backoff(
        List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(6),
            Duration.ofHours(12),
            Duration.ofHours(24)),
        Duration.ofDays(7));
  }

  /** Returns the times for the lab, where checks wait for the second try. */
  public static Backoff lab() {
    return new Backoff(
        List.of(
            Duration.ofMillis(500),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(30)),
        Duration.ofHours(1));
  }

  /**
   * Returns how long to wait.
   *
   * @param failures how often in a row it failed, at least one
   */
  Duration after(int failures, RandomGenerator random) {
    Duration delay = delays.get(Math.min(failures, delays.size()) - 1);
    double factor = 1 + JITTER * (2 * random.nextDouble() - 1);
    return Duration.ofMillis((long) (delay.toMillis() * factor));
  }
}
