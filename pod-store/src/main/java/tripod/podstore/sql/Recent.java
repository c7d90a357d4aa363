package tripod.podstore.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The last entries of one numbered order, so that those who follow it closely need no database.
 *
 * <p>One thread adds; any may read.
 */
final class Recent<E> {
  private final ConcurrentSkipListMap<Long, Weighed<E>> entries = new ConcurrentSkipListMap<>();
  private final long bytesMax;
  private long bytes;
  private volatile long floor;

  private record Weighed<E>(E entry, int bytes) {}

  /**
   * Begins an empty one.
   *
   * @param floor everything above this number will be added
   */
  Recent(long floor, long bytesMax) {
    this.floor = floor;
    this.bytesMax = bytesMax;
  }

  void add(long number, E entry, int weight) {
    entries.put(number, new Weighed<>(entry, weight));
    bytes += weight;
    while (bytes > bytesMax && entries.size() > 1) {
      floor = entries.firstKey(); // raised first: a reader that was too low then asks the database
      Map.Entry<Long, Weighed<E>> oldest = entries.pollFirstEntry();
      bytes -= oldest.getValue().bytes();
    }
  }

  /** Lets go of entries up to a number. Only for the thread that adds. */
  void forget(long number) {
    floor = Math.max(floor, number);
    while (!entries.isEmpty() && entries.firstKey() <= number) {
      bytes -= entries.pollFirstEntry().getValue().bytes();
    }
  }

  /** Returns entries above a number, or nothing when some of them are no longer here. */
  Optional<List<E>> after(long number, int limit) {
    if (number < floor) {
      return Optional.empty();
    }
    var found = new ArrayList<E>();
    for (Weighed<E> entry : entries.tailMap(number, false).values()) {
      if (found.size() == limit) {
        break;
      }
      found.add(entry.entry());
    }
    return number < floor ? Optional.empty() : Optional.of(found);
  }
}
