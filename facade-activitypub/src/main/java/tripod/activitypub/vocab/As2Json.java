package tripod.activitypub.vocab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tripod.podstore.PodFailure;

/** Readings of the members of stored objects. */
final class As2Json {
  /** Most objects and lists inside each other (SEC-30). */
  static final int DEPTH_MAX = 64;

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private As2Json() {}

  /**
   * Reads an object.
   *
   * @throws PodFailure.Invalid when it is no JSON object, or deeper than {@value #DEPTH_MAX} levels
   */
  static ObjectNode read(byte[] bytes) {
    checkDepth(bytes);
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      throw new PodFailure.Invalid("not JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new PodFailure.Invalid("not JSON", e);
    }
    throw new PodFailure.Invalid("expected a JSON object");
  }

  static byte[] bytes(ObjectNode object) {
    try {
      return MAPPER.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private static void checkDepth(byte[] bytes) {
    int depth = 0;
    boolean inside = false;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (inside) {
        if (b == '\\') {
          i++;
        } else if (b == '"') {
          inside = false;
        }
      } else if (b == '"') {
        inside = true;
      } else if (b == '{' || b == '[') {
        depth++;
        if (depth > DEPTH_MAX) {
          throw new PodFailure.Invalid("JSON is deeper than " + DEPTH_MAX + " levels");
        }
      } else if (b == '}' || b == ']') {
        depth--;
      }
    }
  }

  static Optional<String> text(JsonNode node, String name) {
    JsonNode value = node.get(name);
    return value != null && value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }

  static boolean truth(JsonNode node, String name) {
    JsonNode value = node.get(name);
    return value != null && value.isBoolean() && value.booleanValue();
  }

  static Optional<Long> number(JsonNode node, String name) {
    JsonNode value = node.get(name);
    return value != null && value.isIntegralNumber() && value.canConvertToLong()
        ? Optional.of(value.longValue()).filter(number -> number > 0)
        : Optional.empty();
  }

  /** Returns the values of a member, which may be alone or in a list. */
  static List<JsonNode> each(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value == null || value.isNull()) {
      return List.of();
    }
    if (!value.isArray()) {
      return List.of(value);
    }
    List<JsonNode> all = new ArrayList<>(value.size());
    value.forEach(all::add);
    return all;
  }

  /** Returns the first type. */
  static String type(JsonNode node) {
    return each(node, "type").stream()
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .findFirst()
        .orElse("");
  }

  /** Returns what a value refers to: itself as a text, its id, or where it leads. */
  static Optional<String> reference(@Nullable JsonNode value) {
    if (value == null) {
      return Optional.empty();
    }
    return value.isTextual()
        ? Optional.of(value.textValue()).filter(text -> !text.isEmpty())
        : text(value, "id").or(() -> text(value, "href"));
  }

  static List<String> references(JsonNode node, String name) {
    return each(node, name).stream().flatMap(value -> reference(value).stream()).toList();
  }

  static Optional<String> reference(JsonNode node, String name) {
    return references(node, name).stream().findFirst();
  }
}
