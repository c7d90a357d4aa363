package tripod.atproto.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundHttp;
import tripod.identity.http.OutboundRequest;
import tripod.identity.http.OutboundResponse;

/**
 * Asks relays to listen to this host: at the start, and with the first frame in any 20 minutes. A
 * relay that does not answer is asked again, later each time.
 *
 * @see <a href="https://atproto.com/specs/sync">AT Protocol: sync</a>
 */
public final class RelayCalls implements AutoCloseable {
  /** A relay is not asked twice within this time. */
  static final Duration PAUSE = Duration.ofMinutes(20);

  /** How long after a first failure it is tried again. */
  static final Duration RETRY_MIN = Duration.ofMinutes(1);

  /** How long after any failure it is tried again at the latest. */
  static final Duration RETRY_MAX = Duration.ofHours(1);

  private static final String METHOD = "/xrpc/com.atproto.sync.";
  private static final JsonMapper JSON = new JsonMapper();
  private static final Logger LOG = LoggerFactory.getLogger(RelayCalls.class);

  private final OutboundHttp http;
  private final InstantSource clock;
  private final String hostName;
  private final List<Relay> relays = new ArrayList<>();
  private final Semaphore news = new Semaphore(0);
  private @Nullable Thread caller;
  private volatile boolean closing;

  /**
   * Makes it.
   *
   * @param hostName this host as relays reach it, without a scheme
   * @param origins of the relays
   */
  public RelayCalls(OutboundHttp http, InstantSource clock, String hostName, List<URI> origins) {
    this.http = http;
    this.clock = clock;
    this.hostName = hostName;
    origins.forEach(origin -> relays.add(new Relay(origin)));
  }

  /** One relay, and what became of asking it. */
  private static final class Relay {
    final URI origin;
    boolean isDue = true;
    int failures;
    Instant next = Instant.MIN;
    @Nullable Instant asked;
    String fault = "";

    Relay(URI origin) {
      this.origin = origin;
    }
  }

  /** Begins to call, if there is anybody to be called. */
  public void start() {
    if (!relays.isEmpty()) {
      caller = Thread.ofVirtual().name("relay-calls").start(this::run);
    }
  }

  /** Notes that there are new frames. */
  public void onNews() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  private void run() {
    try {
      while (!closing) {
        Duration wait = turn(false);
        boolean hasNews = news.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
        if (hasNews) {
          turn(true);
          // Nothing that comes now is news to a relay that was just asked.
          TimeUnit.MILLISECONDS.sleep(RETRY_MIN.toMillis() / 60);
          news.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("relays are called no more", e);
    }
  }

  /** Asks whom it is time to ask; returns how long there is nothing to do without news. */
  synchronized Duration turn(boolean hasNews) {
    Instant now = clock.instant();
    Duration wait = RETRY_MAX;
    for (Relay relay : relays) {
      Instant asked = relay.asked;
      if (hasNews && (asked == null || !now.isBefore(asked.plus(PAUSE)))) {
        relay.isDue = true;
      }
      if (relay.isDue && !now.isBefore(relay.next)) {
        ask(relay, now);
      }
      if (relay.isDue) {
        Duration left = Duration.between(now, relay.next);
        wait = left.compareTo(wait) < 0 ? left : wait;
      }
    }
    return wait;
  }

  private void ask(Relay relay, Instant now) {
    try {
      byte[] body = JSON.writeValueAsBytes(JSON.createObjectNode().put("hostname", hostName));
      OutboundResponse answer =
          http.send(
              OutboundRequest.post(
                  relay.origin.resolve(METHOD + "requestCrawl"),
                  "application/json",
                  body,
                  OutboundRequest.Limit.METADATA));
      if (answer.status() / 100 == 2) {
        relay.isDue = false;
        relay.failures = 0;
        relay.asked = now;
        relay.fault = "";
        return;
      }
      relay.fault = "answered " + answer.status();
    } catch (OutboundFailure | JsonProcessingException e) {
      relay.fault = String.valueOf(e.getMessage());
    }
    long minutes = RETRY_MIN.toMinutes() << Math.min(relay.failures, 10);
    relay.failures++;
    Duration pause = Duration.ofMinutes(minutes);
    relay.next = now.plus(pause.compareTo(RETRY_MAX) > 0 ? RETRY_MAX : pause);
    LOG.warn("{} was not moved to listen to us: {}", relay.origin.getHost(), relay.fault);
  }

  /**
   * What a relay says of this host.
   *
   * @param relay its origin
   * @param asked when it last took our request; empty for not yet
   * @param seq the last frame it has seen; empty when it does not say
   * @param accounts how many accounts it knows here
   * @param status its word for this host, or what is wrong
   */
  public record View(
      URI relay,
      Optional<Instant> asked,
      Optional<Long> seq,
      Optional<Long> accounts,
      String status) {}

  /** Asks each relay what it knows of this host. */
  public List<View> views() {
    List<Relay> known;
    synchronized (this) {
      known = List.copyOf(relays);
    }
    return known.stream().map(this::view).toList();
  }

  private View view(Relay relay) {
    Optional<Instant> asked = Optional.ofNullable(relay.asked);
    try {
      OutboundResponse answer =
          http.send(
              OutboundRequest.get(
                  relay.origin.resolve(
                      METHOD
                          + "getHostStatus?hostname="
                          + URLEncoder.encode(hostName, StandardCharsets.UTF_8)),
                  OutboundRequest.Limit.METADATA));
      JsonNode said = JSON.readTree(answer.body());
      if (answer.status() != 200) {
        String error = said == null ? "" : said.path("error").asText();
        return unknown(relay, asked, "answered " + answer.status() + " " + error);
      }
      return new View(
          relay.origin,
          asked,
          number(said, "seq"),
          number(said, "accountCount"),
          said.path("status").asText("active"));
    } catch (OutboundFailure | java.io.IOException e) {
      return unknown(relay, asked, String.valueOf(e.getMessage()));
    }
  }

  private static View unknown(Relay relay, Optional<Instant> asked, String why) {
    return new View(relay.origin, asked, Optional.empty(), Optional.empty(), why);
  }

  private static Optional<Long> number(JsonNode said, String name) {
    return said.path(name).isIntegralNumber()
        ? Optional.of(said.path(name).asLong())
        : Optional.empty();
  }

  @Override
  public void close() {
    closing = true;
    if (caller != null) {
      caller.interrupt();
    }
  }
}
