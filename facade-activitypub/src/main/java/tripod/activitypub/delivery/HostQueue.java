package tripod.activitypub.delivery;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What waits for one host; belongs to the schedule's lock.
 *
 * <p>At most {@value #CONNECTIONS_MAX} deliveries are out at once (SEC-24), one of each lane. After
 * a failure the whole host waits, and then one delivery tries whether it is back.
 */
final class HostQueue {
  /** Most deliveries to one host at a time. */
  static final int CONNECTIONS_MAX = 4;

  private final String host;
  private final Map<Row.Lane, ArrayDeque<Row>> lanes = new LinkedHashMap<>();
  private final Set<Row.Lane> out = new HashSet<>();
  private Instant openAt = Instant.MIN;
  private int failures;

  HostQueue(String host) {
    this.host = host;
  }

  String host() {
    return host;
  }

  void add(Row row) {
    lanes.computeIfAbsent(row.lane(), lane -> new ArrayDeque<>()).add(row);
  }

  /** Takes a row whose turn it is; its lane is then closed until it comes back. */
  Optional<Row> take(Instant now) {
    if (!isReady(now)) {
      return Optional.empty();
    }
    for (Map.Entry<Row.Lane, ArrayDeque<Row>> lane : lanes.entrySet()) {
      if (!out.contains(lane.getKey()) && !lane.getValue().isEmpty()) {
        out.add(lane.getKey());
        Row row = lane.getValue().peek();
        // The lane that was served goes to the back.
        ArrayDeque<Row> rows = lanes.remove(lane.getKey());
        lanes.put(lane.getKey(), rows);
        return Optional.ofNullable(row);
      }
    }
    return Optional.empty();
  }

  boolean isReady(Instant now) {
    // A host that failed gets one delivery as a probe.
    int slots = failures > 0 ? 1 : CONNECTIONS_MAX;
    return out.size() < slots && !now.isBefore(openAt) && hasFreeLane();
  }

  boolean hasFreeLane() {
    for (Map.Entry<Row.Lane, ArrayDeque<Row>> lane : lanes.entrySet()) {
      if (!lane.getValue().isEmpty() && !out.contains(lane.getKey())) {
        return true;
      }
    }
    return false;
  }

  /** Ends a row's turn and removes it. */
  void settle(Row row) {
    release(row.lane());
    ArrayDeque<Row> rows = lanes.get(row.lane());
    if (rows != null) {
      rows.removeIf(other -> other.key().equals(row.key()));
      if (rows.isEmpty()) {
        lanes.remove(row.lane());
      }
    }
  }

  /** Ends a row's turn and leaves it at the head of its lane, counted as failed. */
  void putBack(Row row) {
    release(row.lane());
    ArrayDeque<Row> rows = lanes.get(row.lane());
    if (rows != null && !rows.isEmpty() && rows.peek().key().equals(row.key())) {
      rows.poll();
      rows.addFirst(row);
    }
  }

  private void release(Row.Lane lane) {
    out.remove(lane);
  }

  void worked() {
    failures = 0;
    openAt = Instant.MIN;
  }

  int failed() {
    return ++failures;
  }

  void openAt(Instant at) {
    openAt = at;
  }

  Instant openAt() {
    return openAt;
  }

  boolean isEmpty() {
    return lanes.isEmpty() && out.isEmpty();
  }

  /** Removes and returns rows about an object that were never tried and are not out. */
  List<Row> cancel(Row.Lane lane, String object) {
    List<Row> cancelled = new ArrayList<>();
    ArrayDeque<Row> rows = lanes.get(lane);
    if (rows == null) {
      return cancelled;
    }
    Row head = out.contains(lane) ? rows.peek() : null;
    rows.removeIf(
        row -> {
          boolean isOut = head != null && head.key().equals(row.key());
          boolean unsent = !isOut && row.tries() == 0 && row.object().equals(object);
          if (unsent) {
            cancelled.add(row);
          }
          return unsent;
        });
    if (rows.isEmpty() && !out.contains(lane)) {
      lanes.remove(lane);
    }
    return cancelled;
  }
}
