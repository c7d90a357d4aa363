package tripod.activitypub.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tripod.activitypub.activity.ActivityFailure;

/**
 * The canonical text of a JSON document.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8785">RFC 8785: JSON Canonicalization Scheme</a>
 */
final class Jcs {
  private static final BigDecimal EXACT_MAX = BigDecimal.valueOf(1L << 53);

  private Jcs() {}

  static byte[] bytes(JsonNode node) {
    var text = new StringBuilder();
    write(node, text);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(JsonNode node, StringBuilder text) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      Collections.sort(names); // by UTF-16 code units, as section 3.2.3 asks
      text.append('{');
      boolean first = true;
      for (String name : names) {
        text.append(first ? "" : ",");
        first = false;
        string(name, text);
        text.append(':');
        write(object.get(name), text);
      }
      text.append('}');
    } else if (node.isArray()) {
      text.append('[');
      for (int i = 0; i < node.size(); i++) {
        text.append(i > 0 ? "," : "");
        write(node.get(i), text);
      }
      text.append(']');
    } else if (node.isTextual()) {
      string(node.textValue(), text);
    } else if (node.isNumber()) {
      text.append(number(node));
    } else {
      text.append(node.asText());
    }
  }

  /** Section 3.2.2.3: numbers as ECMAScript writes a double. */
  static String number(JsonNode node) {
    double value = node.doubleValue();
    if (Double.isInfinite(value) || Double.isNaN(value)) {
      throw new ActivityFailure.Malformed("a number that no double can hold");
    }
    if (value == 0) {
      return "0";
    }
    BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (shortest.scale() <= 0 && shortest.abs().compareTo(EXACT_MAX) <= 0) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    int point = digits.length() - shortest.scale(); // position of the decimal point
    var text = new StringBuilder(value < 0 ? "-" : "");
    if (digits.length() <= point && point <= 21) {
      text.append(digits).append("0".repeat(point - digits.length()));
    } else if (0 < point && point <= 21) {
      text.append(digits, 0, point).append('.').append(digits.substring(point));
    } else if (-6 < point && point <= 0) {
      text.append("0.").append("0".repeat(-point)).append(digits);
    } else {
      int exponent = point - 1;
      text.append(digits.charAt(0));
      if (digits.length() > 1) {
        text.append('.').append(digits.substring(1));
      }
      text.append('e').append(exponent < 0 ? "-" : "+").append(Math.abs(exponent));
    }
    return text.toString();
  }

  private static void string(String value, StringBuilder text) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c < 0x20) {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
