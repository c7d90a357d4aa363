package tripod.identity.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GuardedHttpTest {
  private static final int MEBIBYTE = 1024 * 1024;

  private HttpServer server;
  private GuardedHttp http;
  private Instant now = Instant.parse("2026-11-22T00:00:00Z");

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    OutboundRules rules = OutboundRules.lab(List.of());
    http =
        new GuardedHttp(
            rules,
            new LabNameResolver(
                rules,
                host -> {
                  throw new UnknownHostException(host);
                }),
            Duration.ofMinutes(1),
            () -> now);
  }

  @AfterEach
  void stop() {
    http.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    switch (path) {
      case "/echo" -> {
        String seen =
            exchange.getRequestMethod()
                + " "
                + exchange.getRequestHeaders().getFirst("Host")
                + " "
                + exchange.getRequestHeaders().getFirst("Authorization")
                + " "
                + new String(exchange.getRequestBody().readAllBytes());
        reply(exchange, 200, seen.getBytes());
      }
      case "/to-other" -> redirect(exchange, "http://other.localhost:" + port() + "/echo");
      case "/to-echo" -> redirect(exchange, "/echo");
      case "/loop" -> redirect(exchange, "/loop");
      case "/to-inside" -> redirect(exchange, "http://10.0.0.1/");
      case "/big" -> reply(exchange, 200, new byte[2 * MEBIBYTE]);
      case "/bomb" -> {
        var packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
          gzip.write(new byte[8 * MEBIBYTE]);
        }
        exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        reply(exchange, 200, packed.toByteArray());
      }
      case "/broken" -> exchange.close();
      default -> reply(exchange, 404, new byte[0]);
    }
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    reply(exchange, 302, new byte[0]);
  }

  private static void reply(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    } catch (IOException e) {
      // The client may have had enough.
      exchange.close();
    }
  }

  private int port() {
    return server.getAddress().getPort();
  }

  private URI uri(String path) {
    return URI.create("http://alice.localhost:" + port() + path);
  }

  private OutboundRequest get(String path) {
    return OutboundRequest.get(uri(path), OutboundRequest.Limit.SMALL);
  }

  @Test
  void get_namesBelowLocalhost_reachLoopback() {
    OutboundResponse answer = http.send(get("/echo#fragment"));
    assertEquals(200, answer.status());
    assertEquals("GET alice.localhost:" + port() + " null ", answer.text());
    assertEquals(
        "POST alice.localhost:" + port() + " null body",
        http.send(
                OutboundRequest.post(
                    uri("/echo"), "text/plain", "body".getBytes(), OutboundRequest.Limit.METADATA))
            .text());
  }

  @Test
  void SEC_22_redirects_checkedCountedAndWithoutCredentialsElsewhere() {
    OutboundRequest same = get("/to-echo").with("Authorization", "Bearer x");
    assertTrue(http.send(same).text().contains("Bearer x"));
    OutboundRequest other = get("/to-other").with("Authorization", "Bearer x");
    assertFalse(http.send(other).text().contains("Bearer x"));
    assertEquals(302, http.send(other.redirects(0)).status());
    assertEquals(302, http.send(get("/loop")).status());
    assertThrows(OutboundFailure.Refused.class, () -> http.send(get("/to-inside")));
  }

  @Test
  void SEC_23_size_isCountedAfterDecompression() {
    assertThrows(OutboundFailure.TooLarge.class, () -> http.send(get("/big")));
    assertThrows(OutboundFailure.TooLarge.class, () -> http.send(get("/bomb")));
    assertEquals(
        2 * MEBIBYTE,
        http.send(OutboundRequest.get(uri("/big"), OutboundRequest.Limit.MEDIA)).body().length);
    assertEquals(200, http.send(get("/echo")).status());
  }

  @Test
  void stream_givesTheBodyAsItWasSent_andCountsIt() {
    OutboundResponse head =
        http.stream(
            get("/bomb"),
            (answer, body) -> {
              try {
                assertTrue(body.readAllBytes().length < MEBIBYTE, "it was unpacked");
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
              return answer;
            });
    assertEquals("gzip", head.header("content-encoding").orElseThrow());
    assertThrows(
        OutboundFailure.TooLarge.class,
        () ->
            http.stream(
                get("/big"),
                (answer, body) -> {
                  try {
                    return body.readAllBytes();
                  } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                  }
                }));
    assertEquals(
        "seen",
        http.stream(get("/big"), (answer, body) -> "seen"),
        "a reader need not read to the end");
    assertEquals(200, http.send(get("/echo")).status());
  }

  @Test
  void upload_isSentWhileItIsRead_andItsBreakingIsNotTheHostsFault() {
    OutboundRequest post =
        OutboundRequest.post(uri("/echo"), "text/plain", new byte[0], OutboundRequest.Limit.PROXY);
    String echoed =
        http.upload(
            post,
            new OutboundHttp.Upload(new java.io.ByteArrayInputStream("a film".getBytes()), -1),
            (answer, body) -> {
              try {
                return new String(body.readAllBytes());
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    assertTrue(echoed.endsWith(" a film"), echoed);
    for (int i = 0; i < 6; i++) {
      assertThrows(
          java.io.UncheckedIOException.class,
          () ->
              http.upload(
                  post,
                  new OutboundHttp.Upload(
                      new java.io.InputStream() {
                        @Override
                        public int read() throws IOException {
                          throw new IOException("the client went away");
                        }
                      },
                      100),
                  (answer, body) -> answer));
    }
    assertEquals(200, http.send(get("/echo")).status());
  }

  @Test
  void SEC_24_hostThatFails_isLeftAlone() {
    for (int i = 0; i < 5; i++) {
      assertThrows(OutboundFailure.Unreachable.class, () -> http.send(get("/broken")));
    }
    var open = assertThrows(OutboundFailure.CircuitOpen.class, () -> http.send(get("/echo")));
    assertEquals(now.plus(Duration.ofMinutes(1)), open.until());
    now = now.plus(Duration.ofMinutes(2));
    assertEquals(200, http.send(get("/echo")).status());
    assertThrows(
        OutboundFailure.Unreachable.class,
        () ->
            http.send(
                OutboundRequest.get(
                    URI.create("https://unknown.example/"), OutboundRequest.Limit.SMALL)));
  }
}
