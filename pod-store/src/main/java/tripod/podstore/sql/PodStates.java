package tripod.podstore.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Objects;
import tripod.syntax.PodId;

/** The states of pods in use: one a pod as long as anybody holds it, and the last ones longer. */
final class PodStates {
  /** Most pods whose state is kept while nobody uses them. */
  private static final int KEPT_MAX = 10_000;

  private final Cache<PodId, PodState> all = Caffeine.newBuilder().weakValues().build();
  private final Cache<PodId, PodState> kept = Caffeine.newBuilder().maximumSize(KEPT_MAX).build();

  PodState of(PodId pod) {
    PodState state = kept.getIfPresent(pod);
    if (state == null) {
      state = Objects.requireNonNull(all.get(pod, PodState::new));
      kept.put(pod, state);
    }
    return state;
  }
}
