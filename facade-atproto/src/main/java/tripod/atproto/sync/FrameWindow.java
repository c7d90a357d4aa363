package tripod.atproto.sync;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tripod.podstore.Journal;

/**
 * The last frames of the stream in memory, shared by all who listen, so that a frame is read from
 * the store once. Safe between threads.
 */
final class FrameWindow {
  /** Most frames kept. */
  static final int FRAMES_MAX = 2_000;

  /** Most bytes of frames kept. */
  static final long BYTES_MAX = 16L * 1024 * 1024;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final ArrayDeque<Journal.Emission> frames = new ArrayDeque<>();
  private long bytes;

  /** Number up to which everything is either in the window or was dropped from it. */
  private long behind;

  private long last;
  private boolean closed;

  FrameWindow(long start) {
    behind = start;
    last = start;
  }

  /** Adds frames that are durable now. */
  void add(List<Journal.Emission> more) {
    lock.lock();
    try {
      for (Journal.Emission frame : more) {
        frames.addLast(frame);
        bytes += frame.payload().length;
        last = frame.number();
      }
      while (frames.size() > FRAMES_MAX || bytes > BYTES_MAX) {
        Journal.Emission dropped = frames.removeFirst();
        bytes -= dropped.payload().length;
        behind = dropped.number();
      }
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Returns the number of the last frame. */
  long last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** What a listener gets: frames, or word that it must read the store, or that all is over. */
  sealed interface Next {
    /** These frames come next. */
    record Frames(List<Journal.Emission> frames) implements Next {}

    /** The window has moved on: what comes next is in the store alone. */
    record InStore() implements Next {}

    /** The server stops. */
    record Closed() implements Next {}
  }

  /** Waits for frames behind a number. */
  Next after(long number, int limit) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && last <= number) {
        grown.await();
      }
      if (closed) {
        return new Next.Closed();
      }
      if (number < behind) {
        return new Next.InStore();
      }
      List<Journal.Emission> found = new ArrayList<>();
      // A listener that keeps up wants the newest few: look from the end.
      for (var it = frames.descendingIterator(); it.hasNext(); ) {
        Journal.Emission frame = it.next();
        if (frame.number() <= number) {
          break;
        }
        found.add(frame);
      }
      List<Journal.Emission> inOrder = found.reversed();
      return new Next.Frames(
          List.copyOf(inOrder.size() > limit ? inOrder.subList(0, limit) : inOrder));
    } finally {
      lock.unlock();
    }
  }

  void close() {
    lock.lock();
    try {
      closed = true;
      grown.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
