package tripod.activitypub.activity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Readings of literal members, forgiving about the shapes in which peers write them. */
public final class Terms {
  /** Most entries of one list that are looked at. */
  public static final int LIST_MAX = 2_000;

  /** Longest IRI that is taken, in characters. */
  public static final int IRI_CHARS_MAX = 2_048;

  private Terms() {}

  /** Returns a member that is a text. */
  public static Optional<String> text(JsonNode node, String name) {
    JsonNode value = node.get(name);
    return value != null && value.isTextual() ? Optional.of(value.textValue()) : Optional.empty();
  }

  /** Returns the document's own id. */
  public static Optional<String> id(JsonNode node) {
    return text(node, "id").filter(Terms::isIri);
  }

  /** Returns the types of a document; a single one is a list of one. */
  public static List<String> types(JsonNode node) {
    List<String> types = new ArrayList<>();
    for (JsonNode type : each(node.get("type"))) {
      if (type.isTextual()) {
        types.add(type.textValue());
      }
    }
    return types;
  }

  /** Returns the first type of a document; empty text when it has none. */
  public static String type(JsonNode node) {
    List<String> types = types(node);
    return types.isEmpty() ? "" : types.getFirst();
  }

  /** Returns the id that a value stands for: itself if it is a text, else its {@code id}. */
  public static Optional<String> reference(@org.jspecify.annotations.Nullable JsonNode value) {
    if (value == null) {
      return Optional.empty();
    }
    if (value.isTextual()) {
      return Optional.of(value.textValue()).filter(Terms::isIri);
    }
    if (value instanceof ObjectNode object) {
      return id(object).or(() -> text(object, "href").filter(Terms::isIri));
    }
    return Optional.empty();
  }

  /** Returns the id of a member that must be single; empty when it is missing or a list. */
  public static Optional<String> single(JsonNode node, String name) {
    JsonNode value = node.get(name);
    if (value != null && value.isArray()) {
      return value.size() == 1 ? reference(value.get(0)) : Optional.empty();
    }
    return reference(value);
  }

  /** Returns the ids of a member that may be a list. */
  public static List<String> references(JsonNode node, String name) {
    List<String> ids = new ArrayList<>();
    for (JsonNode value : each(node.get(name))) {
      reference(value).ifPresent(ids::add);
      if (ids.size() >= LIST_MAX) {
        break;
      }
    }
    return ids;
  }

  /** Returns the values of a member that may be a list, as they are. */
  public static List<JsonNode> each(@org.jspecify.annotations.Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return List.of();
    }
    if (!value.isArray()) {
      return List.of(value);
    }
    List<JsonNode> all = new ArrayList<>();
    value.forEach(all::add);
    return all;
  }

  /** Returns a time; empty when it is missing or not readable. */
  public static Optional<Instant> time(JsonNode node, String name) {
    return text(node, name)
        .flatMap(
            text -> {
              try {
                return Optional.of(OffsetDateTime.parse(text).toInstant());
              } catch (DateTimeException e) {
                return Optional.empty(); // a date nobody can read is as good as none
              }
            });
  }

  private static boolean isIri(String text) {
    return !text.isEmpty() && text.length() <= IRI_CHARS_MAX;
  }
}
