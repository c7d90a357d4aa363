package tripod.activitypub.inbox;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.List;
import tripod.activitypub.object.RowKey;
import tripod.podstore.Partition;
import tripod.podstore.PodStore;
import tripod.syntax.ActorIri;
import tripod.syntax.PodId;

/**
 * Which pods have to do with an actor of another server, so that what arrives at the shared inbox
 * without naming anybody finds them; rows of the server's own pod.
 *
 * <p>Only adds: a pod that has nothing of an actor any more is asked in vain.
 */
final class Acquaintance {
  private static final String PARTITION = "ap.acquaintance";
  private static final int PODS_MAX = 10_000;
  private static final int REMEMBERED_MAX = 100_000;

  private final PodStore store;
  private final Cache<String, Boolean> written =
      Caffeine.newBuilder().maximumSize(REMEMBERED_MAX).build();

  Acquaintance(PodStore store) {
    this.store = store;
  }

  /** Notes that a pod has to do with an actor; after the pod's own write, and cheap when known. */
  void note(ActorIri actor, PodId pod) {
    String key = prefix(actor) + "%016x".formatted(pod.value());
    if (written.getIfPresent(key) != null) {
      return;
    }
    boolean known =
        store.read(PodStore.HOST, view -> view.partition(PARTITION).get(key).isPresent());
    if (!known) {
      store.write(
          PodStore.HOST,
          host -> {
            host.partition(PARTITION).put(key, new byte[0]);
            return true;
          });
    }
    written.put(key, true);
  }

  List<PodId> pods(ActorIri actor) {
    List<PodId> pods = new ArrayList<>();
    String prefix = prefix(actor);
    List<Partition.Entry> rows =
        store.read(PodStore.HOST, view -> view.partition(PARTITION).prefixed(prefix, PODS_MAX));
    for (Partition.Entry row : rows) {
      pods.add(new PodId(Long.parseLong(row.text().substring(prefix.length()), 16)));
    }
    return pods;
  }

  boolean isKnown(ActorIri actor) {
    return store.read(
        PodStore.HOST, view -> !view.partition(PARTITION).prefixed(prefix(actor), 1).isEmpty());
  }

  private static String prefix(ActorIri actor) {
    return RowKey.of(actor.value()) + " ";
  }
}
