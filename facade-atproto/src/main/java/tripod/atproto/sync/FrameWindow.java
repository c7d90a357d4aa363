package tripod.atproto.sync;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tripod.podstore.Journal;

/**
 * The last frames of the stream in memory, shared by all who listen, so that a frame is read from
 * the store once.
 *
 * <p>Each frame has a place, counted from the start. One thread adds; any may read, and none waits
 * for another.
 */
final class FrameWindow {
  /** Most frames kept; a power of two. */
  static final int FRAMES_MAX = 4_096;

  /** Most bytes of frames kept. */
  static final long BYTES_MAX = 16L * 1024 * 1024;

  private final AtomicReferenceArray<Slot> ring = new AtomicReferenceArray<>(FRAMES_MAX);
  private @Nullable Frame newest;
  private long kept;

  /** Place of the oldest frame kept; written by the adder. */
  private volatile long floor;

  /** Place that the next frame will have. */
  private volatile long end;

  /** Number up to which everything is either in the window or was dropped from it. */
  private volatile long behind;

  private volatile long last;

  /** Bytes of all frames so far. */
  private volatile long bytes;

  /**
   * One frame in its place.
   *
   * @param bytes of all frames before it
   */
  private record Slot(long place, Frame frame, long bytes) {}

  FrameWindow(long start) {
    behind = start;
    last = start;
  }

  /** Adds frames that are durable now. */
  void add(List<Journal.Emission> more) {
    for (Journal.Emission emission : more) {
      Frame frame = Frame.behind(newest, emission);
      newest = frame;
      while (end - floor >= FRAMES_MAX || (kept > BYTES_MAX && end > floor)) {
        drop();
      }
      long place = end;
      long before = bytes;
      ring.set(index(place), new Slot(place, frame, before));
      kept += emission.payload().length;
      bytes = before + emission.payload().length;
      last = frame.number();
      end = place + 1;
    }
  }

  private void drop() {
    long place = floor;
    int index = index(place);
    Slot oldest = ring.get(index);
    behind = oldest.frame().number();
    floor = place + 1;
    ring.set(index, null);
    kept -= oldest.frame().stored().length;
  }

  private static int index(long place) {
    return (int) (place & (FRAMES_MAX - 1));
  }

  /** Returns the number of the last frame. */
  long last() {
    return last;
  }

  /** Returns the place that the next frame will have. */
  long end() {
    return end;
  }

  /** Returns how many bytes of frames lie before the end and at or behind a place. */
  long bytesFrom(long place) {
    if (place >= end) {
      return 0;
    }
    Slot slot = ring.get(index(place));
    return slot == null || slot.place() != place ? BYTES_MAX : bytes - slot.bytes();
  }

  /** Returns the frame of a place, or null when it is not there yet or not any more. */
  @Nullable Frame at(long place) {
    Slot slot = ring.get(index(place));
    return slot == null || slot.place() != place ? null : slot.frame();
  }

  /**
   * Returns the place of the first frame above a number, or of the next one to come; -1 when frames
   * between are no longer here.
   */
  long placeAbove(long number) {
    if (number < behind) {
      return -1;
    }
    long low = floor;
    long high = end;
    while (low < high) {
      long middle = low + (high - low) / 2;
      Frame frame = at(middle);
      if (frame == null) {
        return -1; // dropped meanwhile
      }
      if (frame.number() <= number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
