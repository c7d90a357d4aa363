package tripod.identity.did;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tripod.identity.IdentityFailure;
import tripod.identity.key.DidKey;
import tripod.syntax.Cid;
import tripod.syntax.Did;

/**
 * One signed operation of a did:plc identity, read and checked for its form.
 *
 * <p>Immutable; the bytes that were signed are written anew from the JSON, canonically.
 *
 * @see <a href="https://web.plc.directory/spec/v0.1/did-plc">did:plc, version 0.1</a>
 */
public final class PlcOperation {
  private static final String OPERATION = "plc_operation";
  private static final String TOMBSTONE = "plc_tombstone";
  private static final String LEGACY = "create";
  private static final Set<String> OPERATION_FIELDS =
      Set.of(
          "type", "rotationKeys", "verificationMethods", "alsoKnownAs", "services", "prev", "sig");
  private static final Set<String> TOMBSTONE_FIELDS = Set.of("type", "prev", "sig");
  private static final Set<String> LEGACY_FIELDS =
      Set.of("type", "signingKey", "recoveryKey", "handle", "service", "prev", "sig");
  private static final Set<String> SERVICE_FIELDS = Set.of("type", "endpoint");
  private static final int SIGNATURE_BYTES = 64;
  private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";
  private static final int DID_CHARS = 24;

  private final ObjectNode json;
  private final byte[] signature;
  private final byte[] signedBytes;
  private final byte[] wholeBytes;
  private final Optional<PlcState> state;

  private PlcOperation(ObjectNode json) {
    this.json = json;
    this.signature = signature(json);
    ObjectNode unsigned = json.deepCopy();
    unsigned.remove("sig");
    this.signedBytes = PlcCbor.encode(unsigned);
    this.wholeBytes = PlcCbor.encode(json);
    this.state = state(json);
  }

  /**
   * Reads an operation.
   *
   * @throws IdentityFailure.Invalid if it breaks the form
   */
  public static PlcOperation parse(JsonNode json) {
    if (!(json instanceof ObjectNode object)) {
      throw invalid("expected an object");
    }
    String type = text(object, "type");
    Set<String> fields =
        switch (type) {
          case OPERATION -> OPERATION_FIELDS;
          case TOMBSTONE -> TOMBSTONE_FIELDS;
          case LEGACY -> LEGACY_FIELDS;
          default -> throw invalid("unknown type");
        };
    for (String field : fields) {
      if (!object.has(field)) {
        throw invalid("no " + field);
      }
    }
    if (object.size() != fields.size()) {
      throw invalid("unknown field");
    }
    JsonNode prev = object.get("prev");
    boolean fits =
        switch (type) {
          case OPERATION -> prev.isNull() || prev.isTextual();
          case TOMBSTONE -> prev.isTextual();
          default -> prev.isNull();
        };
    if (!fits) {
      throw invalid("prev of the wrong kind");
    }
    return new PlcOperation(object.deepCopy());
  }

  /** Makes a signed operation that puts an identity into a state. */
  public static PlcOperation sign(
      PlcState state, Optional<String> prev, Function<byte[], byte[]> signer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", OPERATION);
    state.writeTo(json);
    prev.ifPresentOrElse(cid -> json.put("prev", cid), () -> json.putNull("prev"));
    return signed(json, signer);
  }

  /** Makes a signed operation that ends an identity. */
  public static PlcOperation tombstone(String prev, Function<byte[], byte[]> signer) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", TOMBSTONE);
    json.put("prev", prev);
    return signed(json, signer);
  }

  private static PlcOperation signed(ObjectNode json, Function<byte[], byte[]> signer) {
    byte[] signature = signer.apply(PlcCbor.encode(json));
    json.put("sig", Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    return new PlcOperation(json);
  }

  /** Returns the operation as it was signed; not to be changed. */
  public JsonNode json() {
    return json;
  }

  /** Returns the identity this operation would begin. */
  public Did did() {
    return new Did("did:plc:" + base32(Cid.ofDagCbor(wholeBytes).digest()));
  }

  /** Writes the first 15 bytes in base32, which makes 24 characters without a rest. */
  private static String base32(byte[] digest) {
    var text = new StringBuilder(DID_CHARS);
    for (int bit = 0; bit < DID_CHARS * 5; bit += 5) {
      int pair = (digest[bit >> 3] & 0xff) << 8 | (digest[(bit >> 3) + 1] & 0xff);
      text.append(BASE32.charAt((pair >> (11 - (bit & 7))) & 31));
    }
    return text.toString();
  }

  /** Returns the CID of the signed operation, as the next one names it. */
  public String cid() {
    return Cid.ofDagCbor(wholeBytes).toString();
  }

  /** Returns the CID of the operation before. */
  public Optional<String> prev() {
    return Optional.ofNullable(json.get("prev").textValue());
  }

  /** Returns the state it puts the identity into; empty for a tombstone. */
  public Optional<PlcState> state() {
    return state;
  }

  boolean isLegacy() {
    return json.get("type").textValue().equals(LEGACY);
  }

  int byteCount() {
    return wholeBytes.length;
  }

  /** Returns which of some keys signed this operation, as an index, or empty. */
  Optional<Integer> signerAmong(List<String> didKeys) {
    for (int i = 0; i < didKeys.size(); i++) {
      if (isSignedBy(didKeys.get(i))) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /** A key of a kind that cannot sign operations has not signed this one; others still may. */
  private boolean isSignedBy(String didKey) {
    try {
      return DidKey.parse(didKey).verify(signedBytes, signature);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Optional<PlcState> state(ObjectNode json) {
    return switch (text(json, "type")) {
      case TOMBSTONE -> Optional.empty();
      case LEGACY ->
          Optional.of(
              PlcState.legacy(
                  text(json, "signingKey"),
                  text(json, "recoveryKey"),
                  text(json, "handle"),
                  text(json, "service")));
      default ->
          Optional.of(
              new PlcState(
                  texts(json.get("rotationKeys")),
                  textMap(json.get("verificationMethods")),
                  texts(json.get("alsoKnownAs")),
                  services(json.get("services"))));
    };
  }

  private static byte[] signature(ObjectNode json) {
    String text = text(json, "sig");
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      // Neither padding nor free trailing bits: one signature has one text.
      if (bytes.length == SIGNATURE_BYTES
          && Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new IdentityFailure.Invalid("Not a valid operation: sig is not base64url", e);
    }
    throw invalid("sig is not 64 bytes of base64url without padding");
  }

  private static Map<String, PlcState.Service> services(JsonNode json) {
    Map<String, PlcState.Service> services = new LinkedHashMap<>();
    for (var field : object(json).properties()) {
      ObjectNode service = object(field.getValue());
      if (service.size() != SERVICE_FIELDS.size()) {
        throw invalid("service with other fields than type and endpoint");
      }
      services.put(
          field.getKey(), new PlcState.Service(text(service, "type"), text(service, "endpoint")));
    }
    return services;
  }

  private static ObjectNode object(JsonNode json) {
    if (json instanceof ObjectNode object) {
      return object;
    }
    throw invalid("expected a map");
  }

  private static Map<String, String> textMap(JsonNode json) {
    Map<String, String> map = new LinkedHashMap<>();
    for (var field : object(json).properties()) {
      map.put(field.getKey(), text(field.getValue()));
    }
    return map;
  }

  private static List<String> texts(JsonNode json) {
    if (!json.isArray()) {
      throw invalid("expected a list");
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode member : json) {
      texts.add(text(member));
    }
    return texts;
  }

  private static String text(ObjectNode json, String field) {
    JsonNode value = json.get(field);
    if (value == null) {
      throw invalid("no " + field);
    }
    return text(value);
  }

  private static String text(JsonNode value) {
    String text = value.textValue();
    if (text == null) {
      throw invalid("expected a text");
    }
    return text;
  }

  private static IdentityFailure.Invalid invalid(String reason) {
    return new IdentityFailure.Invalid("Not a valid operation: " + reason);
  }
}
