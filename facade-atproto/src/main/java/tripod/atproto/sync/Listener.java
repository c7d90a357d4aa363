package tripod.atproto.sync;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import tripod.podstore.Journal;

/**
 * One who listens to the stream.
 *
 * <p>Whoever is up to date has no thread: new frames are sent by the thread that brings them, and
 * what the connection could not take is sent on by the one that hears it took the rest. Only one
 * who is behind what is in memory has a thread, which reads the store until the two meet.
 *
 * @see <a href="https://atproto.com/specs/event-stream#sequence-numbers">Event stream: sequence
 *     numbers and cursors</a>
 */
final class Listener {
  /** How long a listener may take nothing at all while it catches up. */
  static final Duration STALL_MAX = Duration.ofSeconds(10);

  /** A listener that falls so many frames behind what is in memory is too slow (SEC-17). */
  static final int BEHIND_MAX = 1_000;

  /** A listener that falls so many bytes behind is too slow (SEC-17). */
  static final long BEHIND_BYTES_MAX = 4L * 1024 * 1024;

  /** How long a listener may stay behind (SEC-17). */
  static final Duration BEHIND_TIME_MAX = Duration.ofSeconds(10);

  /** How long a listener that was told to go may take to hear it. */
  static final Duration FAREWELL_MAX = Duration.ofSeconds(2);

  /** Messages handed to a connection that it has not taken yet. */
  private static final int IN_FLIGHT_MAX = 64;

  private static final long IN_FLIGHT_BYTES_MAX = 256 * 1024;
  private static final int CLOSE_POLICY = 1008;
  private static final int CLOSE_GOING_AWAY = 1001;

  private final Firehose firehose;
  private final Wire wire;
  private final AtomicInteger wanted = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong inFlightBytes = new AtomicLong();
  private volatile Form form;
  private volatile boolean isLive;
  private volatile boolean stopped;
  private volatile @Nullable Thread reader;

  /** Number of the last frame that was sent. Belongs to whoever sends. */
  private volatile long position;

  /** Place of the next frame to send, while live. */
  private volatile long place;

  /** Nanoseconds since which it is too far behind; 0 while it is not. Belongs to the watch. */
  private long behindSince;

  private long stoppedAt;

  Listener(Firehose firehose, Wire wire, Form form) {
    this.firehose = firehose;
    this.wire = wire;
    this.form = form;
  }

  /** Takes another form from the next frame on. */
  void form(Form next) {
    form = next;
  }

  /** Begins with what comes next. */
  void startLive() {
    place = firehose.window().end();
    position = firehose.window().last();
    isLive = true;
    pump();
  }

  /** Begins behind a number, with what is in the store. */
  void startBehind(long number) {
    position = number;
    catchUp();
  }

  /** Sends what is new, as far as the connection takes it. Returns at once. */
  void pump() {
    if (wanted.getAndIncrement() != 0) {
      return; // whoever is at it goes round once more
    }
    int seen = 1;
    do {
      if (isLive && !stopped) {
        sendNew();
      }
      seen = wanted.addAndGet(-seen);
    } while (seen != 0);
  }

  private void sendNew() {
    FrameWindow window = firehose.window();
    List<Form.Message> batch = new ArrayList<>();
    int messages = inFlight.get();
    long bytes = inFlightBytes.get();
    long next = place;
    while (messages < IN_FLIGHT_MAX && bytes < IN_FLIGHT_BYTES_MAX && next < window.end()) {
      Frame frame = window.at(next);
      if (frame == null) {
        isLive = false;
        break;
      }
      if (frame.number() > position) {
        for (Form.Message message : form.of(frame)) {
          batch.add(message);
          messages++;
          bytes += message.bytes().length;
        }
        position = frame.number();
      }
      next++;
    }
    place = next;
    send(batch);
    if (!isLive) {
      catchUp();
    }
  }

  private void send(List<Form.Message> batch) {
    if (batch.isEmpty()) {
      return;
    }
    for (Form.Message message : batch) {
      inFlight.incrementAndGet();
      inFlightBytes.addAndGet(message.bytes().length);
    }
    wire.send(batch, taken);
  }

  private final Wire.Taken taken =
      new Wire.Taken() {
        @Override
        public void taken(int bytes) {
          inFlightBytes.addAndGet(-bytes);
          inFlight.decrementAndGet();
          Thread waiting = reader;
          if (waiting != null) {
            java.util.concurrent.locks.LockSupport.unpark(waiting);
          } else if (isLive && place < firehose.window().end()) {
            pump();
          }
        }

        @Override
        public void lost() {
          gone();
        }
      };

  private void catchUp() {
    reader = Thread.ofVirtual().name("firehose-listener").start(this::readStore);
  }

  private void readStore() {
    try {
      Frame previous = null;
      while (!stopped) {
        List<Journal.Emission> page =
            firehose.journal().stream(Firehose.STREAM, position, Firehose.PAGE);
        for (Journal.Emission emission : page) {
          Frame frame = Frame.behind(previous, emission);
          previous = frame;
          if (!awaitRoom()) {
            return;
          }
          send(form.of(frame));
          position = frame.number();
        }
        long meeting = firehose.window().placeAbove(position);
        if (meeting >= 0 && page.size() < Firehose.PAGE) {
          place = meeting;
          isLive = true;
          return;
        }
      }
    } catch (RuntimeException e) {
      Firehose.LOG.warn("a listener could not be given what it missed", e);
      end(CLOSE_GOING_AWAY, "the server cannot read its stream now", List.of());
    } finally {
      reader = null;
      pump();
    }
  }

  private boolean awaitRoom() {
    long begun = System.nanoTime();
    int before = inFlight.get();
    while (inFlight.get() >= IN_FLIGHT_MAX || inFlightBytes.get() >= IN_FLIGHT_BYTES_MAX) {
      if (stopped) {
        return false;
      }
      java.util.concurrent.locks.LockSupport.parkNanos(STALL_MAX.toNanos() / 10);
      int now = inFlight.get();
      if (now < before) {
        before = now;
        begun = System.nanoTime();
      } else if (System.nanoTime() - begun > STALL_MAX.toNanos()) {
        tooSlow();
        return false;
      }
    }
    return !stopped;
  }

  /** Looks after this listener, now and then: nobody may stay behind for long. */
  void watch(long nanos) {
    if (stopped) {
      if (nanos - stoppedAt > FAREWELL_MAX.toNanos()) {
        wire.cut();
        firehose.ended(wire.session());
      }
      return;
    }
    FrameWindow window = firehose.window();
    boolean behind =
        isLive
            ? window.end() - place > BEHIND_MAX || window.bytesFrom(place) > BEHIND_BYTES_MAX
            : behindSince != 0;
    if (!behind) {
      behindSince = 0;
    } else if (behindSince == 0) {
      behindSince = nanos;
    } else if (nanos - behindSince > BEHIND_TIME_MAX.toNanos()) {
      tooSlow();
    }
  }

  void ping() {
    if (!stopped) {
      wire.ping();
    }
  }

  private void tooSlow() {
    end(CLOSE_POLICY, "ConsumerTooSlow", form.error("ConsumerTooSlow", "Stream consumer too slow"));
  }

  /** Ends it with an error of the protocol. */
  void refuse(String error, String message) {
    end(CLOSE_POLICY, error, form.error(error, message));
  }

  /** Says something before the first frame. */
  void say(List<Form.Message> messages) {
    send(messages);
  }

  /** Lets it go because the server stops. */
  void stop() {
    end(CLOSE_GOING_AWAY, "the server stops", List.of());
  }

  /** Ends it in good order. */
  void end(int code, String reason, List<Form.Message> last) {
    if (stopped) {
      return;
    }
    stoppedAt = System.nanoTime();
    stopped = true;
    send(last);
    wire.close(code, reason);
  }

  /** Notes that the other side went away. */
  void gone() {
    stopped = true;
    Thread waiting = reader;
    if (waiting != null) {
      java.util.concurrent.locks.LockSupport.unpark(waiting);
    }
    firehose.ended(wire.session());
  }
}
