package tripod.server.translate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tripod.podstore.PodFailure;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagScalar;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.Cid;

/** Records as trees of JSON, in which links and bytes are objects of one key. */
final class RecordTree {
  private static final String LINK = "$link";
  private static final String BYTES = "$bytes";

  private RecordTree() {}

  /**
   * Reads a record.
   *
   * @throws PodFailure.Invalid when it holds what the data model cannot
   */
  static DagFields read(JsonNode tree) {
    if (value(tree) instanceof DagFields fields) {
      return fields;
    }
    throw new PodFailure.Invalid("expected a record, which is a JSON object");
  }

  private static DagValue value(JsonNode node) {
    return switch (node.getNodeType()) {
      case NULL -> DagScalar.Null.NULL;
      case BOOLEAN -> DagValue.of(node.booleanValue());
      case STRING -> DagValue.of(node.textValue());
      case NUMBER -> {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
          throw new PodFailure.Invalid("not an integer of 64 bits: " + node);
        }
        yield DagValue.of(node.longValue());
      }
      case ARRAY -> {
        List<DagValue> items = new ArrayList<>(node.size());
        node.forEach(item -> items.add(value(item)));
        yield DagValue.of(items);
      }
      case OBJECT -> object(node);
      default -> throw new PodFailure.Invalid("not JSON: " + node);
    };
  }

  /** Only an object of exactly one of these keys, with a text, is special. */
  private static DagValue object(JsonNode node) {
    if (node.size() == 1 && node.path(LINK).isTextual()) {
      return DagValue.of(Cid.parse(node.get(LINK).textValue()));
    }
    if (node.size() == 1 && node.path(BYTES).isTextual()) {
      return DagValue.of(Base64.getDecoder().decode(node.get(BYTES).textValue()));
    }
    DagFields.Builder fields = DagFields.builder();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      fields.put(entry.getKey(), value(entry.getValue()));
    }
    return fields.build();
  }

  /** Writes a value. */
  static JsonNode write(DagValue value) {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    return switch (value) {
      case DagScalar.Null nothing -> nodes.nullNode();
      case DagScalar.Bool truth -> nodes.booleanNode(truth.value());
      case DagScalar.Text text -> nodes.textNode(text.value());
      case DagScalar.Int integer -> nodes.numberNode(integer.value());
      case DagScalar.Link link -> nodes.objectNode().put(LINK, link.cid().toString());
      case DagScalar.Bytes bytes ->
          nodes
              .objectNode()
              .put(BYTES, Base64.getEncoder().withoutPadding().encodeToString(bytes.value()));
      case DagValue.Items items -> {
        ArrayNode list = nodes.arrayNode();
        items.items().forEach(item -> list.add(write(item)));
        yield list;
      }
      case DagFields fields -> {
        ObjectNode object = nodes.objectNode();
        for (int i = 0; i < fields.size(); i++) {
          object.set(fields.key(i), write(fields.value(i)));
        }
        yield object;
      }
    };
  }
}
