package tripod.identity.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Leaves hosts alone that fail again and again (SEC-24). */
final class Circuits {
  private static final int FAILURES_MAX = 5;
  private static final Duration PAUSE_MAX = Duration.ofDays(1);
  private static final int HOSTS_MAX = 20_000;

  private final Cache<String, State> states = Caffeine.newBuilder().maximumSize(HOSTS_MAX).build();
  private final Duration firstPause;
  private final InstantSource clock;

  private record State(int failures, Instant openUntil) {}

  Circuits(Duration firstPause, InstantSource clock) {
    this.firstPause = firstPause;
    this.clock = clock;
  }

  void check(String host) {
    State state = states.getIfPresent(host);
    if (state != null && state.openUntil().isAfter(clock.instant())) {
      throw new OutboundFailure.CircuitOpen(host, state.openUntil());
    }
  }

  void answered(String host) {
    states.invalidate(host);
  }

  /**
   * Notes that a host failed.
   *
   * @param partner whether it is left alone for the first pause at most
   */
  void failed(String host, boolean partner) {
    Instant now = clock.instant();
    states
        .asMap()
        .compute(
            host,
            (name, state) -> {
              int failures = state == null ? 1 : state.failures() + 1;
              return new State(
                  failures, failures < FAILURES_MAX ? now : now.plus(pause(failures, partner)));
            });
  }

  private Duration pause(int failures, boolean partner) {
    if (partner) {
      return firstPause;
    }
    int doublings = Math.min(failures - FAILURES_MAX, 20);
    Duration pause = firstPause.multipliedBy(1L << doublings);
    return pause.compareTo(PAUSE_MAX) > 0 ? PAUSE_MAX : pause;
  }
}
