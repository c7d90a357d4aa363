package tripod.atproto.lexicon;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.MediaType;
import tripod.syntax.Nsid;

/**
 * Reads what a document says of values.
 *
 * <p>What stands there must be right, down to a default that its own bounds forbid; types and
 * formats that are newer than this house are taken as saying nothing.
 */
final class SchemaReader {
  private final Nsid document;

  SchemaReader(Nsid document) {
    this.document = document;
  }

  /** Reads any kind of schema. */
  Schema read(LexiconNode node) {
    return switch (node.needText("type")) {
      case "null" -> new Schema.Nothing();
      case "boolean" -> truth(node);
      case "integer" -> integer(node);
      case "string" -> text(node);
      case "bytes" -> {
        int[] bounds = node.bounds("minLength", "maxLength");
        yield new Schema.Bytes(bounds[0], bounds[1]);
      }
      case "cid-link" -> new Schema.Link();
      case "blob" -> blob(node);
      case "array" -> {
        int[] bounds = node.bounds("minLength", "maxLength");
        yield new Schema.Items(read(node.need("items")), bounds[0], bounds[1]);
      }
      case "object" -> fields(node);
      case "ref" -> new Schema.Ref(name(node, node.needText("ref")));
      case "union" -> union(node);
      case "unknown" -> new Schema.Unknown();
      case "token", "params", "record", "query", "procedure", "subscription", "permission-set" ->
          throw node.fault("is of a type that cannot stand here: " + node.needText("type"));
      case String other -> new Schema.Other(other);
    };
  }

  /** Reads an object's fields. */
  Schema.Fields fields(LexiconNode node) {
    if (!node.needText("type").equals("object")) {
      throw node.fault("must be an object's schema");
    }
    return properties(node);
  }

  /** Reads parameters of a method: values and lists of values, no objects. */
  Schema.Fields parameters(LexiconNode node) {
    if (!node.needText("type").equals("params")) {
      throw node.fault("must be of the type params");
    }
    Schema.Fields fields = properties(node);
    fields
        .properties()
        .forEach(
            (name, schema) -> {
              boolean plain =
                  isPlain(schema) || (schema instanceof Schema.Items i && isPlain(i.item()));
              if (!plain) {
                throw node.fault("cannot have " + name + ", which is no plain value");
              }
            });
    return fields;
  }

  private static boolean isPlain(Schema schema) {
    return switch (schema) {
      case Schema.Truth s -> true;
      case Schema.Int s -> true;
      case Schema.Text s -> true;
      case Schema.Unknown s -> true;
      case Schema.Other s -> true;
      case Schema.Nothing s -> false;
      case Schema.Bytes s -> false;
      case Schema.Link s -> false;
      case Schema.Blob s -> false;
      case Schema.Items s -> false;
      case Schema.Fields s -> false;
      case Schema.Ref s -> false;
      case Schema.Union s -> false;
    };
  }

  private Schema.Fields properties(LexiconNode node) {
    Map<String, Schema> properties = new HashMap<>();
    node.node("properties")
        .ifPresent(
            all ->
                all.nodes()
                    .forEach(
                        property -> properties.put(property.getKey(), read(property.getValue()))));
    Set<String> required = new LinkedHashSet<>(node.texts("required"));
    Set<String> nullable = new LinkedHashSet<>(node.texts("nullable"));
    Set<String> named = new HashSet<>(required);
    named.addAll(nullable);
    named.removeAll(properties.keySet());
    if (!named.isEmpty()) {
      throw node.fault("names properties that it does not have: " + String.join(", ", named));
    }
    return new Schema.Fields(
        Map.copyOf(properties),
        java.util.Collections.unmodifiableSet(required),
        java.util.Collections.unmodifiableSet(nullable));
  }

  private static Schema truth(LexiconNode node) {
    Set<Boolean> only =
        node.fields().has("const") ? Set.of(node.truth("const")) : Set.<Boolean>of();
    if (node.fields().has("default") && !only.isEmpty() && !only.contains(node.truth("default"))) {
      throw node.fault("has a default that is not its const");
    }
    node.truth("default");
    return new Schema.Truth(only);
  }

  private static Schema integer(LexiconNode node) {
    long min = node.integer("minimum").orElse(Long.MIN_VALUE);
    long max = node.integer("maximum").orElse(Long.MAX_VALUE);
    if (min > max) {
      throw node.fault("has a minimum greater than its maximum");
    }
    Set<Long> only = new HashSet<>();
    for (DagValue item : node.items("enum")) {
      only.add(item.asInteger().orElseThrow(() -> node.fault("must have integers in its enum")));
    }
    node.integer("const").ifPresent(value -> keepOnly(node, only, value));
    Schema.Int schema = new Schema.Int(min, max, Set.copyOf(only));
    node.integer("default")
        .ifPresent(value -> checkOwn(node, "default", schema, DagValue.of(value)));
    return schema;
  }

  private static Schema text(LexiconNode node) {
    int[] bytes = node.bounds("minLength", "maxLength");
    int[] graphemes = node.bounds("minGraphemes", "maxGraphemes");
    Set<String> only = new HashSet<>(node.texts("enum"));
    node.text("const").ifPresent(value -> keepOnly(node, only, value));
    node.texts("knownValues");
    Schema.Text schema =
        Schema.Text.of(node.text("format").map(Format::of).orElse(Format.NONE))
            .bytes(bytes[0], bytes[1])
            .graphemes(graphemes[0], graphemes[1])
            .only(Set.copyOf(only));
    node.text("default").ifPresent(value -> checkOwn(node, "default", schema, DagValue.of(value)));
    return schema;
  }

  private static <T> void keepOnly(LexiconNode node, Set<T> only, T value) {
    if (!only.isEmpty() && !only.contains(value)) {
      throw node.fault("has a const that is not in its enum");
    }
    only.clear();
    only.add(value);
  }

  private static void checkOwn(LexiconNode node, String what, Schema schema, DagValue value) {
    String fault = new SchemaCheck(name -> null).fault(schema, value);
    if (fault != null) {
      throw node.fault("has a " + what + " that" + fault);
    }
  }

  private static Schema blob(LexiconNode node) {
    List<String> accept = node.texts("accept");
    for (String pattern : accept) {
      boolean whole = pattern.equals("*/*") || pattern.endsWith("/*");
      String example = pattern.equals("*/*") ? "a/a" : pattern.replaceFirst("/\\*$", "/a");
      if (!isMediaType(whole ? example : pattern)) {
        throw node.fault("accepts what is no media type: " + pattern);
      }
    }
    long sizeMax = node.integer("maxSize").orElse(Long.MAX_VALUE);
    if (sizeMax < 0) {
      throw node.fault("must not have a negative maxSize");
    }
    return new Schema.Blob(List.copyOf(accept), sizeMax);
  }

  private static boolean isMediaType(String text) {
    try {
      return MediaType.parse(text).essence().equals(text);
    } catch (tripod.syntax.SyntaxException e) {
      return false;
    }
  }

  private Schema union(LexiconNode node) {
    boolean closed = node.truth("closed");
    if (!(node.fields().find("refs") instanceof DagValue.Items)) {
      throw node.fault("must have refs");
    }
    Map<String, Schema> kinds = new HashMap<>();
    for (String text : node.texts("refs")) {
      DefinitionName name = name(node, text);
      kinds.put(name.toString(), new Schema.Ref(name));
    }
    if (closed && kinds.isEmpty()) {
      throw node.fault("is closed and has no kind");
    }
    return new Schema.Union(Map.copyOf(kinds), closed);
  }

  private DefinitionName name(LexiconNode node, String text) {
    return DefinitionName.parse(text, document)
        .orElseThrow(() -> node.fault("refers to what is no name of a definition: " + text));
  }
}
