package tripod.syntax;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A source of TIDs that only goes forward, whatever the wall clock does.
 *
 * <p>Each TID is later than every TID that this clock gave before, by at least one microsecond.
 * While the wall clock stands still or has gone back, the clock counts on by single microseconds
 * until it is overtaken. Safe for any number of threads, and never waits.
 *
 * @see <a href="https://atproto.com/specs/tid">AT Protocol: TID</a>
 */
public final class TidClock {
  private final InstantSource clock;
  private final int clockId;
  private final AtomicLong last = new AtomicLong(-1);

  /**
   * Makes a clock that has given nothing yet.
   *
   * @param clock the wall clock; times before 1970 count as 1970
   * @param clockId 0 to {@link Tid#CLOCK_ID_MAX}, one for each process that writes the same
   *     repositories
   * @throws SyntaxException when the clock id is out of range
   */
  public TidClock(InstantSource clock, int clockId) {
    this.clock = clock;
    this.clockId = Tid.checkedClockId(clockId);
  }

  /**
   * Gives the present time, or one microsecond after the last TID given if that is later.
   *
   * @return a TID later than all that this clock gave before
   * @throws SyntaxException when the time is past {@link Tid#MICROSECONDS_MAX}, in the year 2255
   */
  public Tid next() {
    return above(-1);
  }

  /**
   * Gives a TID that is later than a given one, than all that this clock gave before, and not
   * before the present time.
   *
   * <p>The whole clock moves on, so a {@code previous} far in the future takes all later TIDs with
   * it, and relays refuse a revision more than 5 minutes ahead. Whoever takes {@code previous} from
   * outside checks it first, or uses a clock of its own for that repository.
   *
   * @param previous for example the present revision of a repository, from whatever clock
   * @return a TID at least one microsecond later than {@code previous}
   * @throws SyntaxException when there is no such TID, because {@code previous} is at or past
   *     {@link Tid#MICROSECONDS_MAX}; the clock has then not moved
   */
  public Tid after(Tid previous) {
    return above(previous.microseconds());
  }

  private Tid above(long floor) {
    while (true) {
      long before = last.get();
      long microseconds = Math.max(now(), Math.max(before, floor) + 1);
      Tid tid = Tid.of(microseconds, clockId);
      if (last.compareAndSet(before, microseconds)) {
        return tid;
      }
    }
  }

  private long now() {
    Instant now = clock.instant();
    return Math.max(0, now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000);
  }
}
