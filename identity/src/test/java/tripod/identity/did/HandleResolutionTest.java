package tripod.identity.did;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tripod.identity.IdentityConfig;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundRequest;
import tripod.identity.http.OutboundResponse;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/** Handles of elsewhere, with the network in the test's hand. */
class HandleResolutionTest {
  private static final Handle HANDLE = new Handle("ann.example.com");
  private static final Did ANN = new Did("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
  private static final Did BOB = new Did("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");

  private final Map<String, List<String>> txt = new HashMap<>();
  private final Map<Did, JsonNode> documents = new HashMap<>();
  private final AtomicInteger lookUps = new AtomicInteger();
  private Optional<String> web = Optional.empty();
  private Instant now = Instant.parse("2026-11-26T00:00:00Z");
  private final CachingDidResolver resolver =
      new CachingDidResolver(
          IdentityConfig.lab(8080),
          new Documents(),
          this::send,
          this::texts,
          new NothingHere(),
          () -> now);

  @Test
  void resolveHandle_oneRecordAmongOthers_isBelievedBeforeTheWeb() {
    txt.put("_atproto.ann.example.com", List.of("v=spf1 -all", "did=" + ANN, "DID=" + BOB));
    web = Optional.of(BOB.value());
    assertEquals(Optional.of(ANN), resolver.resolveHandle(HANDLE));
  }

  @Test
  void resolveHandle_recordsThatDiffer_isNobodyWhateverTheWebSays() {
    txt.put("_atproto.ann.example.com", List.of("did=" + ANN, "did=" + BOB));
    web = Optional.of(ANN.value());
    assertEquals(Optional.empty(), resolver.resolveHandle(HANDLE));
  }

  @Test
  void resolveHandle_noRecord_isWhatTheFirstLineOfTheWebSays() {
    web = Optional.of("  " + ANN + " \r\n" + BOB);
    assertEquals(Optional.of(ANN), resolver.resolveHandle(HANDLE));
  }

  @Test
  void resolveHandle_webThatSaysSomethingElse_isNobody() {
    web = Optional.of("<!doctype html>" + ANN);
    assertEquals(Optional.empty(), resolver.resolveHandle(HANDLE));
  }

  @Test
  void SEC_83_resolveHandle_remembersForADayAndFailuresForFiveMinutes() {
    assertEquals(Optional.empty(), resolver.resolveHandle(HANDLE));
    txt.put("_atproto.ann.example.com", List.of("did=" + ANN));
    now = now.plus(Duration.ofMinutes(4));
    assertEquals(Optional.empty(), resolver.resolveHandle(HANDLE));
    now = now.plus(Duration.ofMinutes(2));
    assertEquals(Optional.of(ANN), resolver.resolveHandle(HANDLE));

    txt.put("_atproto.ann.example.com", List.of("did=" + BOB));
    now = now.plus(Duration.ofHours(23));
    assertEquals(Optional.of(ANN), resolver.resolveHandle(HANDLE));
    assertEquals(2, lookUps.get());
    assertEquals(Optional.of(BOB), resolver.refreshHandle(HANDLE));
    assertEquals(Optional.of(BOB), resolver.resolveHandle(HANDLE));
    assertEquals(3, lookUps.get());
  }

  @Test
  void SEC_83_verifiedHandle_wantsBothDirections() {
    txt.put("_atproto.ann.example.com", List.of("did=" + ANN));
    documents.put(ANN, document(ANN, "at://ann.example.com"));
    documents.put(BOB, document(BOB, "at://ann.example.com"));
    assertEquals(Optional.of(HANDLE), resolver.verifiedHandle(ANN));
    assertEquals(Optional.empty(), resolver.verifiedHandle(BOB));
    documents.put(ANN, document(ANN, "at://other.example.com"));
    resolver.refresh(ANN);
    assertEquals(Optional.empty(), resolver.verifiedHandle(ANN));
  }

  @Test
  void ask_nobodyAnswers_endsInTime() throws InterruptedException {
    CountDownLatch closed = new CountDownLatch(1);
    HandleSearch search =
        new HandleSearch(
            name -> List.of(),
            request -> {
              try {
                closed.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              throw new OutboundFailure.TimedOut("late", null);
            },
            host -> "https",
            Duration.ofMillis(20));
    assertEquals(Optional.empty(), search.ask(HANDLE));
    closed.countDown();
  }

  private List<String> texts(String name) {
    lookUps.incrementAndGet();
    return txt.getOrDefault(name, List.of());
  }

  private OutboundResponse send(OutboundRequest request) {
    assertEquals("/.well-known/atproto-did", request.uri().getPath());
    assertEquals("https", request.uri().getScheme());
    assertEquals(3, request.redirectsMax());
    return web.map(
            text ->
                new OutboundResponse(
                    200, request.uri(), Map.of(), text.getBytes(StandardCharsets.UTF_8)))
        .orElseThrow(() -> new OutboundFailure.Refused("nothing there"));
  }

  private static JsonNode document(Did did, String alias) {
    var json = JsonNodeFactory.instance.objectNode().put("id", did.value());
    json.putArray("alsoKnownAs").add(alias);
    return json;
  }

  private static final class NothingHere implements CachingDidResolver.Ours {
    @Override
    public Optional<Did> did(Handle handle) {
      return Optional.empty();
    }

    @Override
    public Optional<JsonNode> document(Did did) {
      return Optional.empty();
    }
  }

  private final class Documents implements Plc {
    @Override
    public List<Exported> export(Instant after, int count) {
      return List.of();
    }

    @Override
    public Optional<JsonNode> document(Did did) {
      return Optional.ofNullable(documents.get(did));
    }

    @Override
    public Optional<JsonNode> data(Did did) {
      return Optional.empty();
    }

    @Override
    public Optional<JsonNode> last(Did did) {
      return Optional.empty();
    }

    @Override
    public JsonNode auditLog(Did did) {
      return JsonNodeFactory.instance.arrayNode();
    }

    @Override
    public void submit(Did did, JsonNode operation) {
      throw new UnsupportedOperationException();
    }
  }
}
