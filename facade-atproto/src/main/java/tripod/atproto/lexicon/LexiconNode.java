package tripod.atproto.lexicon;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tripod.podstore.PodFailure;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagScalar;
import tripod.podstore.cbor.DagValue;

/**
 * One object of a lexicon document with the way to it, for messages. A field that is there must be
 * of its type; fields that nobody asks for are no fault.
 */
record LexiconNode(String path, DagFields fields) {
  private static final int NAMES_MAX = 10_000;

  static PodFailure.Invalid fault(String path, String what) {
    return new PodFailure.Invalid("lexicon" + path + " " + what);
  }

  PodFailure.Invalid fault(String what) {
    return fault(path, what);
  }

  private PodFailure.Invalid wrong(String name, String what) {
    return fault(path + "/" + name, what);
  }

  Optional<String> text(String name) {
    DagValue value = fields.find(name);
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(value.asText().orElseThrow(() -> wrong(name, "must be a text")));
  }

  String needText(String name) {
    return text(name).orElseThrow(() -> wrong(name, "is missing"));
  }

  Optional<Long> integer(String name) {
    DagValue value = fields.find(name);
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(value.asInteger().orElseThrow(() -> wrong(name, "must be an integer")));
  }

  /** Returns a length or count, which is not negative; beyond what can be met it is no bound. */
  int count(String name, int fallback) {
    Optional<Long> value = integer(name);
    if (value.isEmpty()) {
      return fallback;
    }
    if (value.get() < 0) {
      throw wrong(name, "must not be negative");
    }
    return (int) Math.min(value.get(), Schema.UNBOUNDED);
  }

  /** Returns two bounds, of which the first must not exceed the second. */
  int[] bounds(String least, String most) {
    int min = count(least, 0);
    int max = count(most, Schema.UNBOUNDED);
    if (min > max) {
      throw wrong(least, "is greater than " + most);
    }
    return new int[] {min, max};
  }

  boolean truth(String name) {
    DagValue value = fields.find(name);
    if (value == null) {
      return false;
    }
    if (value instanceof DagScalar.Bool bool) {
      return bool.value();
    }
    throw wrong(name, "must be true or false");
  }

  List<DagValue> items(String name) {
    DagValue value = fields.find(name);
    if (value == null) {
      return List.of();
    }
    List<DagValue> items = value.asItems().orElseThrow(() -> wrong(name, "must be a list"));
    if (items.size() > NAMES_MAX) {
      throw wrong(name, "has more than " + NAMES_MAX + " items");
    }
    return items;
  }

  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (DagValue item : items(name)) {
      texts.add(item.asText().orElseThrow(() -> wrong(name, "must hold texts")));
    }
    return texts;
  }

  Set<String> textSet(String name) {
    return Set.copyOf(new LinkedHashSet<>(texts(name)));
  }

  Optional<LexiconNode> node(String name) {
    DagValue value = fields.find(name);
    if (value == null) {
      return Optional.empty();
    }
    return Optional.of(node(name, value));
  }

  LexiconNode need(String name) {
    return node(name).orElseThrow(() -> wrong(name, "is missing"));
  }

  LexiconNode node(String name, DagValue value) {
    if (value instanceof DagFields inner) {
      return new LexiconNode(path + "/" + name, inner);
    }
    throw wrong(name, "must be an object");
  }

  /** Returns all fields as objects. */
  List<Map.Entry<String, LexiconNode>> nodes() {
    return fields.entries().stream()
        .map(entry -> Map.entry(entry.getKey(), node(entry.getKey(), entry.getValue())))
        .toList();
  }

  /** Checks a map of texts to texts. */
  void checkTexts(String name) {
    node(name).ifPresent(map -> map.fields.keys().forEach(map::needText));
  }
}
