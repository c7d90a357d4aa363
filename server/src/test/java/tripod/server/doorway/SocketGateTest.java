package tripod.server.doorway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketGateTest {
  private final SocketGate gate =
      new SocketGate(Map.of("/own", context -> {}), "127.0.0.1"::equals, 0, true);
  private final WebServer server =
      WebServer.start(
          "127.0.0.1",
          0,
          request -> request.status(404),
          Map.of("/own", socket -> {}, "/any", socket -> {}),
          gate);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    client.shutdownNow();
    server.close();
  }

  @Test
  void SEC_17_addressWithTooManySockets_isRefusedUntilOneCloses() throws Exception {
    List<WebSocket> open = new ArrayList<>();
    for (int i = 0; i < SocketGate.ADDRESS_MAX; i++) {
      open.add(connect("/own"));
    }
    await(SocketGate.ADDRESS_MAX);
    assertEquals(429, refused("/any"));
    open.getFirst().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    await(SocketGate.ADDRESS_MAX - 1);
    connect("/any");
    open.forEach(WebSocket::abort);
    await(1);
  }

  @Test
  void SEC_13_ownSocketOnAnotherHost_isMisdirected() throws Exception {
    assertTrue(handshake("/own", "other.example", "").startsWith("HTTP/1.1 421"));
    assertTrue(handshake("/any", "other.example", "").startsWith("HTTP/1.1 101"));
  }

  @Test
  void deflate_isNotTakenUp() throws Exception {
    String answer =
        handshake("/own", "127.0.0.1", "Sec-WebSocket-Extensions: permessage-deflate\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 101"), answer);
    assertTrue(!answer.toLowerCase(java.util.Locale.ROOT).contains("permessage-deflate"), answer);
  }

  private WebSocket connect(String path) throws Exception {
    return client
        .newWebSocketBuilder()
        .buildAsync(
            URI.create("ws://127.0.0.1:" + server.port() + path), new WebSocket.Listener() {})
        .get(20, TimeUnit.SECONDS);
  }

  private int refused(String path) {
    ExecutionException failure = assertThrows(ExecutionException.class, () -> connect(path));
    return ((WebSocketHandshakeException) failure.getCause()).getResponse().statusCode();
  }

  private void await(int count) {
    long begun = System.nanoTime();
    while (gate.open() != count) {
      assertTrue(
          System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(20), gate.open() + " are open");
      LockSupport.parkNanos(1_000_000);
    }
  }

  private String handshake(String path, String host, String more) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(20_000);
      String request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: "
              + host
              + "\r\nConnection: Upgrade\r\n"
              + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
              + more
              + "\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      StringBuilder head = new StringBuilder();
      InputStream in = socket.getInputStream();
      while (head.indexOf("\r\n\r\n") < 0) {
        int b = in.read();
        if (b < 0) {
          break;
        }
        head.append((char) b);
      }
      return head.toString();
    }
  }
}
