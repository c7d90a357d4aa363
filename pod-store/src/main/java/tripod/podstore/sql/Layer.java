package tripod.podstore.sql;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Rows of one pod that were changed and may not be in the database yet; an empty value is a row
 * removed.
 */
final class Layer {
  static final Comparator<byte[]> BYTE_ORDER = Arrays::compareUnsigned;

  final TreeMap<ItemKey, Optional<ItemRow>> items = new TreeMap<>();
  final TreeMap<byte[], Optional<ContainerRow>> containers = new TreeMap<>(BYTE_ORDER);
  final Map<Integer, TreeMap<byte[], Optional<byte[]>>> projections = new HashMap<>();
  final TreeMap<UseKey, Boolean> uses = new TreeMap<>();
  private long weight;

  NavigableMap<byte[], Optional<byte[]>> projection(int label) {
    return projections.computeIfAbsent(label, _ -> new TreeMap<>(BYTE_ORDER));
  }

  boolean isEmpty() {
    if (!items.isEmpty() || !containers.isEmpty() || !uses.isEmpty()) {
      return false;
    }
    for (TreeMap<byte[], Optional<byte[]>> rows : projections.values()) {
      if (!rows.isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** Takes over the rows of a later layer. */
  void absorb(Layer later) {
    items.putAll(later.items);
    containers.putAll(later.containers);
    later.projections.forEach((label, rows) -> projection(label).putAll(rows));
    uses.putAll(later.uses);
    weight += later.bytes();
  }

  /** Returns about how many bytes the layer has taken in. */
  long bytes() {
    if (weight == 0) {
      items.forEach(
          (key, row) ->
              weight += 100 + row.map(r -> r.content() == null ? 0 : r.content().length).orElse(0));
      weight += 100L * (containers.size() + uses.size());
      projections
          .values()
          .forEach(rows -> rows.forEach((k, v) -> weight += 60 + v.map(b -> b.length).orElse(0)));
    }
    return weight;
  }
}
