package tripod.podstore.sql;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tripod.podstore.Blobs;
import tripod.podstore.blob.BlobStore;
import tripod.syntax.Cid;
import tripod.syntax.PodId;

/**
 * The way of unused blobs out: kept, trash, leaving, gone (SEC-92).
 *
 * <p>Each step is a durable change of a row that holds only while nothing names the blob. A commit
 * that names a blob takes it out of the trash; the step after that is taken while no write of the
 * pod is being prepared, so that no write which saw the blob meets it leaving. Bytes are removed
 * between two changes of the row: a process killed there leaves a row that says so.
 */
final class BlobCollection {
  /** Most blobs that one round moves from one state to the next. */
  static final int ROUND_MAX = 10_000;

  /** Pods whose bytes one round looks through for what has no row. */
  static final int STRAY_PODS = 200;

  /** Blobs that one change takes. */
  private static final int STEP = 250;

  private final SqlPodStore store;
  private final SqlBlobs blobs;
  private final BlobStore bytes;
  private final InstantSource clock;
  private final ReentrantLock oneRound = new ReentrantLock();
  private Optional<PodId> lookedThrough = Optional.empty();

  BlobCollection(SqlPodStore store, SqlBlobs blobs, BlobStore bytes, InstantSource clock) {
    this.store = store;
    this.blobs = blobs;
    this.bytes = bytes;
    this.clock = clock;
  }

  Blobs.Collected round() {
    oneRound.lock();
    try {
      long now = clock.millis();
      long graceEnd = now - Blobs.GRACE.toMillis();
      long trashEnd = now - Blobs.TRASH.toMillis();
      List<BlobRows.Row> leaving = rows(BlobRows.TRASH, trashEnd);
      for (BlobRows.Row row : leaving) {
        store.alone(row.pod(), () -> store.sql().change(c -> BlobRows.toLeaving(c, row, trashEnd)));
      }
      List<BlobRows.Row> unused = rows(BlobRows.KEPT, graceEnd);
      long trashed = 0;
      for (int from = 0; from < unused.size(); from += STEP) {
        List<BlobRows.Row> step = unused.subList(from, Math.min(unused.size(), from + STEP));
        trashed += trash(step, graceEnd, now);
      }
      droppedPods().forEach(this::removeDropped);
      removeStrays(graceEnd);
      return removed(trashed, leaving.size() == ROUND_MAX || unused.size() == ROUND_MAX);
    } finally {
      oneRound.unlock();
    }
  }

  private Blobs.Collected removed(long trashed, boolean isMore) {
    long removed = 0;
    long removedBytes = 0;
    long failed = 0;
    for (BlobRows.Row row : rows(BlobRows.LEAVING, BlobRows.IN_USE)) {
      try {
        if (remove(row)) {
          removed++;
          removedBytes += row.size();
        }
      } catch (IOException e) {
        Failures.LOG.warn("a blob's bytes stay until the next round", e);
        failed++;
      }
    }
    return new Blobs.Collected(trashed, removed, removedBytes, failed, isMore);
  }

  private List<BlobRows.Row> rows(int state, long before) {
    return store.query(s -> BlobRows.since(s, state, before, ROUND_MAX));
  }

  private long trash(List<BlobRows.Row> step, long before, long now) {
    return store
        .sql()
        .<Long>change(
            connection -> {
              long moved = 0;
              for (BlobRows.Row row : step) {
                moved += BlobRows.toTrash(connection, row, before, now) ? 1 : 0;
              }
              return moved;
            });
  }

  private boolean remove(BlobRows.Row row) throws IOException {
    Cid cid = Cid.ofRawDigest(row.digest());
    ReentrantLock stripe = blobs.stripe(row.pod(), cid);
    stripe.lock();
    try {
      Optional<BlobRows.Row> last = store.query(s -> BlobRows.find(s, row.pod(), row.digest()));
      if (last.isEmpty() || last.get().state() != BlobRows.LEAVING) {
        return false; // stored anew meanwhile
      }
      bytes.remove(row.pod(), cid);
      boolean gone = store.sql().change(c -> BlobRows.forget(c, row));
      if (gone) {
        store.quotas().blobsGrew(row.pod(), -row.size());
      }
      return gone;
    } finally {
      stripe.unlock();
    }
  }

  /**
   * Removes bytes that no row speaks of: those of an upload whose process was killed before its row
   * was written. Goes on where the last round ended.
   */
  private void removeStrays(long before) {
    List<PodId> pods = store.pods(lookedThrough, STRAY_PODS);
    for (PodId pod : pods) {
      try {
        removeStrays(pod, before);
      } catch (IOException e) {
        Failures.LOG.warn("the files of a pod could not be looked through", e);
      }
    }
    lookedThrough = pods.size() < STRAY_PODS ? Optional.empty() : Optional.of(pods.getLast());
  }

  private void removeStrays(PodId pod, long before) throws IOException {
    Optional<Cid> after = Optional.empty();
    List<BlobStore.Kept> page;
    do {
      page = bytes.list(pod, after, BlobStore.LIST_MAX);
      for (BlobStore.Kept kept : page) {
        if (kept.since().toEpochMilli() < before) {
          removeStray(pod, kept.cid());
        }
        after = Optional.of(kept.cid());
      }
    } while (page.size() == BlobStore.LIST_MAX);
  }

  private void removeStray(PodId pod, Cid cid) throws IOException {
    ReentrantLock stripe = blobs.stripe(pod, cid);
    stripe.lock();
    try {
      if (store.query(s -> BlobRows.find(s, pod, cid.digest())).isEmpty()) {
        bytes.remove(pod, cid);
      }
    } finally {
      stripe.unlock();
    }
  }

  private List<PodId> droppedPods() {
    return store.query(
        session -> {
          PreparedStatement query = session.statement("SELECT pod_id FROM dropped_pod LIMIT ?");
          query.setInt(1, ROUND_MAX);
          var pods = new ArrayList<PodId>();
          try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
              pods.add(new PodId(row.getLong(1)));
            }
          }
          return pods;
        });
  }

  /** Removes the bytes of a pod whose rows are gone; what fails is tried again in a round. */
  void removeDropped(PodId pod) {
    try {
      bytes.removeAll(pod);
      store
          .sql()
          .change(
              connection -> {
                try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM dropped_pod WHERE pod_id=?")) {
                  delete.setLong(1, pod.value());
                  return delete.executeUpdate();
                }
              });
    } catch (IOException e) {
      Failures.LOG.warn("the files of a removed pod stay until the next round", e);
    }
  }
}
