package tripod.atproto.sync;

import io.javalin.websocket.WsConfig;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.podstore.Journal;

/**
 * Sends the journal's frames to everybody who listens.
 *
 * <p>One thread reads what each durable group added and wakes the listeners, each of which has a
 * thread of its own and sends at its own pace; nothing is kept for a listener who is behind, but
 * read again from the store.
 */
public final class Firehose implements AutoCloseable {
  /** The address. */
  public static final String PATH = "/xrpc/com.atproto.sync.subscribeRepos";

  static final String STREAM = "atproto.firehose";

  /** Frames read from the store at once. */
  static final int PAGE = 500;

  /** Listeners at once (SEC-17). */
  static final int LISTENERS_MAX = 10_000;

  private static final Logger LOG = LoggerFactory.getLogger(Firehose.class);

  private final Journal journal;
  private final InstantSource clock;
  private final FrameWindow window;
  private final Semaphore news = new Semaphore(0);
  private final Map<Session, Listener> listeners = new ConcurrentHashMap<>();
  private @Nullable Thread reader;
  private @Nullable AutoCloseable subscription;
  private volatile boolean closing;

  /** Makes the firehose of a journal; it sends nothing before {@link #start}. */
  public Firehose(Journal journal, InstantSource clock) {
    this.journal = journal;
    this.clock = clock;
    this.window = new FrameWindow(journal.head());
  }

  /** Begins to read. */
  public void start() {
    subscription = journal.onGroup(news::release);
    reader = Thread.ofVirtual().name("firehose").start(this::read);
  }

  private void read() {
    long position = window.last();
    while (!closing) {
      try {
        List<Journal.Emission> frames = journal.stream(STREAM, position, PAGE);
        if (!frames.isEmpty()) {
          window.add(frames);
          position = frames.getLast().number();
        }
        if (frames.size() < PAGE) {
          news.acquire();
          news.drainPermits();
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

  /** Takes websockets at {@link #PATH}. */
  public Consumer<WsConfig> endpoint() {
    return socket -> {
      socket.onConnect(context -> connect(context.session, context.queryParam("cursor")));
      socket.onClose(context -> gone(context.session));
      socket.onError(context -> gone(context.session));
    };
  }

  private void connect(Session session, @Nullable String cursor) {
    if (listeners.size() >= LISTENERS_MAX || closing) {
      session.close(1013, "the server is busy", org.eclipse.jetty.websocket.api.Callback.NOOP);
      return;
    }
    Listener listener = new Listener(this, session, cursor);
    listeners.put(session, listener);
    listener.start();
  }

  private void gone(Session session) {
    Listener listener = listeners.get(session);
    if (listener != null) {
      listener.stop();
    }
  }

  void ended(Listener listener) {
    listeners.remove(listener.session());
  }

  Journal journal() {
    return journal;
  }

  FrameWindow window() {
    return window;
  }

  InstantSource clock() {
    return clock;
  }

  /** Stops reading and lets all listeners go. */
  @Override
  public void close() {
    closing = true;
    window.close();
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
    listeners.values().forEach(Listener::stop);
  }
}
