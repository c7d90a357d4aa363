package tripod.server.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A host whose database went back: relays that know more are told where repositories stand. */
class SEC_84_RestoredHostTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_S = 20;

  @TempDir Path data;
  @TempDir Path backup;

  private final HttpClient http = HttpClient.newHttpClient();
  private final AtomicLong seenByRelay = new AtomicLong();
  private HttpServer relay;
  private int port;

  @BeforeEach
  void startRelay() throws IOException {
    relay = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    relay.createContext(
        "/",
        exchange -> {
          byte[] body = ("{\"seq\":" + seenByRelay + "}").getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    relay.start();
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    relay.stop(0);
  }

  private MemberHost host() {
    MemberHost host =
        new MemberHost(
            data,
            Map.of(
                "host.port",
                Integer.toString(port),
                "atproto.crawlers",
                "http://127.0.0.1:" + relay.getAddress().getPort()));
    port = host.port();
    return host;
  }

  private static void write(MemberHost host, MemberHost.Member member) {
    MemberHost.as(member)
        .contentType("application/json")
        .body(
            "{\"repo\":\"%s\",\"collection\":\"com.example.note\",\"record\":{}}"
                .formatted(member.did()))
        .post(host.xrpc("com.atproto.repo.createRecord"))
        .then()
        .statusCode(200);
  }

  private static String rev(MemberHost host, MemberHost.Member member) {
    return MemberHost.ask()
        .get(host.xrpc("com.atproto.sync.getLatestCommit") + "?did=" + member.did())
        .then()
        .statusCode(200)
        .extract()
        .path("rev");
  }

  /** What is said from a number on; whoever asks for it must know how much that is. */
  private final class Frames {
    private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();

    Frames(MemberHost host, long cursor) {
      String query = "/xrpc/com.atproto.sync.subscribeRepos?cursor=" + cursor;
      http.newWebSocketBuilder()
          .subprotocols("xrpc.v1.json")
          .buildAsync(
              URI.create("ws://localhost:" + host.port() + query),
              new WebSocket.Listener() {
                private final StringBuilder text = new StringBuilder();

                @Override
                public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
                  text.append(part);
                  if (last) {
                    said.add(text.toString());
                    text.setLength(0);
                  }
                  from.request(1);
                  return null;
                }
              })
          .join();
    }

    JsonNode next() throws Exception {
      String text = said.poll(PATIENCE_S, TimeUnit.SECONDS);
      assertTrue(text != null, "no frame came");
      return JSON.readTree(text).path("payload");
    }

    JsonNode next(String type) throws Exception {
      JsonNode frame = next();
      assertEquals("com.atproto.sync.subscribeRepos#" + type, frame.path("$type").asText());
      return frame;
    }
  }

  private long afterCreation(MemberHost host) throws Exception {
    Frames frames = new Frames(host, 0);
    frames.next("identity");
    frames.next("account");
    frames.next("commit");
    JsonNode last = frames.next("sync");
    // A record of the member's profile may follow.
    seenByRelay.set(Math.max(last.path("seq").asLong(), head(host)));
    return seenByRelay.get();
  }

  private static long head(MemberHost host) {
    return MemberHost.ask()
        .get(host.xrpc("com.atproto.sync.getHostStatus") + "?hostname=localhost%3A" + host.port())
        .then()
        .statusCode(200)
        .extract()
        .jsonPath()
        .getLong("seq");
  }

  @Test
  void olderDatabase_newRevisionsAreTold_once() throws Exception {
    MemberHost.Member alice;
    long known;
    try (MemberHost first = host()) {
      alice = first.member("alice");
      known = afterCreation(first);
    }
    put(data, backup);
    String lost;
    try (MemberHost second = host()) {
      write(second, alice);
      lost = rev(second, alice);
      seenByRelay.set(head(second));
    }
    put(backup, data);
    String told;
    long toldAt;
    try (MemberHost third = host()) {
      JsonNode sync = new Frames(third, known).next("sync");
      assertEquals(alice.did(), sync.path("did").asText());
      told = sync.path("rev").asText();
      toldAt = sync.path("seq").asLong();
      assertTrue(told.compareTo(lost) > 0, "relays take no revision below the one they know");
      assertTrue(toldAt > seenByRelay.get());
      assertEquals(told, rev(third, alice));
      seenByRelay.set(toldAt);
      write(third, alice);
      JsonNode commit = new Frames(third, toldAt).next("commit");
      assertEquals(told, commit.path("since").asText());
      toldAt = commit.path("seq").asLong();
      seenByRelay.set(toldAt);
    }
    try (MemberHost fourth = host()) {
      write(fourth, alice);
      new Frames(fourth, toldAt).next("commit");
    }
  }

  @Test
  void relayThatKnowsMore_isTold_andOneThatKnowsAllIsNot() throws Exception {
    MemberHost.Member alice;
    long known;
    try (MemberHost first = host()) {
      alice = first.member("alice");
      known = afterCreation(first);
    }
    try (MemberHost second = host()) {
      write(second, alice);
      JsonNode commit = new Frames(second, known).next("commit");
      known = commit.path("seq").asLong();
    }
    seenByRelay.set(known + 1);
    // A store that opens begins at a number of the second, above all that it may have given before.
    long second = Instant.now().getEpochSecond();
    while (Instant.now().getEpochSecond() == second) {
      Thread.onSpinWait();
    }
    long toldAt;
    try (MemberHost third = host()) {
      JsonNode sync = new Frames(third, known).next("sync");
      assertEquals(rev(third, alice), sync.path("rev").asText());
      write(third, alice);
      toldAt = new Frames(third, sync.path("seq").asLong()).next("commit").path("seq").asLong();
    }
    // It is told once, and what it has seen by now this host has said.
    seenByRelay.set(toldAt);
    try (MemberHost fourth = host()) {
      write(fourth, alice);
      new Frames(fourth, toldAt).next("commit");
    }
  }

  /** Puts the files of one folder in the place of another's, but for the number beside them. */
  private static void put(Path from, Path to) throws IOException {
    for (Path file : files(to)) {
      Files.delete(file);
    }
    for (Path file : files(from)) {
      Files.copy(file, to.resolve(file.getFileName()));
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> !file.getFileName().toString().equals("numbers.high"))
          .toList();
    }
  }
}
