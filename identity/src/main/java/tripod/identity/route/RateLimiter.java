package tripod.identity.route;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import tripod.identity.IdentityFailure;

/**
 * Counts what people ask for, by operation and by who asks (SEC-15). Safe between threads, bounded;
 * where limits are off it counts nothing.
 *
 * <p>Windows are fixed: a count begins with the first request and ends after the window's length.
 */
public final class RateLimiter {
  private static final int COUNTED_MAX = 200_000;

  private final boolean on;
  private final InstantSource clock;
  private final Cache<Key, Window> windows =
      Caffeine.newBuilder().maximumSize(COUNTED_MAX).expireAfterWrite(Duration.ofDays(1)).build();

  private record Key(String operation, String subject, Limit limit) {}

  private record Window(long beganMs, long count) {}

  /** Counts by a clock, or not at all. */
  public RateLimiter(boolean on, InstantSource clock) {
    this.on = on;
    this.clock = clock;
  }

  /**
   * How much is allowed.
   *
   * @param points how many points in one window
   * @param window how long a window is
   */
  public record Limit(int points, Duration window) {}

  /**
   * What became of a request.
   *
   * @param allowed whether it may go on
   * @param limit the limit that is nearest to its end
   * @param remaining points left of it
   * @param reset how long until it begins anew
   */
  public record Decision(boolean allowed, Limit limit, long remaining, Duration reset) {}

  /** The limits of a class of routes, by address. */
  public static List<Limit> limits(Route.RateClass rate) {
    return switch (rate) {
      case READ, WRITE, UPLOAD -> List.of(new Limit(3_000, Duration.ofMinutes(5)));
      case MAIL -> mailCodes();
      case SIGN_IN -> List.of(new Limit(30, Duration.ofMinutes(5)));
      case SIGN_UP -> List.of(new Limit(20, Duration.ofDays(1)));
      case INBOX -> List.of(new Limit(300, Duration.ofMinutes(5)));
      case EXPORT, QUERY -> List.of(new Limit(30, Duration.ofMinutes(1)));
    };
  }

  /** The limits of record writes by account: creating costs 3, changing 2, deleting 1. */
  public static List<Limit> recordWrites() {
    return List.of(new Limit(5_000, Duration.ofHours(1)), new Limit(35_000, Duration.ofDays(1)));
  }

  /** The limits of reset and mail codes, by account and by address. */
  public static List<Limit> mailCodes() {
    return List.of(new Limit(5, Duration.ofHours(1)), new Limit(15, Duration.ofDays(1)));
  }

  /** The limits of changing a handle, by account. */
  public static List<Limit> handleChanges() {
    return List.of(new Limit(10, Duration.ofMinutes(5)), new Limit(50, Duration.ofDays(1)));
  }

  /** Counts a request and says whether it may go on; refused ones are not counted. */
  public Decision take(String operation, String subject, List<Limit> limits, int points) {
    Limit first = limits.getFirst();
    Decision tightest = new Decision(true, first, first.points(), Duration.ZERO);
    if (!on) {
      return tightest;
    }
    long now = clock.millis();
    for (Limit limit : limits) {
      Decision decision = one(new Key(operation, subject, limit), points, now);
      if (!decision.allowed()) {
        return decision;
      }
      if (decision.remaining() <= tightest.remaining()) {
        tightest = decision;
      }
    }
    return tightest;
  }

  /**
   * Returns what an answer tells of a limit (atproto.md 6.5); nothing where limits are off. {@code
   * RateLimit-Reset} is in seconds since 1970.
   */
  public Map<String, String> fields(Decision decision) {
    if (!on) {
      return Map.of();
    }
    Limit limit = decision.limit();
    long reset = Math.ceilDiv(clock.millis() + decision.reset().toMillis(), 1_000L);
    return Map.of(
        "RateLimit-Limit", Integer.toString(limit.points()),
        "RateLimit-Remaining", Long.toString(decision.remaining()),
        "RateLimit-Reset", Long.toString(reset),
        "RateLimit-Policy", limit.points() + ";w=" + limit.window().toSeconds());
  }

  private Decision one(Key key, int points, long now) {
    long length = key.limit().window().toMillis();
    boolean[] allowed = {false};
    Window after =
        windows
            .asMap()
            .compute(
                key,
                (same, window) -> {
                  Window current =
                      window == null || window.beganMs() + length <= now
                          ? new Window(now, 0)
                          : window;
                  allowed[0] = current.count() + points <= key.limit().points();
                  return allowed[0]
                      ? new Window(current.beganMs(), current.count() + points)
                      : current;
                });
    return new Decision(
        allowed[0],
        key.limit(),
        Math.max(0, key.limit().points() - after.count()),
        Duration.ofMillis(Math.max(0, after.beganMs() + length - now)));
  }

  /**
   * Counts a request that must be allowed.
   *
   * @throws IdentityFailure.RateLimited if it is not
   */
  public void require(String operation, String subject, List<Limit> limits, int points) {
    Decision decision = take(operation, subject, limits, points);
    if (!decision.allowed()) {
      throw new IdentityFailure.RateLimited(decision.reset());
    }
  }
}
