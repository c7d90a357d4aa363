package tripod.atproto.sync;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * One websocket as the stream uses it: sends without waiting, several messages in one go, and tells
 * when each has been taken.
 */
final class Wire {
  /** A connection that says nothing and takes nothing is given up after this time. */
  static final Duration IDLE_MAX = Duration.ofSeconds(90);

  private final Session session;
  private final CoreSession core;

  Wire(Session session) {
    this.session = session;
    this.core = ((WebSocketSession) session).getCoreSession();
    session.setIdleTimeout(IDLE_MAX);
  }

  Session session() {
    return session;
  }

  /** Hears what became of one message. */
  interface Taken {
    /** The connection has taken so many bytes. */
    void taken(int bytes);

    /** The connection is gone. */
    void lost();
  }

  /** Sends messages; they are written together. */
  void send(List<Form.Message> messages, Taken taken) {
    for (int i = 0; i < messages.size(); i++) {
      Form.Message message = messages.get(i);
      int length = message.bytes().length;
      core.sendFrame(
          new Frame(
              message.isText() ? OpCode.TEXT : OpCode.BINARY, ByteBuffer.wrap(message.bytes())),
          Callback.from(() -> taken.taken(length), failure -> taken.lost()),
          i < messages.size() - 1);
    }
  }

  void ping() {
    if (session.isOpen()) {
      session.sendPing(ByteBuffer.allocate(0), org.eclipse.jetty.websocket.api.Callback.NOOP);
    }
  }

  /** Closes in good order; what was sent before goes out first. */
  void close(int code, String reason) {
    session.close(code, reason, org.eclipse.jetty.websocket.api.Callback.NOOP);
  }

  /** Lets go of the connection at once. */
  void cut() {
    session.disconnect();
  }
}
