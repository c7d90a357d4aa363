package tripod.activitypub.inbox;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import tripod.activitypub.object.RowKey;
import tripod.podstore.Partition;
import tripod.podstore.PodReader;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.WritablePartition;
import tripod.syntax.PodId;

/** The ids of activities that a pod has taken, for seven days (SEC-82). */
final class SeenIds {
  /** How long an id is remembered. */
  static final Duration KEPT = Duration.ofDays(7);

  private static final String PARTITION = "ap.seen";
  private static final int SWEEP_PAGE = 1000;

  private SeenIds() {}

  static boolean has(PodReader view, String id) {
    return view.partition(PARTITION).get(RowKey.hash(id)).isPresent();
  }

  static void add(PodWriter pod, String id) {
    byte[] at = ByteBuffer.allocate(Long.BYTES).putLong(pod.now().getEpochSecond()).array();
    pod.partition(PARTITION).put(RowKey.hash(id), at);
  }

  /** Forgets what is older than seven days, and returns how many ids that were. */
  static int sweep(PodStore store, PodId pod, Instant now) {
    long before = now.minus(KEPT).getEpochSecond();
    int swept = 0;
    byte[] from = {};
    List<Partition.Entry> page;
    do {
      byte[] start = from;
      page =
          store.read(
              pod, view -> view.partition(PARTITION).range(start, new byte[0], false, SWEEP_PAGE));
      List<byte[]> old =
          page.stream()
              .filter(entry -> ByteBuffer.wrap(entry.value()).getLong() < before)
              .map(Partition.Entry::key)
              .toList();
      if (!old.isEmpty()) {
        swept += old.size();
        store.write(
            pod,
            writer -> {
              WritablePartition seen = writer.partition(PARTITION);
              old.forEach(seen::delete);
              return true;
            });
      }
      if (!page.isEmpty()) {
        byte[] last = page.getLast().key();
        from = java.util.Arrays.copyOf(last, last.length + 1);
      }
    } while (page.size() == SWEEP_PAGE);
    return swept;
  }
}
