package tripod.identity.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tripod.identity.IdentityFailure;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundHttp;
import tripod.identity.http.OutboundRequest;
import tripod.identity.http.OutboundResponse;
import tripod.syntax.WebId;

/** Which issuers a WebID trusts: read from its document, kept for five minutes (SEC-60). */
final class WebIdIssuers {
  private static final Duration KEPT = Duration.ofMinutes(5);
  private static final int CACHED_MAX = 5_000;

  private final OutboundHttp http;
  private final SolidTokens.LocalWebIds local;
  private final SolidTokens.ProfileReader reader;
  private final InstantSource clock;
  private final Cache<String, Fetched> cached =
      Caffeine.newBuilder().maximumSize(CACHED_MAX).build();

  private record Fetched(List<String> issuers, Instant at) {}

  WebIdIssuers(
      OutboundHttp http,
      SolidTokens.LocalWebIds local,
      SolidTokens.ProfileReader reader,
      InstantSource clock) {
    this.http = http;
    this.local = local;
    this.reader = reader;
    this.clock = clock;
  }

  boolean trusts(WebId webId, String issuer) {
    Optional<List<String>> here = local.issuers(webId.value());
    List<String> issuers = here.isPresent() ? here.get() : elsewhere(webId);
    return issuers.stream().anyMatch(one -> Webs.sameIssuer(one, issuer));
  }

  private List<String> elsewhere(WebId webId) {
    Instant now = clock.instant();
    Fetched known = cached.getIfPresent(webId.value());
    if (known != null && known.at().plus(KEPT).isAfter(now)) {
      return known.issuers();
    }
    try {
      OutboundResponse answer =
          http.send(
              OutboundRequest.get(URI.create(webId.document()), OutboundRequest.Limit.SMALL)
                  .with("Accept", "text/turtle, application/ld+json;q=0.5"));
      if (!answer.isSuccess()) {
        throw new IdentityFailure.BadToken("the WebID's document cannot be had");
      }
      List<String> issuers =
          reader.issuers(
              webId.value(),
              answer.uri(),
              answer.header("content-type").orElse("text/turtle"),
              answer.body());
      cached.put(webId.value(), new Fetched(List.copyOf(issuers), now));
      return issuers;
    } catch (OutboundFailure | IllegalArgumentException e) {
      throw new IdentityFailure.BadToken("the WebID's document cannot be had", e);
    }
  }
}
