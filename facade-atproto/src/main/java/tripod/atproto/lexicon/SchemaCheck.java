package tripod.atproto.lexicon;

import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagScalar;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.Nsid;

/**
 * Holds one value against a schema. For one check and one thread.
 *
 * <p>A definition that is not known is no fault; which it was can be asked afterwards. References
 * cannot go in circles without going deeper into the value, since no definition is a reference, and
 * values are {@value tripod.podstore.cbor.DagCbor#DEPTH_MAX} levels deep at most.
 */
final class SchemaCheck {
  private static final String MAIN_WRITTEN = "#" + DefinitionName.MAIN;

  private final Catalog catalog;
  private @Nullable Nsid missing;

  SchemaCheck(Catalog catalog) {
    this.catalog = catalog;
  }

  /** Returns the first document that was needed and is not known, or null. */
  @Nullable Nsid missing() {
    return missing;
  }

  /** Returns what is wrong, beginning with the path to it, or null. */
  @Nullable String fault(Schema schema, DagValue value) {
    return switch (schema) {
      case Schema.Text text ->
          value instanceof DagScalar.Text t ? textFault(text, t.value()) : " must be a text";
      case Schema.Int bounds -> integerFault(bounds, value);
      case Schema.Fields fields -> fieldsFault(fields, value);
      case Schema.Items items -> itemsFault(items, value);
      case Schema.Ref ref -> definitionFault(ref.to(), value);
      case Schema.Union union -> unionFault(union, value);
      case Schema.Blob blob -> blobFault(blob, value);
      case Schema.Truth truth -> truthFault(truth, value);
      case Schema.Bytes bytes ->
          value instanceof DagScalar.Bytes b
              ? boundsFault(b.value().length, bytes.min(), bytes.max(), "bytes")
              : " must be bytes";
      case Schema.Link link -> value instanceof DagScalar.Link ? null : " must be a link";
      case Schema.Unknown unknown ->
          value instanceof DagFields fields && !isBlob(fields) ? null : " must be an object";
      case Schema.Nothing nothing -> value instanceof DagScalar.Null ? null : " must be null";
      case Schema.Other other -> null;
    };
  }

  private @Nullable String definitionFault(DefinitionName name, DagValue value) {
    return switch (catalog.find(name)) {
      case null -> {
        missing = missing == null ? name.document() : missing;
        yield null;
      }
      case Definition.Value definition -> fault(definition.schema(), value);
      case Definition.RecordKind kind -> fieldsFault(kind.fields(), value);
      case Definition.Token token ->
          value instanceof DagScalar.Text text && text.value().equals(name.toString())
              ? null
              : " must be " + name;
      case Definition.Other other -> null;
      case Definition.Query q -> " cannot be a " + name;
      case Definition.Procedure p -> " cannot be a " + name;
      case Definition.Subscription s -> " cannot be a " + name;
      case Definition.Permissions p -> " cannot be a " + name;
    };
  }

  private static @Nullable String truthFault(Schema.Truth schema, DagValue value) {
    if (!(value instanceof DagScalar.Bool bool)) {
      return " must be true or false";
    }
    return schema.only().isEmpty() || schema.only().contains(bool.value())
        ? null
        : " must be " + !bool.value();
  }

  private static @Nullable String integerFault(Schema.Int schema, DagValue value) {
    if (!(value instanceof DagScalar.Int i)) {
      return " must be an integer";
    }
    if (i.value() < schema.min() || i.value() > schema.max()) {
      return " must be from " + schema.min() + " to " + schema.max();
    }
    return schema.only().isEmpty() || schema.only().contains(i.value())
        ? null
        : " must be one of " + schema.only().stream().sorted().toList();
  }

  private static @Nullable String textFault(Schema.Text schema, String text) {
    int length = text.length();
    // A UTF-16 unit takes at most three bytes, so that most lengths need no counting.
    if (length * 3L > schema.bytesMax() || length < schema.bytesMin()) {
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      String fault = boundsFault(bytes, schema.bytesMin(), schema.bytesMax(), "bytes");
      if (fault != null) {
        return fault;
      }
    }
    // There are at most as many characters as UTF-16 units.
    if (length > schema.graphemesMax() || schema.graphemesMin() > 0) {
      String fault =
          boundsFault(graphemes(text), schema.graphemesMin(), schema.graphemesMax(), "characters");
      if (fault != null) {
        return fault;
      }
    }
    if (!schema.only().isEmpty() && !schema.only().contains(text)) {
      return " must be one of " + schema.only().stream().sorted().toList();
    }
    return schema.format().allows(text) ? null : " must be a " + schema.format().word();
  }

  private static @Nullable String boundsFault(int count, int min, int max, String what) {
    if (count > max) {
      return " has " + count + " " + what + ", at most " + max + " are allowed";
    }
    return count < min ? " has " + count + " " + what + ", at least " + min + " are needed" : null;
  }

  private static int graphemes(String text) {
    BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
    characters.setText(text);
    int count = 0;
    while (characters.next() != BreakIterator.DONE) {
      count++;
    }
    return count;
  }

  private static boolean isBlob(DagFields fields) {
    return fields.find("$type") instanceof DagScalar.Text type && type.value().equals("blob");
  }

  private static @Nullable String blobFault(Schema.Blob schema, DagValue value) {
    if (!(value instanceof DagFields blob)
        || !isBlob(blob)
        || !(blob.find("ref") instanceof DagScalar.Link)
        || !(blob.find("mimeType") instanceof DagScalar.Text mimeType)
        || !(blob.find("size") instanceof DagScalar.Int size)
        || size.value() < 0) {
      return " must be a blob";
    }
    if (!schema.accepts(mimeType.value())) {
      return " must be one of " + schema.accept() + ", came " + mimeType.value();
    }
    return size.value() > schema.sizeMax()
        ? " has " + size.value() + " bytes, at most " + schema.sizeMax() + " are allowed"
        : null;
  }

  private @Nullable String itemsFault(Schema.Items schema, DagValue value) {
    if (!(value instanceof DagValue.Items list)) {
      return " must be a list";
    }
    List<DagValue> items = list.items();
    String bounds = boundsFault(items.size(), schema.countMin(), schema.countMax(), "items");
    if (bounds != null) {
      return bounds;
    }
    for (int i = 0; i < items.size(); i++) {
      String fault = fault(schema.item(), items.get(i));
      if (fault != null) {
        return "/" + i + fault;
      }
    }
    return null;
  }

  private @Nullable String unionFault(Schema.Union schema, DagValue value) {
    if (!(value instanceof DagFields fields)) {
      return " must be an object";
    }
    if (!(fields.find("$type") instanceof DagScalar.Text type) || type.value().isEmpty()) {
      return " must have a $type";
    }
    Schema kind = schema.kinds().get(type.value());
    if (kind != null) {
      return fault(kind, value);
    }
    if (type.value().endsWith(MAIN_WRITTEN)) {
      return " must have a $type without " + MAIN_WRITTEN;
    }
    return schema.closed() ? " cannot be a " + type.value() : null;
  }

  private @Nullable String fieldsFault(Schema.Fields schema, DagValue value) {
    if (!(value instanceof DagFields fields)) {
      return " must be an object";
    }
    for (String name : schema.required()) {
      if (fields.find(name) == null) {
        return "/" + name + " is missing";
      }
    }
    for (int i = 0; i < fields.size(); i++) {
      String key = fields.key(i);
      Schema property = schema.properties().get(key);
      if (property == null
          || (fields.value(i) instanceof DagScalar.Null && schema.nullable().contains(key))) {
        continue;
      }
      String fault = fault(property, fields.value(i));
      if (fault != null) {
        return "/" + key + fault;
      }
    }
    return null;
  }
}
