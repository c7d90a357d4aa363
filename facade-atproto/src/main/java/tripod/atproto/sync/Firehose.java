package tripod.atproto.sync;

import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.podstore.Journal;

/**
 * Sends the journal's frames to everybody who listens, in whatever form.
 *
 * <p>One thread reads what each durable group added and hands it to the listeners; nothing is kept
 * for a listener who is behind, but read again from the store. Another looks after the listeners
 * and lets go of frames that are too old.
 */
public final class Firehose implements AutoCloseable {
  /** The address. */
  public static final String PATH = "/xrpc/com.atproto.sync.subscribeRepos";

  /** How long frames are kept for those who come back, unless set otherwise. */
  public static final Duration WINDOW = Duration.ofHours(24);

  static final Logger LOG = LoggerFactory.getLogger(Firehose.class);

  static final String STREAM = "atproto.firehose";

  /** Frames read from the store at once. */
  static final int PAGE = 128;

  /** A connection is asked whether it is still there after this time (SEC-17). */
  static final Duration PING = Duration.ofSeconds(30);

  /** How often the listeners are looked at. */
  static final Duration WATCH = Duration.ofSeconds(1);

  /** How often frames that are too old are removed. */
  static final Duration PRUNING = Duration.ofMinutes(10);

  private static final String PROTOCOL = "Sec-WebSocket-Protocol";

  private final Journal journal;
  private final InstantSource clock;
  private final Duration kept;
  private final Duration giveWayMax;
  private final FrameWindow window;
  private final Semaphore news = new Semaphore(0);
  private final ReentrantLock passing = new ReentrantLock();
  private final Condition caughtUp = passing.newCondition();

  /** How long a write waits at most for the stream. */
  static final Duration GIVE_WAY_MAX = Duration.ofMillis(20);

  /** When so many groups of commits wait to be sent, writers give way. */
  private static final int GROUPS_WAITING_MAX = 1;

  private final Map<Session, Listener> listeners = new ConcurrentHashMap<>();
  private final List<Runnable> heralds = new CopyOnWriteArrayList<>();
  private @Nullable Thread reader;
  private @Nullable Thread watch;
  private @Nullable AutoCloseable subscription;
  private volatile boolean closing;

  /**
   * Makes the firehose of a journal; it sends nothing before {@link #start}.
   *
   * @param kept how long frames are kept for those who come back
   */
  public Firehose(Journal journal, InstantSource clock, Duration kept) {
    this(journal, clock, kept, GIVE_WAY_MAX);
  }

  Firehose(Journal journal, InstantSource clock, Duration kept, Duration giveWayMax) {
    this.giveWayMax = giveWayMax;
    this.journal = journal;
    this.clock = clock;
    this.kept = kept;
    this.window = new FrameWindow(journal.head());
  }

  /** Calls somebody when there are new frames; it must return at once. */
  public void onNews(Runnable herald) {
    heralds.add(herald);
  }

  /** Begins to read. */
  public void start() {
    subscription = journal.onGroup(news::release);
    // A thread of the system's own: writers that keep all carriers busy must not hold it back.
    reader = Thread.ofPlatform().daemon().name("firehose").start(this::read);
    watch = Thread.ofVirtual().name("firehose-watch").start(this::lookAfter);
  }

  private void read() {
    long position = window.last();
    while (!closing) {
      try {
        List<Journal.Emission> frames = journal.stream(STREAM, position, PAGE);
        if (!frames.isEmpty()) {
          window.add(frames);
          position = frames.getLast().number();
          listeners.values().forEach(Listener::pump);
          heralds.forEach(Runnable::run);
        }
        if (frames.size() < PAGE) {
          news.acquire();
          news.drainPermits();
          letPass();
        }
      } catch (InterruptedException e) {
        return;
      } catch (RuntimeException e) {
        LOG.warn("the firehose could not read the journal; it tries again with the next group", e);
        news.drainPermits();
        news.acquireUninterruptibly();
      }
    }
  }

  /**
   * Lets the stream catch up with the writes: returns at once unless groups of commits wait to be
   * sent, else when they are on their way, after {@link #GIVE_WAY_MAX} at the latest. Writers that
   * fill the processor would otherwise leave those who listen ever further behind. A slow listener
   * holds nobody up: what counts is the sending, not the taking.
   */
  public void giveWay() {
    if (listeners.isEmpty() || news.availablePermits() < GROUPS_WAITING_MAX) {
      return;
    }
    passing.lock();
    try {
      long left = giveWayMax.toNanos();
      while (left > 0 && !closing && news.availablePermits() >= GROUPS_WAITING_MAX) {
        left = caughtUp.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever interrupts a write finds out in the write
    } finally {
      passing.unlock();
    }
  }

  private void letPass() {
    passing.lock();
    try {
      caughtUp.signalAll();
    } finally {
      passing.unlock();
    }
  }

  private void lookAfter() {
    long pinged = System.nanoTime();
    long pruned = pinged - PRUNING.toNanos();
    try {
      while (!closing) {
        TimeUnit.NANOSECONDS.sleep(WATCH.toNanos());
        long now = System.nanoTime();
        listeners.values().forEach(listener -> listener.watch(now));
        if (now - pinged > PING.toNanos()) {
          pinged = now;
          listeners.values().forEach(Listener::ping);
        }
        if (now - pruned > PRUNING.toNanos()) {
          pruned = now;
          prune();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("the firehose is looked after no more", e);
    }
  }

  /** Removes frames that are older than the window. */
  void prune() {
    try {
      long removed = journal.prune(STREAM, oldestKept());
      if (removed > 0) {
        LOG.info("removed {} frames older than {}", removed, kept);
      }
    } catch (RuntimeException e) {
      LOG.warn("old frames could not be removed; it is tried again later", e);
    }
  }

  Instant oldestKept() {
    return clock.instant().minus(kept);
  }

  /**
   * Settles before the upgrade which of the offered subprotocols is spoken.
   *
   * @see <a href="https://datatracker.ietf.org/doc/html/rfc6455#section-4.2.2">RFC 6455, 4.2.2</a>
   */
  public static void settleProtocol(Context upgrade) {
    upgrade
        .res()
        .setHeader(
            PROTOCOL,
            XrpcForm.offered(offers(upgrade.header(PROTOCOL)))
                .map(XrpcForm::protocol)
                .orElse(null));
  }

  private static List<String> offers(@Nullable String field) {
    return field == null
        ? List.of()
        : Arrays.stream(field.split(",", -1)).map(String::strip).toList();
  }

  /** Takes websockets at {@link #PATH}. What clients say is not listened to. */
  public Consumer<WsConfig> endpoint() {
    return socket -> {
      socket.onConnect(
          context ->
              connect(
                  context.session,
                  XrpcForm.offered(offers(context.header(PROTOCOL))).orElse(XrpcForm.CBOR_V0),
                  Optional.ofNullable(context.queryParam("cursor"))
                      .filter(cursor -> !cursor.isEmpty())));
      socket.onClose(context -> gone(context.session));
      socket.onError(context -> gone(context.session));
    };
  }

  private void connect(Session session, XrpcForm form, Optional<String> cursor) {
    Listener listener = add(session, form);
    if (cursor.isEmpty()) {
      listener.startLive();
    } else {
      Thread.ofVirtual().name("firehose-cursor").start(() -> begin(listener, form, cursor.get()));
    }
  }

  /** Takes a listener in; it gets nothing before it is started. */
  Listener add(Session session, Form form) {
    Listener listener = new Listener(this, new Wire(session), form);
    listeners.put(session, listener);
    if (closing) {
      listener.stop();
    }
    return listener;
  }

  private void begin(Listener listener, XrpcForm form, String cursor) {
    long wanted;
    try {
      wanted = Long.parseLong(cursor);
    } catch (NumberFormatException e) {
      listener.refuse("InvalidRequest", "cursor must be an integer");
      return;
    }
    if (wanted > journal.passed()) {
      listener.refuse("FutureCursor", "Cursor in the future.");
      return;
    }
    long tooOld = journal.before(STREAM, oldestKept());
    if (wanted > 0 && (wanted < tooOld || wanted < Journal.NUMBER_MIN)) {
      listener.say(form.outdated());
    }
    listener.startBehind(Math.max(tooOld, wanted));
  }

  @Nullable Listener of(Session session) {
    return listeners.get(session);
  }

  Instant now() {
    return clock.instant();
  }

  void gone(Session session) {
    Listener listener = listeners.get(session);
    if (listener != null) {
      listener.gone();
    }
  }

  void ended(Session session) {
    listeners.remove(session);
  }

  /** Returns how many listen. */
  public int listening() {
    return listeners.size();
  }

  /** Returns the number of the last frame that was sent to anybody. */
  public long last() {
    return window.last();
  }

  Journal journal() {
    return journal;
  }

  FrameWindow window() {
    return window;
  }

  /** Stops reading and lets all listeners go. */
  @Override
  public void close() {
    closing = true;
    if (subscription != null) {
      try {
        subscription.close();
      } catch (Exception e) {
        LOG.warn("the journal did not let the firehose go", e);
      }
    }
    if (reader != null) {
      reader.interrupt();
    }
    if (watch != null) {
      watch.interrupt();
    }
    listeners.values().forEach(Listener::stop);
  }
}
