package tripod.identity.did;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tripod.identity.IdentityFailure;
import tripod.syntax.Did;

/**
 * The operations of one identity, and the rules by which another may follow. Pure: no clock, no
 * database.
 *
 * @param did whose they are
 * @param entries all operations in the order they came
 */
record PlcLog(Did did, List<Entry> entries) {
  /** How long a more powerful key may undo what a weaker one signed. */
  static final Duration RECOVERY = Duration.ofDays(3);

  /** Largest operation in bytes of DAG-CBOR. */
  static final int OPERATION_BYTES_MAX = 7500;

  private static final int ROTATION_KEYS_MAX = 5;
  private static final int NAMES_MAX = 10;
  private static final int NAME_CHARS_MAX = 256;
  private static final int METHODS_MAX = 10;
  private static final int SERVICES_MAX = 10;
  private static final int SERVICE_TYPE_CHARS_MAX = 256;
  private static final int ENDPOINT_CHARS_MAX = 512;
  private static final int ID_CHARS_MAX = 32;
  private static final String MISORDERED = "Operations not correctly ordered";

  PlcLog {
    entries = List.copyOf(entries);
  }

  /** One operation with what the directory notes about it. */
  record Entry(PlcOperation operation, String cid, Instant created, boolean nullified) {
    private static final DateTimeFormatter MILLIS =
        DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    JsonNode json(Did did) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("did", did.value())
          .<com.fasterxml.jackson.databind.node.ObjectNode>set("operation", operation.json())
          .put("cid", cid)
          .put("nullified", nullified)
          .put("createdAt", MILLIS.format(created));
    }
  }

  /** Returns the operations that hold. */
  List<Entry> holding() {
    return entries.stream().filter(entry -> !entry.nullified()).toList();
  }

  /** Returns the last operation that holds. */
  Optional<Entry> last() {
    return entries.reversed().stream().filter(entry -> !entry.nullified()).findFirst();
  }

  /** Returns the log with the notes of the directory. */
  ArrayNode audit() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    entries.forEach(entry -> json.add(entry.json(did)));
    return json;
  }

  /**
   * Returns the log with one more operation.
   *
   * @throws IdentityFailure.Invalid if the rules refuse it
   */
  PlcLog plus(PlcOperation proposed, Instant now) {
    Set<String> undone = proposed.prev().isEmpty() ? begin(proposed) : follow(proposed, now);
    List<Entry> all = new ArrayList<>(entries.size() + 1);
    for (Entry entry : entries) {
      all.add(
          undone.contains(entry.cid())
              ? new Entry(entry.operation(), entry.cid(), entry.created(), true)
              : entry);
    }
    all.add(new Entry(proposed, proposed.cid(), now, false));
    return new PlcLog(did, all);
  }

  private Set<String> begin(PlcOperation proposed) {
    if (!entries.isEmpty()) {
      throw new IdentityFailure.Invalid(MISORDERED);
    }
    PlcState state = proposed.state().orElseThrow(() -> new IdentityFailure.Invalid(MISORDERED));
    signer(proposed, state.rotationKeys());
    if (!proposed.did().equals(did)) {
      throw new IdentityFailure.Invalid(
          "Hash of genesis operation does not match DID identifier: " + proposed.did());
    }
    return Set.of();
  }

  private Set<String> follow(PlcOperation proposed, Instant now) {
    List<Entry> holding = holding();
    String prev = proposed.prev().orElseThrow();
    int at = -1;
    for (int i = 0; i < holding.size(); i++) {
      if (holding.get(i).cid().equals(prev)) {
        at = i;
      }
    }
    if (at < 0) {
      throw new IdentityFailure.Invalid(MISORDERED);
    }
    List<String> keys =
        holding
            .get(at)
            .operation()
            .state()
            .orElseThrow(() -> new IdentityFailure.Invalid(MISORDERED))
            .rotationKeys();
    if (at == holding.size() - 1) {
      signer(proposed, keys);
      return Set.of();
    }
    // did:plc section "Recovery": only a key above the one that signed what is to be undone.
    Entry disputed = holding.get(at + 1);
    signer(proposed, keys.subList(0, signer(disputed.operation(), keys)));
    if (Duration.between(disputed.created(), now).compareTo(RECOVERY) > 0) {
      throw new IdentityFailure.Invalid(
          "Recovery operation occured outside of the allowed 72 hr recovery window");
    }
    Set<String> undone = new HashSet<>();
    holding.subList(at + 1, holding.size()).forEach(entry -> undone.add(entry.cid()));
    return undone;
  }

  private static int signer(PlcOperation operation, List<String> keys) {
    return operation
        .signerAmong(keys)
        .orElseThrow(() -> new IdentityFailure.Invalid("Invalid signature on op"));
  }

  /**
   * Checks what a directory asks of a new operation besides: old logs hold some that would not be
   * taken today.
   *
   * @throws IdentityFailure.Invalid if a limit is passed
   */
  static void checkNew(PlcOperation operation) {
    require(!operation.isLegacy(), "the old form is no longer taken");
    require(
        operation.byteCount() <= OPERATION_BYTES_MAX,
        "operation has " + operation.byteCount() + " bytes, at most " + OPERATION_BYTES_MAX);
    if (operation.state().isEmpty()) {
      return;
    }
    PlcState state = operation.state().get();
    List<String> keys = state.rotationKeys();
    require(!keys.isEmpty(), "need at least one rotation key");
    require(keys.size() <= ROTATION_KEYS_MAX, "too many rotation keys");
    require(new HashSet<>(keys).size() == keys.size(), "a rotation key is named twice");
    require(keys.stream().allMatch(PlcLog::isRotationKey), "unsupported rotation key");
    require(state.verificationMethods().size() <= METHODS_MAX, "too many verification methods");
    state
        .verificationMethods()
        .forEach(
            (name, key) -> {
              require(name.length() <= ID_CHARS_MAX, "name of a key too long");
              require(
                  tripod.identity.key.DidKey.isDidKey(key), "a verification method is no did:key");
            });
    require(state.alsoKnownAs().size() <= NAMES_MAX, "too many names");
    require(
        state.alsoKnownAs().stream().allMatch(name -> name.length() <= NAME_CHARS_MAX),
        "name too long");
    require(new HashSet<>(state.alsoKnownAs()).size() == state.alsoKnownAs().size(), "name twice");
    require(state.services().size() <= SERVICES_MAX, "too many services");
    state
        .services()
        .forEach(
            (name, service) -> {
              require(name.length() <= ID_CHARS_MAX, "name of a service too long");
              require(service.type().length() <= SERVICE_TYPE_CHARS_MAX, "service type too long");
              require(service.endpoint().length() <= ENDPOINT_CHARS_MAX, "endpoint too long");
            });
  }

  private static boolean isRotationKey(String key) {
    try {
      tripod.identity.key.DidKey.parse(key);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void require(boolean holds, String reason) {
    if (!holds) {
      throw new IdentityFailure.Invalid("Improperly formatted operation, " + reason);
    }
  }
}
