package tripod.atproto.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.javalin.Javalin;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tripod.podstore.MemoryStores;
import tripod.podstore.PodStore;

/**
 * Writers give way to the stream. Where one must be seen to wait, its bound is an hour, so that
 * only the stream can have let it go.
 */
class GiveWayTest {
  private static final Duration FOR_EVER = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final InstantSource clock = InstantSource.system();
  private final PodStore store = MemoryStores.open(clock, List.of());
  private final GatedJournal journal = new GatedJournal(store.journal());
  private final Firehose firehose = new Firehose(journal, clock, Firehose.WINDOW, FOR_EVER);
  private final Firehose hurried =
      new Firehose(journal, clock, Firehose.WINDOW, Duration.ofNanos(1));
  private final Javalin server =
      Javalin.create(
              config -> {
                config.routes.ws("/patient", firehose.endpoint());
                config.routes.ws("/hurried", hurried.endpoint());
              })
          .start("127.0.0.1", 0);
  private final Sockets patient = new Sockets(server.port(), "/patient");

  @AfterEach
  void close() {
    journal.open();
    patient.close();
    firehose.close();
    hurried.close();
    server.stop();
    store.close();
  }

  @Test
  void groupsWait_writerWaitsUntilTheStreamHasTakenThem() throws Exception {
    patient.open("");
    await(() -> firehose.listening() == 1, "nobody listens");
    keepWaiting(firehose);
    Thread writer = Thread.ofPlatform().daemon().start(firehose::giveWay);
    await(() -> writer.getState() == Thread.State.TIMED_WAITING, "the writer did not wait");
    journal.open();
    assertTrue(writer.join(PATIENCE), "the writer waits although the stream has caught up");
  }

  @Test
  void groupsWait_butNobodyListens_writerGoesOn() {
    keepWaiting(firehose);
    assertEquals(0, firehose.listening());
    assertTimeoutPreemptively(PATIENCE, firehose::giveWay);
  }

  @Test
  void groupsWait_streamStuck_writerGoesOnAfterItsBound() throws Exception {
    try (Sockets sockets = new Sockets(server.port(), "/hurried")) {
      sockets.open("");
      await(() -> hurried.listening() == 1, "nobody listens");
      keepWaiting(hurried);
      assertTimeoutPreemptively(PATIENCE, hurried::giveWay);
      assertEquals(1, journal.held(), "the stream is stuck still");
    }
  }

  @Test
  void nothingWaits_oneListenerTakesNothing_writerGoesOn() throws Exception {
    patient.stuck();
    await(() -> firehose.listening() == 1, "nobody listens");
    firehose.start();
    for (int i = 0; i < 20; i++) {
      emit();
    }
    await(() -> firehose.last() == store.journal().head(), "the stream does not catch up");
    assertTimeoutPreemptively(PATIENCE, firehose::giveWay);
  }

  /** Begins to send, holds it in its middle, and lets one group more wait for it. */
  private void keepWaiting(Firehose stream) {
    journal.shut();
    stream.start();
    await(() -> journal.held() == 1, "the stream does not read");
    emit();
    await(() -> journal.groups() == 1, "the group was not told of");
    assertFalse(journal.held() == 0);
  }

  private void emit() {
    store.write(
        PodStore.HOST,
        writer -> {
          SampleFrames.identity(writer, new byte[0]);
          return 0;
        });
  }

  private static void await(BooleanSupplier condition, String otherwise) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, otherwise);
      Thread.onSpinWait();
    }
  }
}
