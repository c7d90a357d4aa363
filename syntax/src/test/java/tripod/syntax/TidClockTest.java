package tripod.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class TidClockTest {
  private static final Instant NOON = Instant.parse("2026-02-03T12:00:00Z");
  private static final long NOON_MICROSECONDS = NOON.toEpochMilli() * 1_000;

  private final AtomicReference<Instant> wall = new AtomicReference<>(NOON);
  private final TidClock clock = new TidClock(wall::get, 9);

  @Test
  void next_isThePresentTimeWithTheClockId() {
    assertEquals(Tid.of(NOON_MICROSECONDS, 9), clock.next());
  }

  @Test
  void next_whileTheWallClockStands_countsMicroseconds() {
    clock.next();
    assertEquals(Tid.of(NOON_MICROSECONDS + 1, 9), clock.next());
    assertEquals(Tid.of(NOON_MICROSECONDS + 2, 9), clock.next());
  }

  @Test
  void next_whenTheWallClockMovesOn_followsIt() {
    clock.next();
    wall.set(NOON.plusSeconds(1));
    assertEquals(Tid.of(NOON_MICROSECONDS + 1_000_000, 9), clock.next());
  }

  @Test
  void next_whenTheWallClockGoesBack_goesOn() {
    clock.next();
    wall.set(NOON.minusSeconds(3_600));
    assertEquals(Tid.of(NOON_MICROSECONDS + 1, 9), clock.next());
    wall.set(Instant.parse("1969-12-31T00:00:00Z"));
    assertEquals(Tid.of(NOON_MICROSECONDS + 2, 9), clock.next());
  }

  @Test
  void next_before1970_beginsAtZero() {
    wall.set(Instant.parse("1969-12-31T00:00:00Z"));
    assertEquals(Tid.of(0, 9), clock.next());
  }

  @Test
  void after_somethingEarlier_isThePresentTime() {
    assertEquals(Tid.of(NOON_MICROSECONDS, 9), clock.after(Tid.of(5, 1023)));
  }

  @Test
  void after_somethingLater_isOneMicrosecondLaterAndMovesTheClock() {
    var ahead = Tid.of(NOON_MICROSECONDS + 500, 1023);
    assertEquals(Tid.of(NOON_MICROSECONDS + 501, 9), clock.after(ahead));
    assertEquals(Tid.of(NOON_MICROSECONDS + 502, 9), clock.next());
  }

  @Test
  void after_theLastPossible_isRefusedAndLeavesTheClock() {
    var last = Tid.of(Tid.MICROSECONDS_MAX, 0);
    var beyond = new Tid("jzzzzzzzzzzzz");
    assertThrows(SyntaxException.class, () -> clock.after(last));
    assertThrows(SyntaxException.class, () -> clock.after(beyond));
    assertEquals(Tid.of(NOON_MICROSECONDS, 9), clock.next());
  }

  @Test
  void clockId_outOfRange_isRefused() {
    assertThrows(SyntaxException.class, () -> new TidClock(InstantSource.system(), -1));
    assertThrows(SyntaxException.class, () -> new TidClock(InstantSource.system(), 1024));
  }

  @Test
  void anyWallClock_givesIncreasingTids() {
    var random = new Random(0x71dc);
    Tid last = clock.next();
    for (int i = 0; i < 10_000; i++) {
      wall.set(wall.get().plusNanos(random.nextLong(-5_000_000, 5_000_000)));
      var foreign = Tid.of(last.microseconds() + random.nextLong(-50, 50), random.nextInt(1024));
      Tid tid = random.nextBoolean() ? clock.next() : clock.after(foreign);
      assertTrue(tid.compareTo(last) > 0, tid + " after " + last);
      last = tid;
    }
  }

  @Test
  void after_anything_isLater() {
    var random = new Random(0xaf7e);
    for (int i = 0; i < 1_000; i++) {
      var previous = Tid.of(random.nextLong(Tid.MICROSECONDS_MAX - 10_000), random.nextInt(1024));
      var fresh = new TidClock(wall::get, random.nextInt(1024));
      assertTrue(fresh.after(previous).compareTo(previous) > 0);
    }
  }

  @Test
  void eightThreads_underAClockThatJumps_neverShareATid() throws Exception {
    int threads = 8;
    int each = 20_000;
    var barrier = new CyclicBarrier(threads);
    var jumping = new Random(0x8);
    InstantSource jumps = () -> NOON.plusNanos(jumping.nextLong(-1_000_000, 1_000_000));
    var shared = new TidClock(jumps, 1);
    Callable<List<Tid>> work =
        () -> {
          barrier.await();
          var own = new ArrayList<Tid>(each);
          for (int i = 0; i < each; i++) {
            own.add(i % 5 == 4 ? shared.after(own.get(i - 1)) : shared.next());
          }
          return own;
        };
    var all = new HashSet<Tid>();
    try (var pool = Executors.newFixedThreadPool(threads)) {
      var futures = new ArrayList<Future<List<Tid>>>();
      for (int i = 0; i < threads; i++) {
        futures.add(pool.submit(work));
      }
      for (Future<List<Tid>> future : futures) {
        List<Tid> own = future.get();
        for (int i = 1; i < each; i++) {
          assertTrue(own.get(i).compareTo(own.get(i - 1)) > 0);
        }
        all.addAll(own);
      }
    }
    assertEquals(threads * each, all.size());
  }
}
