package tripod.atproto.sync;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Websocket clients of a test. */
public final class Sockets implements AutoCloseable {
  private static final int PATIENCE_S = 20;

  private final HttpClient client = HttpClient.newHttpClient();
  private final int port;
  private final String path;

  public Sockets(int port, String path) {
    this.port = port;
    this.path = path;
  }

  /** Opens one, offering subprotocols. */
  public Socket open(String query, String... protocols) throws Exception {
    return connect(new Socket(true), query, protocols);
  }

  /** Opens one that never takes anything. */
  Socket stuck() throws Exception {
    return connect(new Socket(false), "");
  }

  private Socket connect(Socket socket, String query, String... protocols) throws Exception {
    WebSocket.Builder builder = client.newWebSocketBuilder();
    if (protocols.length > 0) {
      builder.subprotocols(protocols[0], Arrays.copyOfRange(protocols, 1, protocols.length));
    }
    socket.socket =
        builder
            .buildAsync(URI.create("ws://127.0.0.1:" + port + path + query), socket)
            .get(PATIENCE_S, TimeUnit.SECONDS);
    return socket;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  /** Keeps messages; an empty one stands for the end. */
  public static final class Socket implements WebSocket.Listener {
    private final LinkedBlockingQueue<byte[]> messages = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private final boolean takes;
    private volatile String ended = "";
    private @Nullable WebSocket socket;

    private Socket(boolean takes) {
      this.takes = takes;
    }

    @Override
    public void onOpen(WebSocket opened) {
      if (takes) {
        opened.request(1);
      }
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      return part(from, part, last);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      return part(from, data.toString().getBytes(StandardCharsets.UTF_8), last);
    }

    private CompletionStage<?> part(WebSocket from, byte[] part, boolean last) {
      pending.writeBytes(part);
      if (last) {
        messages.add(pending.toByteArray());
        pending.reset();
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      ended = status + " " + reason;
      messages.add(new byte[0]);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      messages.add(new byte[0]);
    }

    public byte[] next() throws InterruptedException {
      byte[] message = messages.poll(PATIENCE_S, TimeUnit.SECONDS);
      assertTrue(message != null, "no message in time");
      return message;
    }

    /** Says whether nothing has come that was not looked at. */
    public boolean isEmpty() {
      return messages.isEmpty();
    }

    /** Returns how it ended. */
    public String ended() {
      return ended;
    }

    String protocol() {
      return socket == null ? "" : socket.getSubprotocol();
    }

    public void say(String text) {
      if (socket != null) {
        socket.sendText(text, true).join();
      }
    }

    void abort() {
      if (socket != null) {
        socket.abort();
      }
    }
  }
}
