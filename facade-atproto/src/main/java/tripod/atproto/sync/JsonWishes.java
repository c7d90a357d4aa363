package tripod.atproto.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tripod.syntax.Did;
import tripod.syntax.Nsid;

/**
 * What a listener of the JSON stream wants to hear of.
 *
 * @param collections whole names; with {@link #prefixes} both empty for all
 * @param prefixes beginnings of names, each with its last dot
 * @param dids whose; empty for everybody's
 * @param bytesMax largest event in bytes; 0 for any
 */
record JsonWishes(Set<String> collections, List<String> prefixes, Set<String> dids, int bytesMax) {
  /** Most collections and prefixes together. */
  static final int COLLECTIONS_MAX = 100;

  /** Most identities. */
  static final int DIDS_MAX = 10_000;

  private static final String ALL_BELOW = ".*";
  private static final JsonMapper JSON = new JsonMapper();

  JsonWishes {
    collections = Set.copyOf(collections);
    prefixes = List.copyOf(prefixes);
    dids = Set.copyOf(dids);
  }

  /**
   * Reads wishes.
   *
   * @throws IllegalArgumentException saying in plain words what is wrong with them
   */
  static JsonWishes of(List<String> collections, List<String> dids, long bytesMax) {
    if (collections.size() > COLLECTIONS_MAX) {
      throw new IllegalArgumentException(
          collections.size() + " wantedCollections, at most " + COLLECTIONS_MAX + " are allowed");
    }
    if (dids.size() > DIDS_MAX) {
      throw new IllegalArgumentException(
          dids.size() + " wantedDids, at most " + DIDS_MAX + " are allowed");
    }
    List<String> whole = new ArrayList<>();
    List<String> prefixes = new ArrayList<>();
    for (String collection : collections) {
      if (collection.endsWith(ALL_BELOW)) {
        String prefix = collection.substring(0, collection.length() - ALL_BELOW.length());
        // A prefix may be shorter than a name: two parts are enough.
        if (!Nsid.isValid(prefix) && !Nsid.isValid(prefix + ".any")) {
          throw new IllegalArgumentException("no collection begins with " + prefix);
        }
        prefixes.add(prefix + ".");
      } else if (Nsid.isValid(collection)) {
        whole.add(collection);
      } else {
        throw new IllegalArgumentException("not the name of a collection: " + collection);
      }
    }
    for (String did : dids) {
      if (!Did.isValid(did)) {
        throw new IllegalArgumentException("not a DID: " + did);
      }
    }
    return new JsonWishes(
        Set.copyOf(whole), prefixes, Set.copyOf(dids), Math.clamp(bytesMax, 0, Integer.MAX_VALUE));
  }

  /**
   * Reads wishes out of a message that a listener sent.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static JsonWishes update(String message) {
    JsonNode said;
    try {
      said = JSON.readTree(message);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the message is no JSON", e);
    }
    if (!"options_update".equals(said.path("type").asText())) {
      throw new IllegalArgumentException("expected a message of the type options_update");
    }
    JsonNode payload = said.path("payload");
    if (!payload.isObject()) {
      throw new IllegalArgumentException("expected an object as payload");
    }
    return of(
        texts(payload.path("wantedCollections")),
        texts(payload.path("wantedDids")),
        payload.path("maxMessageSizeBytes").asLong(0));
  }

  private static List<String> texts(JsonNode array) {
    if (!array.isArray() && !array.isNull() && !array.isMissingNode()) {
      throw new IllegalArgumentException("expected an array of texts");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode text : array) {
      texts.add(text.asText());
    }
    return texts;
  }

  /** Says whether an event is wanted; what is of no collection goes to all. */
  boolean takes(JsonEvent event) {
    return (dids.isEmpty() || dids.contains(event.did()))
        && (event.collection().isEmpty() || takesCollection(event.collection()))
        && (bytesMax == 0 || event.text().length <= bytesMax);
  }

  private boolean takesCollection(String collection) {
    if (collections.isEmpty() && prefixes.isEmpty()) {
      return true;
    }
    return collections.contains(collection) || prefixes.stream().anyMatch(collection::startsWith);
  }
}
