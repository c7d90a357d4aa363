package tripod.identity.did;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import tripod.identity.IdentityConfig;
import tripod.identity.IdentityFailure;
import tripod.identity.http.OutboundFailure;
import tripod.identity.http.OutboundHttp;
import tripod.identity.http.OutboundRequest;
import tripod.identity.http.OutboundResponse;
import tripod.identity.route.DepthScan;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/** Resolves over the network and remembers, for as long as SEC-83 allows. */
public final class CachingDidResolver implements DidResolver {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CACHED_MAX = 10_000;
  private static final Duration FRESH = Duration.ofHours(1);
  private static final Duration DEAD = Duration.ofDays(1);
  private static final Duration ABSENT = Duration.ofMinutes(5);
  private static final Duration HANDLE_FRESH = Duration.ofDays(1);

  private final IdentityConfig config;
  private final Plc plc;
  private final OutboundHttp http;
  private final HandleSearch search;
  private final Ours ours;
  private final InstantSource clock;
  private final Cache<Did, Remembered<DidDocument>> documents =
      Caffeine.newBuilder().maximumSize(CACHED_MAX).build();
  private final Cache<Handle, Remembered<Did>> handles =
      Caffeine.newBuilder().maximumSize(CACHED_MAX).build();

  /** What this host knows by itself. */
  public interface Ours {
    /** Returns whose a handle of this host is. */
    Optional<Did> did(Handle handle);

    /** Returns the document of a did:web identity that is served here. */
    Optional<JsonNode> document(Did did);
  }

  private record Remembered<T>(Optional<T> value, Instant at) {
    boolean isYounger(Duration age, Instant now) {
      return Duration.between(at, now).compareTo(age) < 0;
    }
  }

  /**
   * Makes a resolver.
   *
   * @param plc the directory for did:plc
   * @param http the way to did:web documents and handles
   * @param txt the domain name system
   * @param ours names of this host, asked first
   */
  public CachingDidResolver(
      IdentityConfig config,
      Plc plc,
      OutboundHttp http,
      TxtLookup txt,
      Ours ours,
      InstantSource clock) {
    this.config = config;
    this.plc = plc;
    this.http = http;
    this.search = new HandleSearch(txt, http, this::scheme);
    this.ours = ours;
    this.clock = clock;
  }

  @Override
  public Optional<DidDocument> resolve(Did did) {
    Optional<JsonNode> here = did.isWeb() ? ours.document(did) : Optional.empty();
    if (here.isPresent()) {
      return DidDocuments.read(did, here.get());
    }
    Instant now = clock.instant();
    Remembered<DidDocument> known = documents.getIfPresent(did);
    if (known != null
        && !isEmbedded(did)
        && known.isYounger(known.value().isPresent() ? FRESH : ABSENT, now)) {
      return known.value();
    }
    try {
      return refresh(did);
    } catch (IdentityFailure.Unavailable e) {
      if (known != null && known.value().isPresent() && known.isYounger(DEAD, now)) {
        return known.value();
      }
      throw e;
    }
  }

  /** Forgets a document, since it was changed from here. */
  public void forget(Did did) {
    documents.invalidate(did);
  }

  /** The embedded directory is one read away, and always right. */
  private boolean isEmbedded(Did did) {
    return did.isPlc() && plc instanceof PlcDirectory;
  }

  @Override
  public Optional<DidDocument> refresh(Did did) {
    Optional<DidDocument> document = fetch(did).flatMap(json -> DidDocuments.read(did, json));
    documents.put(did, new Remembered<>(document, clock.instant()));
    return document;
  }

  private Optional<JsonNode> fetch(Did did) {
    if (!did.isBlessed()) {
      return Optional.empty();
    }
    if (did.isPlc()) {
      try {
        return plc.document(did);
      } catch (IdentityFailure.Gone e) {
        return Optional.empty();
      }
    }
    if (did.equals(config.serviceDid())) {
      return Optional.of(DidDocuments.ofService(config));
    }
    Optional<JsonNode> here = ours.document(did);
    return here.isPresent() ? here : didWeb(did);
  }

  private Optional<JsonNode> didWeb(Did did) {
    String host = did.value().substring("did:web:".length()).replace("%3A", ":");
    String name = host.indexOf(':') < 0 ? host : host.substring(0, host.indexOf(':'));
    URI uri = URI.create(scheme(name) + "://" + host + "/.well-known/did.json");
    try {
      OutboundResponse answer = http.send(OutboundRequest.get(uri, OutboundRequest.Limit.METADATA));
      if (answer.status() == 404 || answer.status() == 410) {
        return Optional.empty();
      }
      if (!answer.isSuccess()) {
        throw new IdentityFailure.Unavailable("the identity's host answered " + answer.status());
      }
      return DepthScan.isShallow(answer.body())
          ? Optional.ofNullable(JSON.readTree(answer.body()))
          : Optional.empty();
    } catch (OutboundFailure.Refused e) {
      return Optional.empty();
    } catch (OutboundFailure e) {
      throw new IdentityFailure.Unavailable("the identity's host cannot be reached", e);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private String scheme(String host) {
    boolean local = host.equals("localhost") || host.endsWith(".localhost");
    return config.lab() && local ? "http" : "https";
  }

  @Override
  public Optional<Did> resolveHandle(Handle handle) {
    Optional<Did> here = ours.did(handle);
    if (here.isPresent() || config.handleDomains().stream().anyMatch(handle::isUnder)) {
      return here;
    }
    Instant now = clock.instant();
    Remembered<Did> known = handles.getIfPresent(handle);
    if (known != null && known.isYounger(known.value().isPresent() ? HANDLE_FRESH : ABSENT, now)) {
      return known.value();
    }
    Optional<Did> found = search.ask(handle);
    handles.put(handle, new Remembered<>(found, now));
    return found;
  }

  @Override
  public Optional<Did> refreshHandle(Handle handle) {
    handles.invalidate(handle);
    return resolveHandle(handle);
  }

  /** Asks the network whether a handle points to an identity now, whatever is remembered. */
  public boolean pointsToNow(Handle handle, Did did) {
    return refreshHandle(handle).filter(did::equals).isPresent();
  }

  @Override
  public Optional<Handle> verifiedHandle(Did did) {
    return resolve(did)
        .flatMap(DidDocument::handle)
        .filter(handle -> resolveHandle(handle).filter(did::equals).isPresent());
  }
}
