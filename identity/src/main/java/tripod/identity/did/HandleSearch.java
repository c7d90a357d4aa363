package tripod.identity.did;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundHttp;
import tripod.identity.http.OutboundRequest;
import tripod.identity.http.OutboundResponse;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/**
 * Asks the network whom a handle points to: its TXT record and its web server at the same time, of
 * which the record is believed first (atproto.md 3.4). Keeps nothing.
 *
 * @see <a href="https://atproto.com/specs/handle#handle-resolution">AT Protocol: handle
 *     resolution</a>
 */
final class HandleSearch {
  private static final String TEXT = "did=";
  private static final Duration TIME = Duration.ofSeconds(3);
  private static final Duration TXT_TIME = Duration.ofSeconds(2);

  private final TxtLookup txt;
  private final OutboundHttp http;
  private final UnaryOperator<String> scheme;
  private final Duration time;

  /**
   * Makes it.
   *
   * @param scheme the scheme of a host's web server
   */
  HandleSearch(TxtLookup txt, OutboundHttp http, UnaryOperator<String> scheme) {
    this(txt, http, scheme, TIME);
  }

  HandleSearch(TxtLookup txt, OutboundHttp http, UnaryOperator<String> scheme, Duration time) {
    this.txt = txt;
    this.http = http;
    this.scheme = scheme;
    this.time = time;
  }

  /** What a TXT record says: whom, nobody since it names several, or nothing at all. */
  private record Named(boolean speaks, Optional<Did> did) {
    private static final Named NOTHING = new Named(false, Optional.empty());
  }

  /** Returns whom the handle points to; blocks for three seconds at most. */
  Optional<Did> ask(Handle handle) {
    CompletableFuture<Optional<Did>> web = later(() -> overWeb(handle));
    CompletableFuture<Named> record =
        later(() -> overTxt(handle))
            .completeOnTimeout(Named.NOTHING, TXT_TIME.toMillis(), TimeUnit.MILLISECONDS);
    try {
      return record
          .thenCompose(
              named -> named.speaks() ? CompletableFuture.completedFuture(named.did()) : web)
          .get(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause()); // what strangers can cause is caught below
    }
  }

  private static <T> CompletableFuture<T> later(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task));
  }

  private Named overTxt(Handle handle) {
    List<String> dids =
        txt.texts("_atproto." + handle).stream()
            .filter(text -> text.startsWith(TEXT))
            .map(text -> text.substring(TEXT.length()))
            .distinct()
            .toList();
    if (dids.isEmpty()) {
      return Named.NOTHING;
    }
    // AT Protocol section "Handle Resolution": more than one is none.
    return new Named(true, dids.size() == 1 ? did(dids.getFirst()) : Optional.empty());
  }

  private Optional<Did> overWeb(Handle handle) {
    URI uri =
        URI.create(scheme.apply(handle.value()) + "://" + handle + "/.well-known/atproto-did");
    try {
      OutboundResponse answer = http.send(OutboundRequest.get(uri, OutboundRequest.Limit.SMALL));
      return answer.isSuccess()
          ? answer.text().lines().findFirst().flatMap(line -> did(line.strip()))
          : Optional.empty();
    } catch (OutboundFailure e) {
      return Optional.empty();
    }
  }

  private static Optional<Did> did(String text) {
    return Did.isValid(text) ? Optional.of(new Did(text)) : Optional.empty();
  }
}
