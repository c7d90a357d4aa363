package tripod.podstore.blob;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.podstore.Blobs;

/** The worker that collects unused blobs now and then (SEC-92). */
public final class BlobCollector implements AutoCloseable {
  /** How long after a start the first round is, so that it does not slow the start. */
  public static final Duration FIRST = Duration.ofMinutes(2);

  /** From the end of one round to the next. */
  public static final Duration PAUSE = Duration.ofHours(1);

  /** Most rounds without a pause when each ends at its limit. */
  private static final int ROUNDS_MAX = 100;

  private static final Logger LOG = LoggerFactory.getLogger(BlobCollector.class);

  private final Blobs blobs;
  private final ScheduledExecutorService lane =
      Executors.newSingleThreadScheduledExecutor(
          work -> Thread.ofPlatform().daemon().name("blob collector").unstarted(work));

  /** Makes a worker that is not started. */
  public BlobCollector(Blobs blobs) {
    this.blobs = blobs;
  }

  /** Starts the worker. */
  public void start() {
    var _ =
        lane.scheduleWithFixedDelay(
            this::step, FIRST.toMillis(), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void step() {
    try {
      Blobs.Collected done = run();
      if (done.trashed() + done.removed() + done.failed() > 0) {
        LOG.info(
            "blobs: {} into the trash, {} removed ({} bytes), {} failed",
            done.trashed(),
            done.removed(),
            done.removedBytes(),
            done.failed());
      }
    } catch (RuntimeException failure) {
      LOG.warn("collecting blobs failed; the next round goes on", failure);
    }
  }

  /** Collects now, until there is nothing left to do, and returns what was done in all. */
  public Blobs.Collected run() {
    var all = new Blobs.Collected(0, 0, 0, 0, true);
    for (int round = 0; round < ROUNDS_MAX && all.isMore(); round++) {
      Blobs.Collected one = blobs.collect();
      all =
          new Blobs.Collected(
              all.trashed() + one.trashed(),
              all.removed() + one.removed(),
              all.removedBytes() + one.removedBytes(),
              one.failed(),
              one.isMore());
    }
    return all;
  }

  @Override
  public void close() {
    lane.shutdownNow();
  }
}
