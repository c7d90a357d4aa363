package tripod.atproto.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.Javalin;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tripod.podstore.Journal;
import tripod.podstore.MemoryStores;
import tripod.podstore.PodStore;

class FirehoseTest {
  private final PodStore store = MemoryStores.open(InstantSource.system(), List.of());
  private final Firehose firehose = new Firehose(store.journal(), InstantSource.system());
  private final Javalin server =
      Javalin.create(config -> config.routes.ws(Firehose.PATH, firehose.endpoint()))
          .start("127.0.0.1", 0);
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void close() {
    firehose.close();
    server.stop();
    // Not close(): that waits for ever for a websocket whose end has not come through.
    client.shutdownNow();
    store.close();
  }

  @Test
  void frames_live_comeInOrderAndAsStored() throws Exception {
    firehose.start();
    emit("before");
    Received live = listen("");
    // A listener is live once it sees a frame; what was sent before that is not for it.
    while (live.isQuiet()) {
      emit("ready?");
    }
    for (int i = 0; i < 50; i++) {
      emit("frame " + i);
    }
    List<String> seen = new ArrayList<>();
    while (seen.size() < 50) {
      String text = text(live.next());
      if (text.startsWith("frame")) {
        seen.add(text);
      }
    }
    for (int i = 0; i < 50; i++) {
      assertTrue(seen.get(i).startsWith("frame " + i));
    }
  }

  @Test
  void cursor_withinTheStream_replaysTheSameBytesAndGoesOn() throws Exception {
    for (int i = 0; i < 1200; i++) {
      emit("frame " + i);
    }
    firehose.start();
    List<Journal.Emission> stored = store.journal().stream(Firehose.STREAM, 0, 5000);
    assertEquals(1200, stored.size());
    Received all = listen("?cursor=0");
    for (Journal.Emission frame : stored) {
      assertArrayEquals(frame.payload(), all.next());
    }
    Received some = listen("?cursor=" + stored.get(1000).number());
    for (Journal.Emission frame : stored.subList(1001, 1200)) {
      assertArrayEquals(frame.payload(), some.next());
    }
    emit("live");
    assertTrue(text(all.next()).startsWith("live"));
    assertTrue(text(some.next()).startsWith("live"));
  }

  @Test
  void cursor_inTheFuture_isAnErrorAndTheEnd() throws Exception {
    firehose.start();
    emit("one");
    Received received = listen("?cursor=" + (store.journal().head() + 1000));
    assertArrayEquals(ErrorFrames.error("FutureCursor", "Cursor in the future."), received.next());
    assertEquals(0, received.next().length);
  }

  @Test
  void cursor_olderThanWhatIsKept_isToldAndBeginsWithTheOldest() throws Exception {
    firehose.start();
    emit("one");
    Received received = listen("?cursor=5");
    assertArrayEquals(
        ErrorFrames.info(
            "OutdatedCursor", "Requested cursor exceeded limit. Possibly missing events"),
        received.next());
    assertTrue(text(received.next()).startsWith("one"));
  }

  private void emit(String text) {
    byte[] frame = (text + " 12345678").getBytes(UTF_8);
    store.write(
        PodStore.HOST,
        writer -> {
          writer.emit(Firehose.STREAM, frame, frame.length - 8);
          return true;
        });
  }

  private static String text(byte[] frame) {
    return new String(frame, UTF_8);
  }

  private Received listen(String query) throws Exception {
    Received received = new Received();
    client
        .newWebSocketBuilder()
        .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + Firehose.PATH + query), received)
        .get(20, TimeUnit.SECONDS);
    return received;
  }

  /** Keeps frames; an empty one stands for the end. */
  private static final class Received implements WebSocket.Listener {
    private final LinkedBlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();

    @Override
    public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      pending.writeBytes(part);
      if (last) {
        frames.add(pending.toByteArray());
        pending.reset();
      }
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      frames.add(new byte[0]);
      return null;
    }

    boolean isQuiet() throws InterruptedException {
      return frames.poll(50, TimeUnit.MILLISECONDS) == null;
    }

    byte[] next() throws InterruptedException {
      byte[] frame = frames.poll(20, TimeUnit.SECONDS);
      assertTrue(frame != null, "no frame in time");
      return frame;
    }
  }
}
