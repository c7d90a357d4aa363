package tripod.atproto.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundRequest;
import tripod.identity.http.OutboundResponse;

class RelayCallsTest {
  private static final URI RELAY = URI.create("https://relay.example");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-05-01T12:00:00Z"));
  private final List<OutboundRequest> sent = new ArrayList<>();
  private int status = 200;
  private String answer = "{}";
  private final RelayCalls calls =
      new RelayCalls(this::send, now::get, "pds.example", List.of(RELAY));

  private OutboundResponse send(OutboundRequest request) {
    sent.add(request);
    if (status == 0) {
      throw new OutboundFailure.Unreachable("no answer", new java.io.IOException());
    }
    return new OutboundResponse(
        status, request.uri(), Map.of(), answer.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void relay_isAskedAtTheStartAndWithNewsAfterAPause() {
    calls.turn(false);
    assertEquals(1, sent.size());
    assertEquals(
        URI.create("https://relay.example/xrpc/com.atproto.sync.requestCrawl"),
        sent.getFirst().uri());
    assertEquals(
        "{\"hostname\":\"pds.example\"}",
        new String(sent.getFirst().body().orElseThrow(), StandardCharsets.UTF_8));
    calls.turn(true);
    assertEquals(1, sent.size());
    pass(RelayCalls.PAUSE);
    calls.turn(false);
    assertEquals(1, sent.size());
    calls.turn(true);
    calls.turn(true);
    assertEquals(2, sent.size());
  }

  @Test
  void relay_thatDoesNotAnswer_isAskedLaterEachTime() {
    status = 0;
    assertEquals(RelayCalls.RETRY_MIN, calls.turn(false));
    calls.turn(true);
    assertEquals(1, sent.size());
    Duration pause = RelayCalls.RETRY_MIN;
    for (int i = 2; i < 12; i++) {
      pass(pause);
      status = i % 2 == 0 ? 503 : 0;
      Duration next = calls.turn(false);
      assertEquals(i, sent.size());
      assertTrue(next.compareTo(pause) >= 0 && next.compareTo(RelayCalls.RETRY_MAX) <= 0);
      pause = next;
    }
    assertEquals(RelayCalls.RETRY_MAX, pause);
    pass(pause);
    status = 200;
    calls.turn(false);
    pass(RelayCalls.PAUSE);
    calls.turn(false);
    assertEquals(12, sent.size());
  }

  @Test
  void views_sayWhatTheRelayKnows() {
    answer =
        "{\"hostname\":\"pds.example\",\"seq\":77,\"accountCount\":3,\"status\":\"throttled\"}";
    RelayCalls.View view = calls.views().getFirst();
    assertEquals(
        new RelayCalls.View(
            RELAY, Optional.empty(), Optional.of(77L), Optional.of(3L), "throttled"),
        view);
    assertEquals(
        URI.create(
            "https://relay.example/xrpc/com.atproto.sync.getHostStatus?hostname=pds.example"),
        sent.getFirst().uri());
    status = 400;
    answer = "{\"error\":\"HostNotFound\"}";
    assertEquals("answered 400 HostNotFound", calls.views().getFirst().status());
    status = 0;
    assertTrue(calls.views().getFirst().seq().isEmpty());
  }

  private void pass(Duration time) {
    now.set(now.get().plus(time));
  }
}
