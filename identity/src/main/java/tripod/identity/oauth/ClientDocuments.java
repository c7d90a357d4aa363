package tripod.identity.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundHttp;
import tripod.identity.http.OutboundRequest;
import tripod.identity.http.OutboundResponse;
import tripod.identity.route.DepthScan;

/** Fetches what clients publish, and keeps it for ten minutes (SEC-58). Safe between threads. */
final class ClientDocuments {
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final int CACHED_MAX = 2_000;
  private static final int URL_CHARS_MAX = 2048;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OutboundHttp http;
  private final InstantSource clock;
  private final boolean lab;
  private final Cache<String, Fetched> cached =
      Caffeine.newBuilder().maximumSize(CACHED_MAX).build();

  private record Fetched(JsonNode json, Instant at) {}

  /**
   * Fetches through the guarded way out.
   *
   * @param lab whether plain http and ports pass, as everything is on one machine
   */
  ClientDocuments(OutboundHttp http, InstantSource clock, boolean lab) {
    this.http = http;
    this.clock = clock;
    this.lab = lab;
  }

  /** Returns the client that a document describes. */
  Client client(String clientId, Dialect dialect) {
    URI where = address(clientId);
    JsonNode json = fetch(where);
    return switch (dialect) {
      case ATPROTO -> ClientMetadata.atproto(clientId, where, json);
      case SOLID -> ClientMetadata.solid(clientId, json);
      case MASTODON -> throw OAuthFailure.client("the client is not registered here");
    };
  }

  /** Returns the keys of a client. */
  JWKSet keys(Client.Auth.Keys auth) {
    return auth.keys()
        .orElseGet(
            () ->
                auth.keysAt()
                    .map(where -> ClientMetadata.keys(fetch(where)))
                    .orElseGet(JWKSet::new));
  }

  /** Reads a client id that is an address, by the rules for them. */
  private URI address(String clientId) {
    try {
      URI uri = URI.create(clientId);
      String path = uri.getRawPath();
      boolean secure = "https".equals(uri.getScheme()) && uri.getPort() < 0;
      boolean good =
          clientId.length() <= URL_CHARS_MAX
              && (secure || (lab && "http".equals(uri.getScheme())))
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawFragment() == null
              && path != null
              && !path.isEmpty()
              && uri.normalize().equals(uri)
              && clientId.startsWith(uri.getScheme() + "://" + uri.getRawAuthority() + path);
      if (good) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new OAuthFailure("invalid_client_id", "the client id is no address", e);
    }
    throw new OAuthFailure(
        "invalid_client_id", "a client id is an https address without a port, with a path");
  }

  private JsonNode fetch(URI where) {
    Instant now = clock.instant();
    Fetched known = cached.getIfPresent(where.toString());
    if (known != null && known.at().plus(KEPT).isAfter(now)) {
      return known.json();
    }
    try {
      OutboundResponse answer =
          http.send(
              OutboundRequest.get(where, OutboundRequest.Limit.METADATA)
                  .with("Accept", "application/json, application/ld+json"));
      if (answer.status() != 200 || !DepthScan.isShallow(answer.body())) {
        throw OAuthFailure.metadata("the client's document answers " + answer.status());
      }
      JsonNode json = JSON.readTree(answer.body());
      if (json == null || !json.isObject()) {
        throw OAuthFailure.metadata("the client's document is no JSON object");
      }
      cached.put(where.toString(), new Fetched(json, now));
      return json;
    } catch (OutboundFailure | IOException e) {
      throw new OAuthFailure(
          "invalid_client_metadata", "the client's document cannot be fetched", e);
    }
  }
}
