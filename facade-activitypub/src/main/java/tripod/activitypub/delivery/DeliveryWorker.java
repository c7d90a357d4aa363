package tripod.activitypub.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.activitypub.activity.ActivityFailure;
import tripod.podstore.Journal;
import tripod.podstore.PodFailure;
import tripod.podstore.PodStore;

/**
 * Follows the journal and delivers what it makes due.
 *
 * <p>Three threads: one turns commits into rows of the durable queue, one hands rows whose turn it
 * is to virtual threads, and one writes down how deliveries ended, many at a time. Stopping at any
 * line loses nothing: what was not written down is done again.
 */
public final class DeliveryWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DeliveryWorker.class);
  private static final String NAME = "ap.delivery";

  /** Most deliveries on the way at once, to all hosts together. */
  private static final int IN_FLIGHT_MAX = 256;

  /** Most commits that are read at once. */
  private static final int COMMITS_MAX = 256;

  /** How long the journal may be silent before it is looked at anyway, in seconds. */
  private static final long LOOK_AGAIN_SECONDS = 5;

  /** How long deliveries on the way may take to end when the worker stops, in milliseconds. */
  private static final long LAST_ANSWERS_MS = 1_000;

  /** Most endings that are written down in one transaction. */
  private static final int ENDINGS_MAX = 1000;

  private final PodStore store;
  private final DeliveryQueue queue;
  private final Expansion expansion;
  private final Schedule schedule;
  private final Courier courier;
  private final Semaphore inFlight = new Semaphore(IN_FLIGHT_MAX);
  private final Semaphore news = new Semaphore(0);

  /** How deliveries ended; an empty list is the last entry. */
  private final LinkedBlockingQueue<List<Ending>> endings = new LinkedBlockingQueue<>();

  private final List<Thread> threads = new ArrayList<>();
  private @Nullable Thread ledger;
  private @Nullable AutoCloseable listener;
  private volatile boolean closed;

  DeliveryWorker(
      PodStore store,
      DeliveryQueue queue,
      Expansion expansion,
      Schedule schedule,
      Courier courier) {
    this.store = store;
    this.queue = queue;
    this.expansion = expansion;
    this.schedule = schedule;
    this.courier = courier;
  }

  private record Ending(Row row, Courier.Outcome outcome) {}

  /** Takes up where the last run stopped. */
  public void start() {
    schedule.add(queue.load());
    listener = store.journal().onGroup(news::release);
    threads.add(Thread.ofVirtual().name("ap-expansion").start(this::expandAll));
    threads.add(Thread.ofVirtual().name("ap-dispatch").start(this::dispatchAll));
    ledger = Thread.ofVirtual().name("ap-ledger").start(this::settleAll);
  }

  /**
   * Stops. What peers answer within a second is written down; what is on the way after that is
   * delivered again by the next run.
   */
  @Override
  public void close() {
    closed = true;
    schedule.close();
    AutoCloseable registered = listener;
    if (registered != null) {
      try {
        registered.close();
      } catch (Exception e) {
        LOG.warn("the journal's listener could not be removed", e);
      }
    }
    try {
      for (Thread thread : threads) {
        thread.interrupt();
        thread.join();
      }
      if (!inFlight.tryAcquire(IN_FLIGHT_MAX, LAST_ANSWERS_MS, TimeUnit.MILLISECONDS)) {
        LOG.debug("some deliveries are still on the way; the next run sends them again");
      }
      endings.add(List.of());
      Thread last = ledger;
      if (last != null) {
        last.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void expandAll() {
    long position = Math.max(queue.position(), store.journal().position(NAME));
    long stream = Math.max(queue.stream(), store.journal().position(NAME + ".stream"));
    while (!closed) {
      try {
        List<Journal.Entry> commits = store.journal().commits(position, COMMITS_MAX);
        List<Journal.Emission> emissions =
            store.journal().stream(Outgoing.STREAM, stream, COMMITS_MAX);
        if (commits.isEmpty() && emissions.isEmpty()) {
          if (news.tryAcquire(LOOK_AGAIN_SECONDS, TimeUnit.SECONDS)) {
            news.drainPermits();
          }
          continue;
        }
        long nextPosition = commits.isEmpty() ? position : commits.getLast().number();
        long nextStream = emissions.isEmpty() ? stream : emissions.getLast().number();
        expand(commits, emissions, nextPosition, nextStream);
        position = nextPosition;
        stream = nextStream;
      } catch (InterruptedException e) {
        return; // closed
      } catch (PodFailure | IllegalStateException e) {
        if (closed) {
          return;
        }
        LOG.warn("deliveries could not be queued, trying again", e);
        pause();
      }
    }
  }

  private void expand(
      List<Journal.Entry> commits, List<Journal.Emission> emissions, long position, long stream) {
    Expansion.Gathered gathered = expansion.gather(commits, emissions, schedule);
    if (gathered.isEmpty()) {
      // Nothing to keep in step with: the journal's own mark is enough, and makes no commit.
      store.journal().position(NAME, position);
      store.journal().position(NAME + ".stream", stream);
      return;
    }
    try {
      queue.add(
          new DeliveryQueue.Batch(
              Expansion.needed(gathered),
              gathered.rows,
              gathered.cancelled,
              gathered.sent,
              position,
              stream));
    } catch (PodFailure e) {
      schedule.add(gathered.cancelled);
      throw e;
    }
    schedule.add(gathered.rows);
  }

  private void dispatchAll() {
    try {
      while (!closed) {
        inFlight.acquire();
        boolean handedOn = false;
        try {
          Optional<Row> row = schedule.take();
          if (row.isEmpty()) {
            return;
          }
          Thread.ofVirtual().name("ap-delivery").start(() -> deliver(row.get()));
          handedOn = true;
        } finally {
          if (!handedOn) {
            inFlight.release();
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  private void deliver(Row row) {
    try {
      Courier.Outcome outcome;
      try {
        outcome =
            queue
                .body(row.body())
                .map(body -> courier.deliver(row, body))
                .orElseGet(() -> new Courier.Outcome.Useless("the body is gone"));
      } catch (ActivityFailure | PodFailure | IllegalArgumentException e) {
        outcome = new Courier.Outcome.Failed(String.valueOf(e.getMessage()), Optional.empty());
      }
      end(row, outcome);
    } finally {
      inFlight.release();
    }
  }

  private void end(Row row, Courier.Outcome outcome) {
    switch (outcome) {
      case Courier.Outcome.Taken taken -> {
        endings.add(List.of(new Ending(row, outcome)));
        schedule.settled(row, true);
      }
      case Courier.Outcome.Useless useless -> {
        LOG.debug("{} is dropped: {}", row.key(), useless.reason());
        endings.add(List.of(new Ending(row, outcome)));
        schedule.settled(row, false);
      }
      case Courier.Outcome.Failed failed -> {
        Row again = row.failed();
        if (schedule.isTooOld(row)) {
          LOG.info("{} is given up after {} tries: {}", row.key(), again.tries(), failed.reason());
          endings.add(List.of(new Ending(row, new Courier.Outcome.Useless(failed.reason()))));
          schedule.settled(row, false);
        } else {
          endings.add(List.of(new Ending(again, outcome)));
          schedule.failed(again, failed.retryAfter());
        }
      }
    }
  }

  private void settleAll() {
    List<Ending> group = new ArrayList<>();
    boolean ended = false;
    while (!ended || !group.isEmpty()) {
      try {
        if (group.isEmpty()) {
          List<List<Ending>> taken = new ArrayList<>(List.of(endings.take()));
          endings.drainTo(taken, ENDINGS_MAX);
          ended = taken.contains(List.<Ending>of());
          taken.forEach(group::addAll);
        }
        List<Row> over = new ArrayList<>();
        List<Row> again = new ArrayList<>();
        for (Ending ending : group) {
          if (ending.outcome() instanceof Courier.Outcome.Failed) {
            again.add(ending.row());
          } else {
            again.removeIf(row -> row.key().equals(ending.row().key()));
            over.add(ending.row());
          }
        }
        queue.settle(over, again);
        group.clear();
      } catch (InterruptedException e) {
        return; // closed
      } catch (PodFailure | IllegalStateException e) {
        if (closed) {
          return;
        }
        LOG.warn("ended deliveries could not be written down, trying again", e);
        pause();
      }
    }
  }

  private void pause() {
    try {
      news.tryAcquire(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
