package tripod.atproto.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.Javalin;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tripod.podstore.Journal;
import tripod.podstore.MemoryStores;
import tripod.podstore.PodStore;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;

class FirehoseTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-05-01T12:00:00Z"));
  private final InstantSource clock = now::get;
  private final PodStore store = MemoryStores.open(clock, List.of());
  private final Firehose firehose = new Firehose(store.journal(), clock, Firehose.WINDOW);
  private final Javalin server =
      Javalin.create(
              config -> {
                config.routes.wsBeforeUpgrade(Firehose.PATH, Firehose::settleProtocol);
                config.routes.ws(Firehose.PATH, firehose.endpoint());
              })
          .start("127.0.0.1", 0);
  private final Sockets sockets = new Sockets(server.port(), Firehose.PATH);
  private int count;

  @AfterEach
  void close() {
    sockets.close();
    firehose.close();
    server.stop();
    store.close();
  }

  @Test
  void frames_live_comeInOrderAndAsStored() throws Exception {
    firehose.start();
    emit();
    Sockets.Socket live = listening("");
    long first = store.journal().head();
    for (int i = 0; i < 50; i++) {
      emit();
    }
    for (Journal.Emission frame : stored(first)) {
      assertArrayEquals(frame.payload(), live.next());
    }
  }

  @Test
  void cursor_withinTheStream_replaysTheSameBytesAndGoesOn() throws Exception {
    for (int i = 0; i < 1200; i++) {
      emit();
    }
    firehose.start();
    List<Journal.Emission> stored = stored(0);
    assertEquals(1200, stored.size());
    Sockets.Socket all = sockets.open("?cursor=0");
    for (Journal.Emission frame : stored) {
      assertArrayEquals(frame.payload(), all.next());
    }
    Sockets.Socket some = sockets.open("?cursor=" + stored.get(1000).number());
    for (Journal.Emission frame : stored.subList(1001, 1200)) {
      assertArrayEquals(frame.payload(), some.next());
    }
    emit();
    byte[] last = stored(store.journal().head() - 1).getLast().payload();
    assertArrayEquals(last, all.next());
    assertArrayEquals(last, some.next());
  }

  @Test
  void cursor_whileFramesCome_leavesNoGapAndRepeatsNothing() throws Exception {
    firehose.start();
    for (int i = 0; i < 300; i++) {
      emit();
    }
    Thread writer =
        Thread.ofVirtual()
            .start(
                () -> {
                  for (int i = 0; i < 3000; i++) {
                    emit();
                  }
                });
    List<Sockets.Socket> listeners = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      listeners.add(sockets.open("?cursor=0"));
    }
    writer.join();
    List<Journal.Emission> stored = stored(0);
    assertEquals(3300, stored.size());
    for (Sockets.Socket listener : listeners) {
      for (Journal.Emission frame : stored) {
        assertArrayEquals(frame.payload(), listener.next());
      }
    }
  }

  @Test
  void cursor_inTheFuture_isAnErrorAndTheEnd() throws Exception {
    firehose.start();
    emit();
    Sockets.Socket received = sockets.open("?cursor=" + (store.journal().passed() + 1));
    assertArrayEquals(XrpcForm.errorV0("FutureCursor", "Cursor in the future."), received.next());
    assertEquals(0, received.next().length);
    Sockets.Socket wrong = sockets.open("?cursor=soon");
    assertArrayEquals(
        XrpcForm.errorV0("InvalidRequest", "cursor must be an integer"), wrong.next());
    assertEquals(0, wrong.next().length);
  }

  @Test
  void cursor_olderThanTheWindow_isToldAndBeginsWithTheOldestInIt() throws Exception {
    firehose.start();
    emit();
    long old = store.journal().head();
    emit();
    now.set(now.get().plus(Duration.ofHours(20)));
    emit();
    byte[] kept = stored(old + 1).getLast().payload();
    long known = store.journal().before(Firehose.STREAM, now.get());
    now.set(now.get().plus(Duration.ofHours(10)));
    for (boolean pruned : new boolean[] {false, true}) {
      Sockets.Socket outdated = sockets.open("?cursor=" + old);
      assertEquals("OutdatedCursor", info(outdated.next()));
      assertArrayEquals(kept, outdated.next());
      Sockets.Socket all = sockets.open("?cursor=0");
      assertArrayEquals(kept, all.next());
      Sockets.Socket inTime = sockets.open("?cursor=" + known);
      assertArrayEquals(kept, inTime.next());
      if (!pruned) {
        firehose.prune();
        assertEquals(1, stored(0).size());
      }
    }
  }

  @Test
  void subprotocols_ofOneObjectAFrame_sayTheSame() throws Exception {
    firehose.start();
    emit();
    emit();
    Sockets.Socket json = sockets.open("?cursor=0", "other", "xrpc.v1.json", "xrpc.v1.cbor");
    assertEquals("xrpc.v1.json", json.protocol());
    JsonNode frame = new JsonMapper().readTree(json.next());
    assertEquals("message", frame.path("$type").asText());
    JsonNode payload = frame.path("payload");
    assertEquals("com.atproto.sync.subscribeRepos#identity", payload.path("$type").asText());
    assertEquals(stored(0).getFirst().number(), payload.path("seq").asLong());
    assertEquals("did:web:someone.example", payload.path("did").asText());

    Sockets.Socket cbor = sockets.open("?cursor=0", "xrpc.v1.cbor");
    assertEquals("xrpc.v1.cbor", cbor.protocol());
    DagFields whole = DagCbor.decodeFields(cbor.next());
    assertEquals("message", whole.text("$type").orElseThrow());
    assertEquals(
        "com.atproto.sync.subscribeRepos#identity",
        whole.fields("payload").orElseThrow().text("$type").orElseThrow());

    Sockets.Socket future =
        sockets.open("?cursor=" + (store.journal().passed() + 1), "xrpc.v1.json");
    JsonNode error = new JsonMapper().readTree(future.next());
    assertEquals("error", error.path("$type").asText());
    assertEquals("FutureCursor", error.path("error").asText());
    Sockets.Socket old = sockets.open("?cursor=0", "xrpc.v0.cbor");
    assertEquals("xrpc.v0.cbor", old.protocol());
    assertArrayEquals(stored(0).getFirst().payload(), old.next());
    assertEquals("", sockets.open("?cursor=0", "something.else").protocol());
  }

  @Test
  void SEC_17_listenerThatTakesNothing_isCutOffAndOthersAreNot() throws Exception {
    firehose.start();
    Sockets.Socket quick = listening("");
    Sockets.Socket stuck = sockets.stuck();
    byte[] large = new byte[400_000];
    for (int i = 0; i < 40; i++) {
      emit(large);
      quick.next();
    }
    long begun = System.nanoTime();
    while (firehose.listening() > 1) {
      assertTrue(System.nanoTime() - begun < Duration.ofSeconds(25).toNanos(), "still listening");
      Thread.onSpinWait();
      java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
    }
    assertTrue(System.nanoTime() - begun > Duration.ofSeconds(5).toNanos(), "cut off too early");
    emit();
    quick.next();
    stuck.abort();
  }

  @Test
  void client_thatTalks_isNotListenedTo() throws Exception {
    firehose.start();
    Sockets.Socket live = listening("");
    live.say("hello");
    emit();
    assertTrue(live.next().length > 0);
  }

  private Sockets.Socket listening(String query) throws Exception {
    int before = firehose.listening();
    Sockets.Socket socket = sockets.open(query);
    long begun = System.nanoTime();
    while (firehose.listening() == before) {
      assertTrue(System.nanoTime() - begun < Duration.ofSeconds(20).toNanos());
      Thread.onSpinWait();
    }
    return socket;
  }

  private List<Journal.Emission> stored(long after) {
    return store.journal().stream(Firehose.STREAM, after, 10_000);
  }

  private void emit() {
    emit(new byte[count++ % 100]);
  }

  private void emit(byte[] more) {
    store.write(
        PodStore.HOST,
        writer -> {
          SampleFrames.identity(writer, more);
          return true;
        });
  }

  private static String info(byte[] frame) {
    FrameBody body = FrameBody.read(frame);
    assertEquals("#info", body.type());
    return DagCbor.decodeFields(body.message()).text("name").orElseThrow();
  }

  static String text(byte[] frame) {
    return new String(frame, UTF_8);
  }
}
