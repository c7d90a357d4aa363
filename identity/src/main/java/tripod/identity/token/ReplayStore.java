package tripod.identity.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Remembers what may be used once (SEC-57, SEC-59). Bounded.
 *
 * <p>It is kept in memory; what was issued before this process began is refused instead, so that a
 * restart opens no window.
 */
final class ReplayStore {
  private static final int REMEMBERED_MAX = 1_000_000;

  private final Cache<ByteBuffer, Duration> seen =
      Caffeine.newBuilder()
          .maximumSize(REMEMBERED_MAX)
          .expireAfter(Expiry.<ByteBuffer, Duration>creating((id, life) -> life))
          .build();
  private final long beganSeconds;

  ReplayStore(InstantSource clock) {
    this.beganSeconds = clock.instant().getEpochSecond();
  }

  /** Says whether something was issued before this process began, so that it may have been used. */
  boolean isOlderThanMemory(Instant issued) {
    return issued.getEpochSecond() < beganSeconds;
  }

  /** Remembers an id for a while and says whether it is new. */
  boolean isFirst(String id, Duration life) {
    ByteBuffer key = ByteBuffer.wrap(Jws.sha256(id));
    return seen.asMap().putIfAbsent(key, life) == null;
  }
}
