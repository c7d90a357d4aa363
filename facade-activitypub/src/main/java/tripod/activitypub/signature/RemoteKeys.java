package tripod.activitypub.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.Terms;
import tripod.syntax.ActorIri;

/**
 * Public keys of others by their ids, fetched once and kept a day.
 *
 * <p>A key is taken only from its owner's own document, at the key id's origin, and only when that
 * document lists it (SEC-80). A failed look-up is remembered for a minute; a key that did not fit
 * is fetched again at most once in five. Safe between threads; one look-up a key at a time.
 */
public final class RemoteKeys {
  private static final int KEYS_MAX = 50_000;
  private static final Duration KEPT = Duration.ofHours(24);
  private static final Duration FAILURE_KEPT = Duration.ofMinutes(1);
  private static final Duration BETWEEN_REFRESHES = Duration.ofMinutes(5);

  private final RemoteDocuments documents;
  private final Cache<String, VerifyingKey> keys;
  private final Cache<String, ActivityFailure> failures;
  private final Cache<String, Boolean> refreshed;

  /** Fetches through {@code documents}. */
  public RemoteKeys(RemoteDocuments documents, InstantSource clock) {
    this.documents = documents;
    Ticker ticker = () -> clock.millis() * 1_000_000L;
    this.keys = cache(ticker, KEPT);
    this.failures = cache(ticker, FAILURE_KEPT);
    this.refreshed = cache(ticker, BETWEEN_REFRESHES);
  }

  private static <V> Cache<String, V> cache(Ticker ticker, Duration kept) {
    return Caffeine.newBuilder()
        .maximumSize(KEYS_MAX)
        .expireAfterWrite(kept)
        .ticker(ticker)
        .build();
  }

  /**
   * Returns a key.
   *
   * @throws ActivityFailure.Unproven when it is not listed by its owner
   * @throws ActivityFailure.Unreachable when it cannot be fetched
   */
  VerifyingKey key(String keyId) {
    ActivityFailure failed = failures.getIfPresent(keyId);
    if (failed != null) {
      throw new ActivityFailure.Unproven("the key could not be had a moment ago", failed);
    }
    try {
      return keys.get(keyId, this::fetch);
    } catch (ActivityFailure e) {
      failures.put(keyId, e);
      throw e;
    }
  }

  /** Returns a key that is known without asking anybody. */
  public Optional<VerifyingKey> known(String keyId) {
    return Optional.ofNullable(keys.getIfPresent(keyId));
  }

  /** Fetches a key that did not fit once more, unless that was done minutes ago. */
  Optional<VerifyingKey> refresh(String keyId) {
    if (refreshed.asMap().putIfAbsent(keyId, true) != null) {
      return Optional.empty();
    }
    VerifyingKey again = fetch(keyId);
    keys.put(keyId, again);
    return Optional.of(again);
  }

  private VerifyingKey fetch(String keyId) {
    String address = RemoteDocuments.address(keyId).toString();
    ObjectNode document = documents.keyDocument(address);
    if (!Terms.each(document.get("publicKey")).isEmpty()
        || !Terms.each(document.get("assertionMethod")).isEmpty()) {
      return listed(document, keyId);
    }
    String owner =
        Terms.single(document, "owner")
            .or(() -> Terms.single(document, "controller"))
            .filter(ActorIri::isValid)
            .orElseThrow(() -> new ActivityFailure.Unproven("the key document names no owner"));
    if (!sameOrigin(keyId, owner)) {
      throw new ActivityFailure.Unproven("the key is not at its owner's origin");
    }
    return listed(documents.keyDocument(owner), keyId);
  }

  /** Takes a key out of the actor document that lists it. */
  private static VerifyingKey listed(ObjectNode actor, String keyId) {
    String id = Terms.id(actor).filter(ActorIri::isValid).orElse("");
    if (id.isEmpty() || !sameOrigin(keyId, id)) {
      throw new ActivityFailure.Unproven("the key is not at its owner's origin");
    }
    for (JsonNode key : Terms.each(actor.get("publicKey"))) {
      if (names(key, keyId)
          && Terms.single(key, "owner").map(id::equals).orElse(false)
          && Terms.text(key, "publicKeyPem").isPresent()) {
        return new VerifyingKey(
            keyId, new ActorIri(id), VerifyingKey.pem(Terms.text(key, "publicKeyPem").get()));
      }
    }
    for (JsonNode key : Terms.each(actor.get("assertionMethod"))) {
      if (names(key, keyId)
          && Terms.single(key, "controller").map(id::equals).orElse(false)
          && Terms.text(key, "publicKeyMultibase").isPresent()) {
        return new VerifyingKey(
            keyId,
            new ActorIri(id),
            VerifyingKey.multikey(Terms.text(key, "publicKeyMultibase").get()));
      }
    }
    throw new ActivityFailure.Unproven("the owner's document does not list the key");
  }

  private static boolean names(JsonNode key, String keyId) {
    return key.isObject() && Terms.text(key, "id").map(keyId::equals).orElse(false);
  }

  private static boolean sameOrigin(String keyId, String actor) {
    int fragment = keyId.indexOf('#');
    String document = fragment < 0 ? keyId : keyId.substring(0, fragment);
    return ActorIri.isValid(document)
        && new ActorIri(document).origin().equals(new ActorIri(actor).origin());
  }
}
