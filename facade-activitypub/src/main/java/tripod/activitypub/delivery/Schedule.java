package tripod.activitypub.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

/**
 * Whose turn it is: hosts in a circle, each with its own slots and its own waiting time.
 *
 * <p>Safe between threads; holds what the durable queue holds.
 */
final class Schedule {
  /** Longest that a taker sleeps without looking again. */
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

  private final InstantSource clock;
  private final Backoff backoff;
  private final RandomGenerator random;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, HostQueue> hosts = new HashMap<>();
  private final LinkedHashSet<String> circle = new LinkedHashSet<>();
  private boolean closed;

  Schedule(InstantSource clock, Backoff backoff, RandomGenerator random) {
    this.clock = clock;
    this.backoff = backoff;
    this.random = random;
  }

  void add(List<Row> rows) {
    lock.lock();
    try {
      for (Row row : rows) {
        hosts.computeIfAbsent(row.lane().host(), HostQueue::new).add(row);
        circle.add(row.lane().host());
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a row whose turn it is; empty when the schedule was closed. */
  Optional<Row> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed) {
        Optional<Row> row = next();
        if (row.isPresent()) {
          return row;
        }
        changed.awaitNanos(sleep().toNanos());
      }
      return Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  private Optional<Row> next() {
    Instant now = clock.instant();
    Iterator<String> turn = circle.iterator();
    while (turn.hasNext()) {
      String host = turn.next();
      HostQueue queue = hosts.get(host);
      if (queue == null || queue.isEmpty()) {
        turn.remove();
        continue;
      }
      Optional<Row> row = queue.take(now);
      if (row.isPresent()) {
        circle.remove(host);
        circle.add(host);
        return row;
      }
    }
    return Optional.empty();
  }

  private Duration sleep() {
    Instant now = clock.instant();
    Duration shortest = LOOK_AGAIN;
    for (String host : circle) {
      HostQueue queue = hosts.get(host);
      if (queue != null && queue.openAt().isAfter(now)) {
        Duration wait = Duration.between(now, queue.openAt());
        shortest = wait.compareTo(shortest) < 0 ? wait : shortest;
      }
    }
    return shortest.plusMillis(1);
  }

  /** Notes that a row was taken by its peer, or is of no use any more. */
  void settled(Row row, boolean hostWorks) {
    lock.lock();
    try {
      HostQueue queue = hosts.get(row.lane().host());
      if (queue != null) {
        queue.settle(row);
        if (hostWorks) {
          queue.worked();
        }
        if (queue.isEmpty()) {
          // What is not waited for is not remembered: dead hosts would pile up.
          hosts.remove(row.lane().host());
          circle.remove(row.lane().host());
        }
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Notes that a row failed; its host waits.
   *
   * @param retryAfter how long the peer asked to wait
   */
  void failed(Row again, Optional<Duration> retryAfter) {
    lock.lock();
    try {
      HostQueue queue = hosts.get(again.lane().host());
      if (queue != null) {
        queue.putBack(again);
        Duration wait = retryAfter.orElse(backoff.after(queue.failed(), random));
        queue.openAt(clock.instant().plus(wait));
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Removes and returns rows about an object that were never tried. */
  List<Row> cancel(tripod.syntax.PodId pod, String object) {
    lock.lock();
    try {
      List<Row> cancelled = new ArrayList<>();
      for (HostQueue queue : hosts.values()) {
        cancelled.addAll(queue.cancel(new Row.Lane(queue.host(), pod), object));
      }
      return cancelled;
    } finally {
      lock.unlock();
    }
  }

  boolean isTooOld(Row row) {
    return Duration.between(row.made(), clock.instant()).compareTo(backoff.giveUp()) > 0;
  }

  /** Returns how many hosts have something waiting. */
  int hostCount() {
    lock.lock();
    try {
      return hosts.size();
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
