package tripod.identity.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import tripod.identity.IdentityFailure;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundHttp;
import tripod.identity.http.OutboundRequest;
import tripod.identity.http.OutboundResponse;
import tripod.identity.route.DepthScan;

/**
 * Keys of other issuers, found through their metadata and kept for ten minutes. An unknown key id
 * has them fetched again, but not more often than once a minute.
 */
final class Issuers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final Duration AGAIN = Duration.ofMinutes(1);
  private static final int CACHED_MAX = 1_000;

  private final OutboundHttp http;
  private final InstantSource clock;
  private final Cache<String, Fetched> cached =
      Caffeine.newBuilder().maximumSize(CACHED_MAX).build();

  private record Fetched(List<JWK> keys, Instant at) {}

  Issuers(OutboundHttp http, InstantSource clock) {
    this.http = http;
    this.clock = clock;
  }

  /** Says whether an issuer's key signed a token. */
  boolean signed(String issuer, Jws token) {
    Instant now = clock.instant();
    Fetched known = cached.getIfPresent(issuer);
    if (known == null || known.at().plus(KEPT).isBefore(now)) {
      known = fetch(issuer, now);
    }
    String kid = token.header("kid");
    if (!hasKey(known, kid) && known.at().plus(AGAIN).isBefore(now)) {
      known = fetch(issuer, now);
    }
    return known.keys().stream()
        .filter(key -> kid.isEmpty() || kid.equals(key.getKeyID()))
        .anyMatch(key -> Jwks.verifies(key, token));
  }

  private static boolean hasKey(Fetched fetched, String kid) {
    return kid.isEmpty() || fetched.keys().stream().anyMatch(key -> kid.equals(key.getKeyID()));
  }

  private Fetched fetch(String issuer, Instant now) {
    String base = issuer.endsWith("/") ? issuer : issuer + "/";
    JsonNode metadata = json(base + ".well-known/openid-configuration");
    // OpenID Connect Discovery section 4.3: the issuer named must be the one asked.
    if (!Webs.sameIssuer(metadata.path("issuer").asText(""), issuer)) {
      throw new IdentityFailure.BadToken("the issuer's metadata names another issuer");
    }
    Fetched fetched = new Fetched(keys(json(metadata.path("jwks_uri").asText(""))), now);
    cached.put(issuer, fetched);
    return fetched;
  }

  private static List<JWK> keys(JsonNode json) {
    try {
      return JWKSet.parse(json.toString()).toPublicJWKSet().getKeys();
    } catch (ParseException | IllegalArgumentException e) {
      throw new IdentityFailure.BadToken("the issuer's keys do not read", e);
    }
  }

  private JsonNode json(String url) {
    try {
      OutboundResponse answer =
          http.send(
              OutboundRequest.get(URI.create(url), OutboundRequest.Limit.METADATA)
                  .with("Accept", "application/json"));
      if (!answer.isSuccess() || !DepthScan.isShallow(answer.body())) {
        throw new IdentityFailure.BadToken("the issuer gave no metadata");
      }
      JsonNode json = JSON.readTree(answer.body());
      if (json == null || !json.isObject()) {
        throw new IdentityFailure.BadToken("the issuer gave no metadata");
      }
      return json;
    } catch (OutboundFailure | IOException | IllegalArgumentException e) {
      throw new IdentityFailure.BadToken("the issuer cannot be asked", e);
    }
  }
}
