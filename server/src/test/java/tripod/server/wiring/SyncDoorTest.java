package tripod.server.wiring;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tripod.server.bench.LabDoor;
import tripod.server.bench.LabMember;

/** Synchronisation as others see it on the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncDoorTest {
  private static final String TOKEN = "sync-admin-token";
  private static final int PATIENCE_S = 20;

  private final LinkedBlockingQueue<String> crawls = new LinkedBlockingQueue<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private HttpServer relay;
  private Running server;
  private LabMember member;

  @BeforeAll
  void start(@TempDir Path data) throws IOException {
    relay = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    relay.createContext(
        "/xrpc/com.atproto.sync.requestCrawl",
        exchange -> {
          crawls.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    relay.createContext(
        "/xrpc/com.atproto.sync.getHostStatus",
        exchange -> {
          byte[] body =
              "{\"seq\":5,\"accountCount\":2,\"status\":\"active\"}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    relay.start();
    server =
        Running.start(
            Map.of(
                "host.port",
                "0",
                "host.data",
                data.toString(),
                "admin.token",
                TOKEN,
                "atproto.crawlers",
                "http://127.0.0.1:" + relay.getAddress().getPort()),
            Map.of());
    member = LabMember.create(http, server.origin(), TOKEN, "alice", Date::new);
    for (int i = 0; i < 30; i++) {
      LabDoor.ATPROTO.create(member, "post number " + i, true);
    }
  }

  @AfterAll
  void stop() {
    http.shutdownNow();
    server.close();
    relay.stop(0);
  }

  @Test
  void relay_isAskedToListen() throws Exception {
    String asked = crawls.poll(PATIENCE_S, TimeUnit.SECONDS);
    assertEquals("{\"hostname\":\"" + server.origin().getAuthority() + "\"}", asked);
    HttpResponse<byte[]> views =
        http.send(
            HttpRequest.newBuilder(server.origin().resolve("/api/admin/relays"))
                .header("Authorization", "Bearer " + TOKEN)
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    JsonNode view = new JsonMapper().readTree(views.body());
    assertEquals(5, view.at("/relays/0/seq").asLong());
    assertTrue(view.path("seq").asLong() > 1L << 33);
  }

  @Test
  void getRepo_cutOff_isGoneOnWithWhereItWas() throws Exception {
    HttpResponse<byte[]> whole = repo();
    assertEquals(200, whole.statusCode());
    String tag = whole.headers().firstValue("ETag").orElseThrow();
    assertEquals("bytes", whole.headers().firstValue("Accept-Ranges").orElseThrow());
    byte[] all = whole.body();
    HttpResponse<byte[]> rest = repo("Range", "bytes=1000-", "If-Range", tag);
    assertEquals(206, rest.statusCode());
    assertArrayEquals(Arrays.copyOfRange(all, 1000, all.length), rest.body());
    assertEquals(
        "bytes 1000-" + (all.length - 1) + "/" + all.length,
        rest.headers().firstValue("Content-Range").orElseThrow());
    HttpResponse<byte[]> middle = repo("Range", "bytes=10-19");
    assertArrayEquals(Arrays.copyOfRange(all, 10, 20), middle.body());
    assertEquals(416, repo("Range", "bytes=" + all.length + "-").statusCode());
    assertEquals(200, repo("Range", "bytes=10-", "If-Range", "\"another\"").statusCode());
    assertEquals(200, repo("Range", "lines=1-2").statusCode());
    assertEquals(304, repo("If-None-Match", tag).statusCode());
    HttpResponse<byte[]> packed = repo("Accept-Encoding", "gzip");
    assertEquals("gzip", packed.headers().firstValue("Content-Encoding").orElseThrow());
    assertFalse(packed.headers().firstValue("Accept-Ranges").isPresent());
    assertArrayEquals(
        all, new GZIPInputStream(new java.io.ByteArrayInputStream(packed.body())).readAllBytes());
  }

  @Test
  void getRepo_callerWhoGoesAway_costsNothing() throws Exception {
    for (int i = 0; i < 12; i++) {
      try (Socket socket = new Socket("127.0.0.1", server.origin().getPort())) {
        socket.setSoLinger(true, 0);
        String request =
            "GET /xrpc/com.atproto.sync.getRepo?did="
                + member.did()
                + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        assertTrue(in.read() >= 0);
      }
    }
    assertEquals(200, repo().statusCode());
  }

  @Test
  void hosts_areThisOne() throws Exception {
    String own = server.origin().getAuthority();
    JsonNode status =
        json("com.atproto.sync.getHostStatus?hostname=" + own.replace(":", "%3A"), 200);
    assertEquals(own, status.path("hostname").asText());
    assertEquals("active", status.path("status").asText());
    assertTrue(status.path("accountCount").asLong() >= 1);
    assertEquals(
        "HostNotFound",
        json("com.atproto.sync.getHostStatus?hostname=other.example", 400).path("error").asText());
    JsonNode hosts = json("com.atproto.sync.listHosts", 200);
    assertEquals(1, hosts.path("hosts").size());
  }

  @Test
  void subscribeRepos_withoutAnUpgrade_saysSo() throws Exception {
    URI address = server.origin().resolve("/xrpc/com.atproto.sync.subscribeRepos");
    assertEquals(
        426,
        http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
            .statusCode());
    assertEquals(
        405,
        http.send(
                HttpRequest.newBuilder(address).POST(HttpRequest.BodyPublishers.noBody()).build(),
                HttpResponse.BodyHandlers.ofString())
            .statusCode());
  }

  @Test
  void jsonStream_tellsOfAPostThatIsWritten() throws Exception {
    LinkedBlockingQueue<String> events = new LinkedBlockingQueue<>();
    http.newWebSocketBuilder()
        .buildAsync(
            URI.create(
                "ws://localhost:"
                    + server.origin().getPort()
                    + "/subscribe?wantedCollections=app.bsky.feed.post&cursor=1"),
            new WebSocket.Listener() {
              private final StringBuilder text = new StringBuilder();

              @Override
              public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                text.append(data);
                if (last) {
                  events.add(text.toString());
                  text.setLength(0);
                }
                socket.request(1);
                return null;
              }
            })
        .get(PATIENCE_S, TimeUnit.SECONDS);
    LabDoor.ATPROTO.create(member, "heard at once", true);
    String event = events.poll(PATIENCE_S, TimeUnit.SECONDS);
    while (event != null && !event.contains("heard at once")) {
      event = events.poll(PATIENCE_S, TimeUnit.SECONDS);
    }
    JsonNode commit = new JsonMapper().readTree(String.valueOf(event)).path("commit");
    assertEquals("create", commit.path("operation").asText());
    assertEquals("app.bsky.feed.post", commit.at("/record/$type").asText());
  }

  private HttpResponse<byte[]> repo(String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            server.origin().resolve("/xrpc/com.atproto.sync.getRepo?did=" + member.did()));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private JsonNode json(String method, int status) throws Exception {
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(server.origin().resolve("/xrpc/" + method)).build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertEquals(status, answer.statusCode());
    return new JsonMapper().readTree(answer.body());
  }
}
