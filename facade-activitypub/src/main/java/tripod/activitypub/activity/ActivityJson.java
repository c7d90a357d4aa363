package tripod.activitypub.activity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tripod.identity.route.DepthScan;
import tripod.syntax.MediaType;
import tripod.syntax.SyntaxException;

/**
 * Reads and writes JSON documents of strangers within limits.
 *
 * <p>Refused (SEC-30, SEC-33, activitypub note 6.4): nesting deeper than 64, a member twice,
 * strings over 1 MiB, numbers over 20 digits, more than {@value #NODES_MAX} values, anything but
 * one object.
 */
public final class ActivityJson {
  /** Most values in one document. */
  public static final int NODES_MAX = 20_000;

  private static final int STRING_CHARS_MAX = 1 << 20;
  private static final int NUMBER_DIGITS_MAX = 20;
  private static final int NAME_CHARS_MAX = 4096;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              new com.fasterxml.jackson.core.JsonFactoryBuilder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DepthScan.DEPTH_MAX)
                          .maxStringLength(STRING_CHARS_MAX)
                          .maxNumberLength(NUMBER_DIGITS_MAX)
                          .maxNameLength(NAME_CHARS_MAX)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private ActivityJson() {}

  /**
   * Checks that a body says it is one (ActivityPub 4.1, 7).
   *
   * @param contentType the header field, or null if there was none
   * @param reader who would read it, for the message: {@code an inbox}
   * @throws ActivityFailure.WrongType when it says anything else
   */
  public static void requireType(@Nullable String contentType, String reader) {
    try {
      MediaType type = MediaType.parse(contentType == null ? "" : contentType);
      if (type.is(As2.ACTIVITY_JSON) || type.is(As2.LD_JSON)) {
        return;
      }
    } catch (SyntaxException e) {
      throw new ActivityFailure.WrongType("the content type cannot be read");
    }
    throw new ActivityFailure.WrongType(
        reader + " reads " + As2.ACTIVITY_JSON + " and " + As2.LD_JSON);
  }

  /**
   * Reads one object.
   *
   * @throws ActivityFailure.Malformed when the bytes are anything else
   */
  public static ObjectNode read(byte[] body) {
    if (!DepthScan.isShallow(body)) {
      throw new ActivityFailure.Malformed(
          "the document nests deeper than " + DepthScan.DEPTH_MAX + " levels");
    }
    JsonNode node;
    try {
      node = MAPPER.readTree(body);
    } catch (IOException e) {
      throw new ActivityFailure.Malformed("the document is not well-formed JSON", e);
    }
    if (!(node instanceof ObjectNode object)) {
      throw new ActivityFailure.Malformed("the document is not one JSON object");
    }
    if (count(object, 0) > NODES_MAX) {
      throw new ActivityFailure.Malformed("the document has more than " + NODES_MAX + " values");
    }
    return object;
  }

  private static int count(JsonNode node, int before) {
    int sum = before + 1;
    for (JsonNode child : node) {
      sum = count(child, sum);
      if (sum > NODES_MAX) {
        return sum;
      }
    }
    return sum;
  }

  /** Writes a document as UTF-8. */
  public static byte[] write(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree that cannot be written", e);
    }
  }

  /** Makes an empty object. */
  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Makes an empty array. */
  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }
}
