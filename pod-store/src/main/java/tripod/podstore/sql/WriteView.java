package tripod.podstore.sql;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tripod.podstore.Blobs;
import tripod.podstore.Partition;
import tripod.podstore.PodPath;
import tripod.podstore.access.AclIndex;
import tripod.syntax.Cid;

/**
 * A pod as its next write finds it: the write's own rows over those that are accepted over those
 * that are committed.
 */
abstract class WriteView extends View {
  final PodState state;
  final Layer own = new Layer();
  private final Layer[] layers;
  private final Rows rows;

  WriteView(PodState state, Session session, AclIndex acls) {
    super(state.pod, acls);
    this.state = state;
    Layer[] accepted = state.layers();
    layers = new Layer[accepted.length + 1];
    layers[0] = own;
    System.arraycopy(accepted, 0, layers, 1, accepted.length);
    rows = new Rows(session, state.pod.value());
  }

  @Override
  <T> T ask(Query<T> query) {
    try {
      return query.run(rows);
    } catch (SQLException e) {
      throw Failures.unavailable(e);
    }
  }

  @Override
  Optional<ItemRow> item(ItemKey key) {
    for (Layer layer : layers) {
      Optional<ItemRow> row = layer.items.get(key);
      if (row != null) {
        return row;
      }
    }
    return ask(r -> r.item(key));
  }

  @Override
  Optional<ContainerRow> container(PodPath path) {
    byte[] key = path.value().getBytes(StandardCharsets.UTF_8);
    for (Layer layer : layers) {
      Optional<ContainerRow> row = layer.containers.get(key);
      if (row != null) {
        return row;
      }
    }
    return ask(r -> r.container(key));
  }

  final Optional<byte[]> value(int label, byte[] key) {
    for (Layer layer : layers) {
      TreeMap<byte[], Optional<byte[]>> values = layer.projections.get(label);
      Optional<byte[]> value = values == null ? null : values.get(key);
      if (value != null) {
        return value;
      }
    }
    return state.value(label, key, () -> ask(r -> r.value(label, key)));
  }

  /** Gathers what a slice of each layer says, the latest winning. */
  private <K, V> NavigableMap<K, V> over(
      java.util.Comparator<? super K> order, Function<Layer, NavigableMap<K, V>> slice) {
    var merged = new TreeMap<K, V>(order);
    for (int i = layers.length - 1; i >= 0; i--) {
      merged.putAll(slice.apply(layers[i]));
    }
    return merged;
  }

  final List<Partition.Entry> values(
      int label, byte[] from, byte[] to, boolean descending, int limit) {
    if (to.length > 0 && Arrays.compareUnsigned(from, to) >= 0) {
      return List.of();
    }
    NavigableMap<byte[], Optional<byte[]>> over = over(label, from, to);
    if (over.isEmpty()) {
      return ask(r -> r.values(label, from, to, descending, limit));
    }
    // Each row above hides at most one below, so that many more are enough.
    List<Partition.Entry> below =
        ask(r -> r.values(label, from, to, descending, more(limit, over.size())));
    var merged = new TreeMap<byte[], Optional<byte[]>>(Layer.BYTE_ORDER);
    for (Partition.Entry entry : below) {
      merged.put(entry.key(), Optional.of(entry.value()));
    }
    boolean isWhole = below.size() < more(limit, over.size());
    merged.putAll(
        within(over, below.isEmpty() ? null : below.getLast().key(), isWhole, descending));
    var entries = new ArrayList<Partition.Entry>();
    for (Map.Entry<byte[], Optional<byte[]>> entry :
        (descending ? merged.descendingMap() : merged).entrySet()) {
      if (entry.getValue().isPresent() && entries.size() < limit) {
        entries.add(new Partition.Entry(entry.getKey(), entry.getValue().get()));
      }
    }
    return entries;
  }

  /** Visits values, those of the layers in their place. */
  final void eachValue(int label, byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
    if (to.length > 0 && Arrays.compareUnsigned(from, to) >= 0) {
      return;
    }
    var over = new ArrayDeque<Map.Entry<byte[], Optional<byte[]>>>();
    over(label, from, to).entrySet().forEach(over::add);
    BiConsumer<byte[], byte[]> merging =
        (key, value) -> {
          int order = before(over, key, visitor);
          if (order != 0) {
            visitor.accept(key, value);
          }
        };
    ask(
        r -> {
          r.eachValue(label, from, to, merging);
          return true;
        });
    over.forEach(rest -> rest.getValue().ifPresent(value -> visitor.accept(rest.getKey(), value)));
  }

  /** Visits what lies over the rows up to a key; 0 when that was among it. */
  private static int before(
      ArrayDeque<Map.Entry<byte[], Optional<byte[]>>> over,
      byte[] key,
      BiConsumer<byte[], byte[]> visitor) {
    Map.Entry<byte[], Optional<byte[]>> next = over.peek();
    while (next != null) {
      int order = Arrays.compareUnsigned(next.getKey(), key);
      if (order > 0) {
        return order;
      }
      byte[] at = next.getKey();
      next.getValue().ifPresent(value -> visitor.accept(at, value));
      over.remove();
      if (order == 0) {
        return 0;
      }
      next = over.peek();
    }
    return 1;
  }

  private NavigableMap<byte[], Optional<byte[]>> over(int label, byte[] from, byte[] to) {
    return over(
        Layer.BYTE_ORDER,
        layer -> {
          TreeMap<byte[], Optional<byte[]>> values = layer.projections.get(label);
          return values == null
              ? new TreeMap<>(Layer.BYTE_ORDER)
              : to.length == 0 ? values.tailMap(from, true) : values.subMap(from, true, to, false);
        });
  }

  private static int more(int limit, int hidden) {
    return (int) Math.min(Integer.MAX_VALUE, (long) limit + hidden);
  }

  /** Leaves out what lies behind the last row read below, unless all of them were read. */
  private static <K, V> NavigableMap<K, V> within(
      NavigableMap<K, V> over, @Nullable K last, boolean isWhole, boolean descending) {
    if (isWhole || last == null) {
      return over;
    }
    return descending ? over.tailMap(last, true) : over.headMap(last, true);
  }

  @Override
  List<Rows.Named> membersOf(
      int container, byte @Nullable [] after, boolean descending, int limit) {
    var low = new ItemKey(container, after == null || descending ? new byte[0] : after, 0);
    var high = new ItemKey(container, after == null || !descending ? new byte[0] : after, 0);
    var end = new ItemKey(container + 1, new byte[0], 0);
    NavigableMap<ItemKey, Optional<ItemRow>> over =
        over(
            ItemKey::compareTo,
            layer ->
                descending && after != null
                    ? layer.items.subMap(low, true, high, false)
                    : layer.items.subMap(low, after == null, end, false));
    over.keySet().removeIf(key -> key.aspect() != 0);
    int most = more(limit, over.size());
    List<Rows.Named> below = ask(r -> r.members(container, after, descending, most));
    var merged = new TreeMap<ItemKey, Optional<ItemRow>>();
    for (Rows.Named member : below) {
      merged.put(new ItemKey(container, member.name(), 0), Optional.of(member.row()));
    }
    ItemKey last = below.isEmpty() ? null : new ItemKey(container, below.getLast().name(), 0);
    merged.putAll(within(over, last, below.size() < most, descending));
    var members = new ArrayList<Rows.Named>();
    for (Map.Entry<ItemKey, Optional<ItemRow>> entry :
        (descending ? merged.descendingMap() : merged).entrySet()) {
      if (entry.getValue().isPresent() && members.size() < limit) {
        members.add(new Rows.Named(entry.getKey().name(), entry.getValue().get()));
      }
    }
    return members;
  }

  @Override
  public List<PodPath> containersUnder(PodPath container) {
    byte[] path = container.value().getBytes(StandardCharsets.UTF_8);
    byte[] end = path.clone();
    end[end.length - 1]++;
    var merged = new TreeSet<byte[]>(Layer.BYTE_ORDER);
    merged.addAll(ask(r -> r.containersUnder(path)));
    over(Layer.BYTE_ORDER, layer -> layer.containers.subMap(path, false, end, false))
        .forEach(
            (key, row) -> {
              if (row.isPresent()) {
                merged.add(key);
              } else {
                merged.remove(key);
              }
            });
    var paths = new ArrayList<PodPath>();
    for (byte[] value : merged) {
      paths.add(new PodPath(new String(value, StandardCharsets.UTF_8)));
    }
    return paths;
  }

  @Override
  List<UseKey> usesOf(byte[] digest, int limit) {
    var from = new UseKey(digest, new byte[0], 0);
    NavigableMap<UseKey, Boolean> over =
        over(UseKey::compareTo, layer -> layer.uses.tailMap(from, true));
    over.keySet().removeIf(key -> !Arrays.equals(key.digest(), digest));
    var merged = new TreeSet<UseKey>();
    merged.addAll(ask(r -> r.uses(digest, more(limit, over.size()))));
    over.forEach(
        (key, there) -> {
          if (there) {
            merged.add(key);
          } else {
            merged.remove(key);
          }
        });
    return merged.stream().limit(limit).toList();
  }

  @Override
  public Optional<Blobs.Blob> blob(Cid blob) {
    return ask(r -> r.blob(blob.digest())).map(this::used);
  }

  @Override
  public List<Blobs.Blob> blobs(Optional<Cid> after, int limit) {
    return ask(r -> r.blobs(after.map(Cid::digest).orElse(new byte[0]), limit)).stream()
        .map(this::used)
        .toList();
  }

  private Blobs.Blob used(Blobs.Blob blob) {
    boolean used = !usesOf(blob.cid().digest(), 1).isEmpty();
    return new Blobs.Blob(blob.cid(), blob.mediaType(), blob.size(), blob.stored(), used);
  }
}
