package tripod.identity.did;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of the embedded directory as a stream: a message an operation, in the form of {@code
 * /export}. Each listener has a thread of its own, which reads the log at the listener's pace.
 */
public final class PlcStream implements AutoCloseable {
  /** The addresses, under the directory's path and at the root. */
  public static final List<String> PATHS = List.of("/export/stream", "/plc/export/stream");

  /** Listeners at once. */
  static final int LISTENERS_MAX = 100;

  private static final Logger LOG = LoggerFactory.getLogger(PlcStream.class);
  private static final int PAGE = 500;
  private static final long LOOK_AGAIN_MS = 200;
  private static final int CLOSE_POLICY = 1008;
  private static final int CLOSE_LATER = 1013;

  private final PlcDirectory directory;
  private final Map<String, Semaphore> listeners = new ConcurrentHashMap<>();

  /** Streams a directory's log. */
  public PlcStream(PlcDirectory directory) {
    this.directory = directory;
  }

  /** Takes websockets at {@link #PATHS}. */
  public Consumer<WsConfig> endpoint() {
    return socket -> {
      socket.onConnect(this::connect);
      socket.onClose(this::end);
      socket.onError(this::end);
    };
  }

  private void connect(WsContext listener) {
    if (listeners.size() >= LISTENERS_MAX) {
      listener.closeSession(CLOSE_LATER, "the server is busy");
      return;
    }
    long last = directory.lastSeq();
    long cursor;
    try {
      cursor = cursor(listener.queryParam("cursor"), last);
    } catch (NumberFormatException e) {
      listener.closeSession(CLOSE_POLICY, "InvalidCursor");
      return;
    }
    if (cursor > last) {
      listener.closeSession(CLOSE_POLICY, "FutureCursor");
      return;
    }
    Semaphore end = new Semaphore(0);
    listeners.put(listener.sessionId(), end);
    Thread.ofVirtual().name("plc-stream").start(() -> send(listener, cursor, end));
  }

  private static long cursor(@Nullable String text, long last) {
    if (text == null) {
      return last;
    }
    long cursor = Long.parseLong(text);
    if (cursor < 0) {
      throw new NumberFormatException("a cursor is no negative number");
    }
    return cursor;
  }

  private void send(WsContext listener, long cursor, Semaphore end) {
    long sent = cursor;
    try {
      do {
        List<ObjectNode> lines = PlcRoutes.sequenced(directory.export(sent, PAGE));
        for (ObjectNode line : lines) {
          listener.send(line.toString());
          sent = line.path("seq").longValue();
        }
      } while (!end.tryAcquire(LOOK_AGAIN_MS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      // The listener is gone, or the store is; either way there is nobody to tell.
      LOG.debug("a listener of the directory's log ended", e);
    } finally {
      listeners.remove(listener.sessionId());
    }
  }

  private void end(WsContext listener) {
    Semaphore end = listeners.get(listener.sessionId());
    if (end != null) {
      end.release();
    }
  }

  /** Ends all streams. */
  @Override
  public void close() {
    listeners.values().forEach(Semaphore::release);
  }
}
