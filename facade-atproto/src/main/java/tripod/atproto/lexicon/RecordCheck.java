package tripod.atproto.lexicon;

import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagScalar;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

/** Checks records against the schemas known here. Safe between threads. */
public final class RecordCheck {
  private RecordCheck() {}

  /** What became of a check. */
  public sealed interface Result {
    /** The record is as its schema wants it. */
    record Valid() implements Result {}

    /** No schema for its kind is known here. */
    record Unknown() implements Result {}

    /**
     * The record breaks its schema.
     *
     * @param fault where and how
     */
    record Invalid(String fault) implements Result {}
  }

  /** Checks a record and its key. */
  public static Result check(Nsid collection, RecordKey key, DagFields record) {
    RecordKinds.Kind kind = RecordKinds.ALL.get(collection.value());
    if (kind == null) {
      return new Result.Unknown();
    }
    if (!kind.key().allows(key)) {
      return new Result.Invalid(
          "the key " + key + " is not of the kind " + kind.key() + " that " + collection + " has");
    }
    String fault = fault(kind.record(), record);
    return fault == null ? new Result.Valid() : new Result.Invalid("record" + fault);
  }

  /**
   * Returns the key that every record of a collection must have; empty when it may have others, or
   * is not known.
   */
  public static Optional<RecordKey> onlyKey(Nsid collection) {
    RecordKinds.Kind kind = RecordKinds.ALL.get(collection.value());
    return kind != null && kind.key() instanceof KeyKind.Literal literal
        ? Optional.of(new RecordKey(literal.value()))
        : Optional.empty();
  }

  /** Returns what is wrong, beginning with the path to it, or null. */
  private static @Nullable String fault(Schema schema, DagValue value) {
    return switch (schema) {
      case Schema.Text text ->
          value instanceof DagScalar.Text t ? textFault(text, t.value()) : " must be a text";
      case Schema.Int bounds ->
          !(value instanceof DagScalar.Int i)
              ? " must be an integer"
              : i.value() < bounds.min() || i.value() > bounds.max()
                  ? " must be from " + bounds.min() + " to " + bounds.max()
                  : null;
      case Schema.Truth t -> value instanceof DagScalar.Bool ? null : " must be true or false";
      case Schema.Blob blob -> blobFault(blob, value);
      case Schema.Items items -> itemsFault(items, value);
      case Schema.Union union -> unionFault(union, value);
      case Schema.Fields fields -> fieldsFault(fields, value);
    };
  }

  private static @Nullable String textFault(Schema.Text schema, String text) {
    int length = text.length();
    // A UTF-16 unit takes at most three bytes, so that most lengths need no counting.
    if (length * 3L > schema.bytesMax() || length < schema.bytesMin()) {
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > schema.bytesMax()) {
        return " has " + bytes + " bytes, at most " + schema.bytesMax() + " are allowed";
      }
      if (bytes < schema.bytesMin()) {
        return " has " + bytes + " bytes, at least " + schema.bytesMin() + " are needed";
      }
    }
    if (length > schema.graphemesMax()) {
      int graphemes = graphemes(text);
      if (graphemes > schema.graphemesMax()) {
        return " has "
            + graphemes
            + " characters, at most "
            + schema.graphemesMax()
            + " are allowed";
      }
    }
    return schema.format().allows(text) ? null : " must be a " + schema.format().word();
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

  private static @Nullable String blobFault(Schema.Blob schema, DagValue value) {
    if (!(value instanceof DagFields blob)
        || !blob.type().equals(Optional.of("blob"))
        || blob.link("ref").isEmpty()) {
      return " must be a blob";
    }
    String mimeType = blob.text("mimeType").orElse("");
    if (!schema.accepts(mimeType)) {
      return " must be one of " + schema.accept() + ", came " + mimeType;
    }
    long size = blob.integer("size").orElse(-1L);
    return size > schema.sizeMax()
        ? " has " + size + " bytes, at most " + schema.sizeMax() + " are allowed"
        : null;
  }

  private static @Nullable String itemsFault(Schema.Items schema, DagValue value) {
    if (!(value instanceof DagValue.Items list)) {
      return " must be a list";
    }
    List<DagValue> items = list.items();
    if (items.size() > schema.countMax()) {
      return " has " + items.size() + " items, at most " + schema.countMax() + " are allowed";
    }
    for (int i = 0; i < items.size(); i++) {
      String fault = fault(schema.item(), items.get(i));
      if (fault != null) {
        return "/" + i + fault;
      }
    }
    return null;
  }

  private static @Nullable String unionFault(Schema.Union schema, DagValue value) {
    if (!(value instanceof DagFields fields)) {
      return " must be an object";
    }
    Optional<String> type = fields.type();
    if (type.isEmpty()) {
      return " must have a $type";
    }
    Schema kind = schema.kinds().get(type.get());
    return kind == null ? null : fault(kind, value); // unions are open: a new kind is no fault
  }

  private static @Nullable String fieldsFault(Schema.Fields schema, DagValue value) {
    if (!(value instanceof DagFields fields)) {
      return " must be an object";
    }
    for (String name : schema.required()) {
      if (!fields.has(name)) {
        return "/" + name + " is missing";
      }
    }
    for (int i = 0; i < fields.size(); i++) {
      Schema property = schema.properties().get(fields.key(i));
      String fault = property == null ? null : fault(property, fields.value(i));
      if (fault != null) {
        return "/" + fields.key(i) + fault;
      }
    }
    return null;
  }
}
