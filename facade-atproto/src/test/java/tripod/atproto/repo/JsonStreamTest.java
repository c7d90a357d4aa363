package tripod.atproto.repo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.luben.zstd.Zstd;
import io.javalin.Javalin;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tripod.atproto.sync.Firehose;
import tripod.atproto.sync.JsonStream;
import tripod.atproto.sync.Sockets;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.Cid;

/** The JSON stream as clients of Jetstream see it. */
class JsonStreamTest {
  private static final String POST = "app.bsky.feed.post";
  private static final String LIST = "app.bsky.graph.list";
  private static final String THING = "com.example.thing";
  private static final long START_US = 1_767_323_045_678_000L;

  private final TestPods pods = new TestPods();
  private final Firehose firehose =
      new Firehose(pods.store.journal(), InstantSource.fixed(TestPods.NOW), Firehose.WINDOW);
  private final JsonStream stream = new JsonStream(firehose);
  private final Javalin server =
      Javalin.create(
              config -> {
                config.routes.wsBeforeUpgrade(JsonStream.PATH, JsonStream::check);
                config.routes.ws(JsonStream.PATH, stream.endpoint());
              })
          .start("127.0.0.1", 0);
  private final Sockets sockets = new Sockets(server.port(), JsonStream.PATH);

  @BeforeEach
  void write() {
    firehose.start();
    pods.put(POST, "3mbgmyhmk5s22", record(POST, "first"));
    pods.put(LIST, "a", record(LIST, "list"));
    pods.put(THING, "b", record(THING, "thing"));
    pods.put(THING, "b", record(THING, "changed"));
    pods.store.write(pods.pod, writer -> pods.records.delete(writer, TestPods.name(THING, "b")));
  }

  @AfterEach
  void close() {
    sockets.close();
    firehose.close();
    server.stop();
    pods.close();
  }

  @Test
  void events_ofAllKinds_haveTheShapeOfJetstream() throws Exception {
    Sockets.Socket all = sockets.open("?cursor=1");
    JsonNode identity = next(all);
    assertEquals("identity", identity.path("kind").asText());
    assertEquals(TestPods.DID.value(), identity.path("did").asText());
    assertEquals(TestPods.HANDLE.value(), identity.at("/identity/handle").asText());
    assertEquals(TestPods.DID.value(), identity.at("/identity/did").asText());
    assertTrue(identity.at("/identity/seq").isIntegralNumber());
    assertTrue(identity.at("/identity/time").isTextual());
    JsonNode account = next(all);
    assertEquals("account", account.path("kind").asText());
    assertTrue(account.at("/account/active").asBoolean());

    JsonNode post = next(all);
    assertEquals("commit", post.path("kind").asText());
    assertEquals("create", post.at("/commit/operation").asText());
    assertEquals(POST, post.at("/commit/collection").asText());
    assertEquals("3mbgmyhmk5s22", post.at("/commit/rkey").asText());
    assertEquals("first", post.at("/commit/record/text").asText());
    assertTrue(Cid.parse(post.at("/commit/cid").asText()).isDagCbor());
    assertEquals(13, post.at("/commit/rev").asText().length());

    assertEquals(LIST, next(all).at("/commit/collection").asText());
    assertEquals("create", next(all).at("/commit/operation").asText());
    assertEquals("update", next(all).at("/commit/operation").asText());
    JsonNode deleted = next(all);
    assertEquals("delete", deleted.at("/commit/operation").asText());
    assertFalse(deleted.path("commit").has("cid"));
    assertFalse(deleted.path("commit").has("record"));
  }

  @Test
  void cursor_inMicroseconds_repeatsAtMostItsMillisecond() throws Exception {
    Sockets.Socket all = sockets.open("?cursor=1");
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      times.add(next(all).path("time_us").asLong());
    }
    assertTrue(times.getFirst() >= START_US, times.toString());
    for (int i = 1; i < times.size(); i++) {
      assertTrue(times.get(i) > times.get(i - 1), times.toString());
    }
    Sockets.Socket again = sockets.open("?cursor=" + times.get(3));
    for (long time : times) {
      assertEquals(time, next(again).path("time_us").asLong());
    }
    Sockets.Socket future = sockets.open("?cursor=" + (START_US + 60_000_000L));
    Sockets.Socket live = listening("");
    pods.put(POST, "later", record(POST, "live"));
    assertEquals("live", next(live).at("/commit/record/text").asText());
    assertEquals("live", next(future).at("/commit/record/text").asText());
  }

  @Test
  void wishes_ofCollectionsAndIdentities_areFollowed() throws Exception {
    Sockets.Socket graph = sockets.open("?cursor=1&wantedCollections=app.bsky.graph.*");
    assertEquals("identity", next(graph).path("kind").asText());
    assertEquals("account", next(graph).path("kind").asText());
    assertEquals(LIST, next(graph).at("/commit/collection").asText());
    Sockets.Socket two =
        sockets.open("?cursor=1&wantedCollections=app.bsky.*&wantedDids=" + TestPods.DID);
    next(two);
    next(two);
    assertEquals(POST, next(two).at("/commit/collection").asText());
    assertEquals(LIST, next(two).at("/commit/collection").asText());
    Sockets.Socket others = listening("?wantedDids=did:web:other.example");
    Sockets.Socket small = listening("?maxMessageSizeBytes=400");
    pods.put(THING, "large", record(THING, "x".repeat(1000)));
    pods.put(THING, "small", record(THING, "y"));
    assertEquals("small", next(small).at("/commit/rkey").asText());
    assertTrue(others.isEmpty());
    assertTrue(graph.isEmpty());
  }

  @Test
  void wishes_thatCannotBe_areRefusedBeforeTheUpgrade() {
    for (String wrong :
        List.of(
            "?wantedCollections=app.bsky.graph.fo*",
            "?wantedDids=alice",
            "?cursor=soon",
            "?maxMessageSizeBytes=many",
            "?wantedCollections="
                + "app.bsky.feed.post&wantedCollections=".repeat(100)
                + "a.b.c")) {
      ExecutionException refused =
          assertThrows(ExecutionException.class, () -> sockets.open(wrong));
      assertTrue(
          refused.getCause() instanceof java.net.http.WebSocketHandshakeException handshake
              && handshake.getResponse().statusCode() == 400);
    }
  }

  @Test
  void hello_isWaitedForAndWishesChange() throws Exception {
    Sockets.Socket patient = listening("?cursor=1&requireHello=true");
    pods.put(THING, "c", record(THING, "one"));
    assertTrue(patient.isEmpty());
    patient.say(
        """
        {"type": "options_update", "payload": {"wantedCollections": ["%s"], "wantedDids": [],
         "maxMessageSizeBytes": 0}}"""
            .formatted(LIST));
    next(patient);
    next(patient);
    assertEquals(LIST, next(patient).at("/commit/collection").asText());
    patient.say("{\"type\": \"options_update\", \"payload\": {\"wantedDids\": \"me\"}}");
    assertEquals(0, patient.next().length);
    assertTrue(patient.ended().startsWith("1008 "), patient.ended());
  }

  @Test
  void compression_askedForByName_givesPlainZstdFrames() throws Exception {
    Sockets.Socket packed = sockets.open("?cursor=1&compress=zstd");
    byte[] first = packed.next();
    byte[] plain = Zstd.decompress(first, (int) Zstd.getFrameContentSize(first));
    assertEquals("identity", new JsonMapper().readTree(plain).path("kind").asText());
    // Jetstream's own compression cannot be had without its dictionary: then plain JSON comes.
    Sockets.Socket asked = sockets.open("?cursor=1&compress=true");
    assertEquals("identity", next(asked).path("kind").asText());
  }

  private Sockets.Socket listening(String query) throws Exception {
    int before = firehose.listening();
    Sockets.Socket socket = sockets.open(query);
    while (firehose.listening() == before) {
      java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
    }
    return socket;
  }

  private static JsonNode next(Sockets.Socket socket) throws Exception {
    return new JsonMapper().readTree(socket.next());
  }

  private static DagFields record(String type, String text) {
    return DagFields.builder().put("$type", type).put("text", text).build();
  }
}
