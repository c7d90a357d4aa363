package tripod.podstore.sql;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import tripod.podstore.PodFailure;
import tripod.syntax.PodId;

/**
 * What is known in memory of one pod: its lock, where its last accepted write left it, and the rows
 * of accepted writes that may not be durable yet.
 *
 * <p>All but the volatile fields belong to whoever holds the lock. A generation of rows is kept
 * until all of it is settled; the youngest may stay longer, so that a busy pod finds its hot rows
 * here.
 */
final class PodState {
  /** Commits gathered in one generation before the next is begun. */
  private static final int GENERATION_COMMITS = 64;

  /** Bytes a settled generation may hold and still be kept. */
  private static final int KEPT_BYTES_MAX = 32 * 1024;

  /** Most containers of which the last name is remembered. */
  private static final int LARGEST_MAX = 64;

  /** Longest key of a row that is remembered: those of which a pod has one, and each write asks. */
  private static final int READ_KEY_BYTES_MAX = 8;

  /** Most such rows that are remembered. */
  private static final int READ_MAX = 16;

  /** Stands for a quota where the pod has none of its own. */
  static final long NO_QUOTA = -1;

  final PodId pod;
  final ReentrantLock lock = new ReentrantLock();
  final HashMap<Integer, byte[]> largest = new HashMap<>();

  /** Grows when an accepted write fails; writes prepared before then are void. */
  final AtomicLong epoch = new AtomicLong();

  /** Whether the pod's row is in the database. */
  volatile boolean durable;

  long rev;
  long number;
  int nextContainer = 1;
  long documentBytes;

  /** Bytes of the pod's blobs as last seen; the row alone is exact. */
  volatile long blobBytes;

  /** The pod's own quota, or -1. */
  volatile long quotaBytes = NO_QUOTA;

  private long seenEpoch = -1;
  private final HashMap<ValueKey, Optional<byte[]>> read = new HashMap<>();
  private final ArrayDeque<Generation> generations = new ArrayDeque<>();

  PodState(PodId pod) {
    this.pod = pod;
  }

  private record ValueKey(int label, ByteBuffer key) {}

  /**
   * Returns a projection's value as it is in the database, remembered from an earlier write where
   * it can be.
   */
  Optional<byte[]> value(int label, byte[] key, Supplier<Optional<byte[]>> database) {
    if (key.length > READ_KEY_BYTES_MAX) {
      return database.get();
    }
    if (read.size() >= READ_MAX) {
      read.clear();
    }
    return read.computeIfAbsent(
        new ValueKey(label, ByteBuffer.wrap(key.clone())), _ -> database.get());
  }

  private void forgetReplaced(Layer layer) {
    if (!read.isEmpty()) {
      read.keySet()
          .removeIf(
              known -> {
                var values = layer.projections.get(known.label());
                return values != null && values.containsKey(known.key().array());
              });
    }
  }

  private static final class Generation {
    final Layer layer = new Layer();
    long lastTicket;
    int commits;
  }

  /** Says whether an accepted write has failed since the last one began. */
  boolean isVoid() {
    return seenEpoch >= 0 && seenEpoch != epoch.get();
  }

  /**
   * Gets ready for a write: forgets what a failure made void, lets go of what is settled.
   *
   * @param settled all tickets up to this one are durable or have failed
   * @return the epoch in which the write is prepared
   */
  long begin(Session session, long settled) throws java.sql.SQLException {
    long now = epoch.get();
    if (now != seenEpoch) {
      generations.clear();
      largest.clear();
      read.clear();
      Rows.PodRow row =
          new Rows(session, pod.value())
              .pod()
              .orElseThrow(() -> new PodFailure.NotFound("there is no such pod"));
      rev = row.rev();
      number = row.number();
      nextContainer = row.nextContainer();
      documentBytes = row.documentBytes();
      blobBytes = row.blobBytes();
      quotaBytes = row.quotaBytes().orElse(NO_QUOTA);
      durable = true;
      seenEpoch = now;
    }
    while (!generations.isEmpty() && isDone(generations.getLast(), settled)) {
      generations.removeLast();
    }
    return now;
  }

  private boolean isDone(Generation oldest, long settled) {
    return oldest.lastTicket <= settled
        && (generations.size() > 1 || oldest.layer.bytes() > KEPT_BYTES_MAX);
  }

  /** Forgets all; the next write reads the pod's row again, or makes it. */
  void forget() {
    generations.clear();
    largest.clear();
    read.clear();
    rev = 0;
    number = 0;
    nextContainer = 1;
    documentBytes = 0;
    blobBytes = 0;
    quotaBytes = NO_QUOTA;
    seenEpoch = -1;
  }

  /** Takes over the rows of a write that was accepted. */
  void accept(Layer layer, long ticket, Map<Integer, byte[]> names) {
    Generation youngest = generations.peekFirst();
    if (youngest == null || youngest.commits >= GENERATION_COMMITS) {
      youngest = new Generation();
      generations.addFirst(youngest);
    }
    youngest.layer.absorb(layer);
    forgetReplaced(layer);
    youngest.lastTicket = ticket;
    youngest.commits++;
    if (largest.size() + names.size() > LARGEST_MAX) {
      largest.clear();
    }
    largest.putAll(names);
  }

  /** Returns the layers that lie over the database, the latest first. */
  Layer[] layers() {
    var layers = new Layer[generations.size()];
    int next = 0;
    for (Generation generation : generations) {
      layers[next++] = generation.layer;
    }
    return layers;
  }
}
