package tripod.podstore.sql;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import tripod.syntax.Tid;
import tripod.syntax.TidClock;

/** Gives each write its time and its revision. Safe between threads. */
final class Revisions {
  private final InstantSource clock;
  private final TidClock tids;
  private final int clockId;

  Revisions(InstantSource clock, int clockId) {
    this.clock = clock;
    this.tids = new TidClock(clock, clockId);
    this.clockId = clockId;
  }

  /** Returns the time as it is kept: in whole milliseconds. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Returns a new revision, which is above a pod's last one; 0 when it has none. */
  Tid after(long last) {
    Tid next = tids.next();
    // A pod whose clock was ahead goes on above its own last revision, and takes nobody with it.
    return last != 0 && next.toLong() <= last
        ? Tid.of(Tid.ofLong(last).microseconds() + 1, clockId)
        : next;
  }
}
