package tripod.podstore.sql;

import java.sql.PreparedStatement;
import java.util.OptionalLong;
import tripod.podstore.PodFailure;
import tripod.podstore.PodStore;
import tripod.podstore.Usage;
import tripod.syntax.PodId;

/**
 * How much pods take up and may take up. The counters are columns of the pod's row, changed in the
 * transactions that change what they count; the server's own pod has no quota.
 */
final class Quotas {
  private final SqlPodStore store;
  private final PodStore.Sql sql;
  private final PodStates states;
  private final long bytesForAll;

  Quotas(SqlPodStore store, PodStore.Sql sql, PodStates states, long bytesForAll) {
    this.store = store;
    this.sql = sql;
    this.states = states;
    this.bytesForAll = bytesForAll;
  }

  /** Returns the quota of a pod that has none of its own. */
  long bytesFor(PodId pod) {
    return pod.equals(PodStore.HOST) ? Long.MAX_VALUE : bytesForAll;
  }

  Usage usage(PodId pod) {
    Rows.PodRow row =
        store
            .query(session -> new Rows(session, pod.value()).pod())
            .orElseThrow(() -> new PodFailure.NotFound("there is no such pod"));
    return new Usage(row.documentBytes(), row.blobBytes(), row.quotaBytes().orElse(bytesFor(pod)));
  }

  void set(PodId pod, OptionalLong bytes) {
    int found =
        sql.change(
            connection -> {
              try (PreparedStatement update =
                  connection.prepareStatement("UPDATE pod SET quota_bytes=? WHERE pod_id=?")) {
                if (bytes.isPresent()) {
                  update.setLong(1, bytes.getAsLong());
                } else {
                  update.setNull(1, java.sql.Types.BIGINT);
                }
                update.setLong(2, pod.value());
                return update.executeUpdate();
              }
            });
    if (found == 0) {
      throw new PodFailure.NotFound("there is no such pod");
    }
    states.of(pod).quotaBytes = bytes.orElse(PodState.NO_QUOTA);
  }

  /** Lets a blob come in, unless the pod is full already. */
  void require(PodId pod) {
    Usage usage = usage(pod);
    if (usage.bytes() >= usage.quotaBytes()) {
      throw full(usage.quotaBytes());
    }
  }

  /**
   * Lets a pod grow to so many bytes of documents. Blobs count as they were last seen, and before
   * that refuses anything, as they are.
   */
  void require(PodState state, long documentBytes) {
    long own = state.quotaBytes;
    long quota = own == PodState.NO_QUOTA ? bytesFor(state.pod) : own;
    if (documentBytes <= quota - state.blobBytes) {
      return;
    }
    store
        .query(session -> new Rows(session, state.pod.value()).pod())
        .ifPresent(row -> state.blobBytes = row.blobBytes());
    if (documentBytes > quota - state.blobBytes) {
      throw full(quota);
    }
  }

  void blobsGrew(PodId pod, long more) {
    PodState state = states.of(pod);
    synchronized (state) {
      state.blobBytes += more;
    }
  }

  private static PodFailure full(long quota) {
    return new PodFailure.OverQuota("the pod may take up " + quota + " bytes, and has");
  }
}
