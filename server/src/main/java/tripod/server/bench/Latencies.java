package tripod.server.bench;

import java.util.Arrays;
import java.util.Collection;

/** Times of many like events, sorted. */
final class Latencies {
  private static final double NANOS_PER_MS = 1e6;

  private final long[] nanos;

  private Latencies(long[] nanos) {
    this.nanos = nanos;
  }

  static Latencies of(Collection<Long> nanos) {
    if (nanos.isEmpty()) {
      throw new IllegalArgumentException("no event was seen");
    }
    long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return new Latencies(sorted);
  }

  /** Puts several turns together. */
  static Latencies all(Collection<Latencies> turns) {
    long[] all = turns.stream().flatMapToLong(turn -> Arrays.stream(turn.nanos)).sorted().toArray();
    return new Latencies(all);
  }

  /** Returns the time that a part of the events, 0 to 1, did not exceed. */
  double millis(double part) {
    int rank = (int) Math.ceil(part * nanos.length);
    return nanos[Math.clamp(rank - 1, 0, nanos.length - 1)] / NANOS_PER_MS;
  }
}
