package tripod.solid.notify;

import io.javalin.websocket.WsContext;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;

/** A websocket; messages go out without waiting, and too many of them on their way end it. */
final class SocketListener implements Channel.Listener {
  /** Most messages that were handed over and have not left (SEC-17). */
  private static final int UNDER_WAY_MAX = 1_000;

  private static final int NORMAL_CLOSURE = 1000;

  private final WsContext connection;
  private final AtomicInteger underWay = new AtomicInteger();

  SocketListener(WsContext connection) {
    this.connection = connection;
  }

  @Override
  public String session() {
    return connection.sessionId();
  }

  @Override
  public void send(String message) {
    if (underWay.incrementAndGet() > UNDER_WAY_MAX) {
      close("too far behind");
      return;
    }
    connection.session.sendText(
        message, Callback.from(underWay::decrementAndGet, failure -> underWay.decrementAndGet()));
  }

  @Override
  public void close(String reason) {
    connection.closeSession(NORMAL_CLOSURE, reason);
  }
}
