package tripod.atproto.sync;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import tripod.podstore.Journal;

/**
 * One who listens to the firehose.
 *
 * <p>Begins behind the cursor they named, catches up from the store, and goes on with what is new.
 *
 * @see <a href="https://atproto.com/specs/event-stream#sequence-numbers">Event stream: sequence
 *     numbers and cursors</a>
 */
final class Listener {
  /** How long one frame may take to be taken. */
  static final Duration SEND_MAX = Duration.ofSeconds(10);

  /** A listener that has caught up once and falls so many frames behind is cut off (SEC-17). */
  static final int BEHIND_MAX = 1_000;

  /** How long a listener may stay behind (SEC-17). */
  static final Duration BEHIND_TIME_MAX = Duration.ofSeconds(10);

  private final Firehose firehose;
  private final Session session;
  private final @Nullable String cursor;
  private @Nullable Thread thread;
  private volatile boolean stopped;

  Listener(Firehose firehose, Session session, @Nullable String cursor) {
    this.firehose = firehose;
    this.session = session;
    this.cursor = cursor;
  }

  Session session() {
    return session;
  }

  void start() {
    thread = Thread.ofVirtual().name("firehose-listener").start(this::run);
  }

  void stop() {
    stopped = true;
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  private void run() {
    try {
      Long position = begin();
      if (position != null) {
        follow(position);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      stopped = true; // the other side went away
    } catch (TimeoutException e) {
      tooSlow();
    } finally {
      firehose.ended(this);
      session.close();
    }
  }

  /** Finds where to begin; null when the cursor is refused. */
  private @Nullable Long begin() throws InterruptedException, ExecutionException, TimeoutException {
    if (cursor == null || cursor.isEmpty()) {
      return firehose.window().last();
    }
    long wanted;
    try {
      wanted = Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      send(ErrorFrames.error("InvalidRequest", "cursor must be an integer"));
      return null;
    }
    long head = firehose.journal().head();
    if (wanted > head) {
      send(ErrorFrames.error("FutureCursor", "Cursor in the future."));
      return null;
    }
    long oldest = firehose.journal().oldest(Firehose.STREAM);
    if (wanted > 0 && wanted < oldest - 1) {
      send(
          ErrorFrames.info(
              "OutdatedCursor", "Requested cursor exceeded limit. Possibly missing events"));
    }
    return Math.max(0, wanted);
  }

  private void follow(long start)
      throws InterruptedException, ExecutionException, TimeoutException {
    long position = start;
    boolean live = false;
    Instant behindSince = null;
    while (!stopped) {
      FrameWindow.Next next =
          live || position >= firehose.window().last()
              ? firehose.window().after(position, Firehose.PAGE)
              : new FrameWindow.Next.InStore();
      List<Journal.Emission> frames;
      switch (next) {
        case FrameWindow.Next.Closed closed -> {
          return;
        }
        case FrameWindow.Next.Frames some -> frames = some.frames();
        case FrameWindow.Next.InStore inStore -> {
          frames = firehose.journal().stream(Firehose.STREAM, position, Firehose.PAGE);
          if (frames.size() < Firehose.PAGE) {
            live = true;
          }
        }
      }
      if (live && next instanceof FrameWindow.Next.InStore && frames.size() == Firehose.PAGE) {
        behindSince = behindSince == null ? firehose.clock().instant() : behindSince;
        if (firehose.clock().instant().isAfter(behindSince.plus(BEHIND_TIME_MAX))) {
          tooSlow();
          return;
        }
      } else if (frames.size() < BEHIND_MAX) {
        behindSince = null;
      }
      for (Journal.Emission frame : frames) {
        send(frame.payload());
        position = frame.number();
      }
      if (frames.isEmpty() && next instanceof FrameWindow.Next.InStore) {
        // The number asked for lies behind the last frame, which is no frame of ours.
        position = Math.max(position, Math.min(firehose.window().last(), position));
        live = true;
      }
    }
  }

  private void tooSlow() {
    try {
      send(ErrorFrames.error("ConsumerTooSlow", "Stream consumer too slow"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      stopped = true; // they do not even hear that
    }
  }

  /** Sends a frame and waits until the connection has taken it, so that nothing piles up. */
  private void send(byte[] frame)
      throws InterruptedException, ExecutionException, TimeoutException {
    Callback.Completable sent = new Callback.Completable();
    session.sendBinary(ByteBuffer.wrap(frame), sent);
    sent.get(SEND_MAX.toMillis(), TimeUnit.MILLISECONDS);
  }
}
