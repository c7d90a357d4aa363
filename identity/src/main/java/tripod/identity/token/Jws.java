package tripod.identity.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import tripod.identity.route.DepthScan;

/**
 * A compact JWS taken apart, not yet verified.
 *
 * @param header the header
 * @param payload the claims
 * @param signed the bytes that were signed
 * @param signature the signature
 */
record Jws(JsonNode header, JsonNode payload, byte[] signed, byte[] signature) {
  /** Longest token that is looked at, in characters. */
  static final int CHARS_MAX = 16 * 1024;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

  /** Takes a token apart; empty when it is no JWS of JSON objects. */
  static Optional<Jws> parse(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (token.length() > CHARS_MAX
        || first <= 0
        || second <= first
        || token.indexOf('.', second + 1) >= 0) {
      return Optional.empty();
    }
    try {
      JsonNode header = object(token.substring(0, first));
      JsonNode payload = object(token.substring(first + 1, second));
      byte[] signed = token.substring(0, second).getBytes(StandardCharsets.US_ASCII);
      return Optional.of(new Jws(header, payload, signed, decode(token.substring(second + 1))));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static JsonNode object(String part) throws IOException {
    byte[] json = decode(part);
    JsonNode node = DepthScan.isShallow(json) ? JSON.readTree(json) : null;
    if (node == null || !node.isObject()) {
      throw new IllegalArgumentException("no object");
    }
    return node;
  }

  String header(String name) {
    return header.path(name).asText("");
  }

  String claim(String name) {
    return payload.path(name).asText("");
  }

  /** Returns a time claim in seconds since 1970, or empty when it is no number. */
  Optional<Long> time(String name) {
    JsonNode value = payload.path(name);
    return value.isNumber() ? Optional.of(value.longValue()) : Optional.empty();
  }

  boolean hasAudience(String audience) {
    JsonNode aud = payload.path("aud");
    if (aud.isTextual()) {
      return aud.textValue().equals(audience);
    }
    for (JsonNode one : aud) {
      if (audience.equals(one.textValue())) {
        return true;
      }
    }
    return false;
  }

  static String signingInput(ObjectNode header, ObjectNode payload) {
    return encode(header.toString().getBytes(StandardCharsets.UTF_8))
        + "."
        + encode(payload.toString().getBytes(StandardCharsets.UTF_8));
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static String encode(byte[] bytes) {
    return BASE64.encodeToString(bytes);
  }

  static byte[] decode(String text) {
    return Base64.getUrlDecoder().decode(text);
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform must have SHA-256", e);
    }
  }

  /** Returns the hash under which a secret or an id is stored and looked up. */
  static String hash(String text) {
    return encode(sha256(text));
  }
}
