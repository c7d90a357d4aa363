package tripod.solid.notify;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tripod.solid.ldp.Refusal;
import tripod.syntax.PodId;

/** All channels that are open. Safe between threads. */
final class Channels {
  /** Most channels of one pod. */
  static final int OF_POD_MAX = 1_000;

  /** Most channels in all (SEC-17). */
  static final int ALL_MAX = 10_000;

  /** How long a channel waits for its listener. */
  static final Duration UNCONNECTED_MAX = Duration.ofMinutes(5);

  private final Map<PodId, Map<String, Channel>> byPod = new ConcurrentHashMap<>();
  private final Map<String, Channel> byKey = new ConcurrentHashMap<>();

  void add(Channel channel) {
    sweep(channel.made);
    Map<String, Channel> ofPod =
        byPod.computeIfAbsent(channel.names.pod(), pod -> new ConcurrentHashMap<>());
    if (ofPod.size() >= OF_POD_MAX || byKey.size() >= ALL_MAX) {
      throw new Refusal(429, "too many channels are open", Map.of("Retry-After", "60"));
    }
    ofPod.put(channel.key, channel);
    byKey.put(channel.key, channel);
  }

  Optional<Channel> find(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  List<Channel> ofPod(PodId pod) {
    Map<String, Channel> channels = byPod.get(pod);
    return channels == null ? List.of() : List.copyOf(channels.values());
  }

  /** Returns all there are now. */
  List<Channel> all() {
    return List.copyOf(byKey.values());
  }

  boolean isEmpty() {
    return byKey.isEmpty();
  }

  void remove(Channel channel) {
    byKey.remove(channel.key);
    Map<String, Channel> ofPod = byPod.get(channel.names.pod());
    if (ofPod != null) {
      ofPod.remove(channel.key);
    }
  }

  /** Ends what is over, and what nobody came for. */
  void sweep(Instant now) {
    for (Channel channel : byKey.values()) {
      boolean forgotten =
          !channel.isConnected() && channel.made.plus(UNCONNECTED_MAX).isBefore(now);
      if (forgotten || channel.hasEnded(now)) {
        channel.end("the channel has ended");
        remove(channel);
      }
    }
  }
}
