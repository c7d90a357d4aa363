package tripod.podstore.cbor;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tripod.syntax.Cid;

/**
 * A map of texts to values, in the one order that DAG-CBOR knows: shorter keys first, keys of one
 * length by their UTF-8 bytes.
 *
 * <p>Immutable; {@link #with} and {@link #without} make changed copies. Equal when keys and values
 * are.
 */
public final class DagFields implements DagValue {
  /** The map without entries. */
  public static final DagFields EMPTY = new DagFields(new String[0], new DagValue[0], 0);

  private final String[] keys;
  private final DagValue[] values;
  private final int size;

  /** Takes sorted arrays as its own. */
  DagFields(String[] keys, DagValue[] values, int size) {
    this.keys = keys;
    this.values = values;
    this.size = size;
  }

  /** Returns a map of one entry. */
  public static DagFields of(String key, DagValue value) {
    return new DagFields(new String[] {key}, new DagValue[] {value}, 1);
  }

  /** Returns a map with the entries of another, in canonical order. */
  public static DagFields of(Map<String, ? extends DagValue> entries) {
    Builder builder = builder();
    entries.forEach(builder::put);
    return builder.build();
  }

  /** Returns an empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns how many entries there are. */
  public int size() {
    return size;
  }

  /** Says whether there is no entry. */
  public boolean isEmpty() {
    return size == 0;
  }

  /**
   * Returns the key at a position of the canonical order.
   *
   * @param index from 0 to {@link #size()}, exclusive
   */
  public String key(int index) {
    return keys[index];
  }

  /**
   * Returns the value at a position of the canonical order.
   *
   * @param index from 0 to {@link #size()}, exclusive
   */
  public DagValue value(int index) {
    return values[index];
  }

  /** Returns the keys in canonical order. */
  public List<String> keys() {
    return new Keys(this);
  }

  /** Returns a value, or null when the key is absent. */
  public @Nullable DagValue find(String key) {
    for (int i = 0; i < size; i++) {
      if (keys[i].equals(key)) {
        return values[i];
      }
    }
    return null;
  }

  /** Returns a value. */
  public Optional<DagValue> get(String key) {
    return Optional.ofNullable(find(key));
  }

  /** Says whether a key is there, be its value null or not. */
  public boolean has(String key) {
    return find(key) != null;
  }

  /** Returns a text; empty when it is absent or no text. */
  public Optional<String> text(String key) {
    return find(key) instanceof DagScalar.Text t ? Optional.of(t.value()) : Optional.empty();
  }

  /** Returns an integer; empty when it is absent or no integer. */
  public Optional<Long> integer(String key) {
    return find(key) instanceof DagScalar.Int i ? Optional.of(i.value()) : Optional.empty();
  }

  /** Returns a truth value; empty when it is absent or none. */
  public Optional<Boolean> truth(String key) {
    return find(key) instanceof DagScalar.Bool b ? Optional.of(b.value()) : Optional.empty();
  }

  /** Returns a link; empty when it is absent or no link. */
  public Optional<Cid> link(String key) {
    return find(key) instanceof DagScalar.Link l ? Optional.of(l.cid()) : Optional.empty();
  }

  /** Returns a map inside; empty when it is absent or no map. */
  public Optional<DagFields> fields(String key) {
    return find(key) instanceof DagFields f ? Optional.of(f) : Optional.empty();
  }

  /** Returns the items of a list inside; no items when it is absent or no list. */
  public List<DagValue> items(String key) {
    return find(key) instanceof Items i ? i.items() : List.of();
  }

  /** Returns the value of {@code $type}, the name of what this is. */
  public Optional<String> type() {
    return text("$type");
  }

  /** Returns a copy with one entry put. */
  public DagFields with(String key, DagValue value) {
    return toBuilder().put(key, value).build();
  }

  /** Returns a copy without an entry; this map when it is absent. */
  public DagFields without(String key) {
    if (!has(key)) {
      return this;
    }
    Builder builder = builder();
    for (int i = 0; i < size; i++) {
      if (!keys[i].equals(key)) {
        builder.append(keys[i], values[i]);
      }
    }
    return builder.build();
  }

  /** Returns a builder that holds the entries of this map. */
  public Builder toBuilder() {
    Builder builder = new Builder();
    for (int i = 0; i < size; i++) {
      builder.append(keys[i], values[i]);
    }
    return builder;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DagFields that
        && Arrays.equals(keys, 0, size, that.keys, 0, that.size)
        && Arrays.equals(values, 0, size, that.values, 0, that.size);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + (keys[i].hashCode() ^ values[i].hashCode());
    }
    return hash;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < size; i++) {
      text.append(i == 0 ? "" : ", ").append(keys[i]).append('=').append(values[i]);
    }
    return text.append('}').toString();
  }

  /** Compares keys in canonical order: by the length of their UTF-8 form, then by its bytes. */
  static int compareKeys(String a, String b) {
    int length = a.length();
    if (length == b.length()) {
      boolean ascii = true;
      int order = 0;
      for (int i = 0; i < length && ascii; i++) {
        char x = a.charAt(i);
        char y = b.charAt(i);
        ascii = (x | y) < 0x80;
        if (order == 0) {
          order = x - y;
        }
      }
      if (ascii) {
        return order;
      }
    }
    byte[] x = a.getBytes(StandardCharsets.UTF_8);
    byte[] y = b.getBytes(StandardCharsets.UTF_8);
    return x.length != y.length ? x.length - y.length : Arrays.compareUnsigned(x, y);
  }

  /** Gathers entries in any order. Not safe between threads. */
  public static final class Builder {
    /** Up to so many entries an array in order is faster than a tree; more would cost squares. */
    private static final int ARRAY_MAX = 32;

    private String[] keys = new String[8];
    private DagValue[] values = new DagValue[8];
    private int size;
    private @Nullable TreeMap<String, DagValue> tree;

    private Builder() {}

    /** Puts an entry, in place of one with the same key. */
    public Builder put(String key, DagValue value) {
      if (tree != null) {
        tree.put(key, value);
        return this;
      }
      int at = size;
      while (at > 0) {
        int order = compareKeys(keys[at - 1], key);
        if (order == 0) {
          values[at - 1] = value;
          return this;
        }
        if (order < 0) {
          break;
        }
        at--;
      }
      insert(at, key, value);
      return this;
    }

    /** Puts a text. */
    public Builder put(String key, String text) {
      return put(key, DagValue.of(text));
    }

    /** Puts an integer. */
    public Builder put(String key, long integer) {
      return put(key, DagValue.of(integer));
    }

    /** Puts a truth value. */
    public Builder put(String key, boolean truth) {
      return put(key, DagValue.of(truth));
    }

    /** Puts a link. */
    public Builder put(String key, Cid link) {
      return put(key, DagValue.of(link));
    }

    /** Puts the value when there is one. */
    public Builder putIf(String key, Optional<? extends DagValue> value) {
      value.ifPresent(v -> put(key, v));
      return this;
    }

    /** Puts an entry unless the key is there; says whether it was put. */
    public boolean putNew(String key, DagValue value) {
      int before = size();
      put(key, value);
      return size() > before;
    }

    /** Puts an entry that the caller knows to come after all others. */
    Builder append(String key, DagValue value) {
      if (size == keys.length) {
        keys = Arrays.copyOf(keys, size * 2);
        values = Arrays.copyOf(values, size * 2);
      }
      keys[size] = key;
      values[size++] = value;
      return this;
    }

    private int size() {
      return tree != null ? tree.size() : size;
    }

    private void insert(int at, String key, DagValue value) {
      if (at < size && size >= ARRAY_MAX) {
        tree = new TreeMap<>(DagFields::compareKeys);
        for (int i = 0; i < size; i++) {
          tree.put(keys[i], values[i]);
        }
        tree.put(key, value);
        return;
      }
      append(key, value);
      if (at < size - 1) {
        System.arraycopy(keys, at, keys, at + 1, size - 1 - at);
        System.arraycopy(values, at, values, at + 1, size - 1 - at);
        keys[at] = key;
        values[at] = value;
      }
    }

    /** Returns the map; the builder must not be used again. */
    public DagFields build() {
      if (tree != null) {
        return new DagFields(
            tree.keySet().toArray(String[]::new),
            tree.values().toArray(DagValue[]::new),
            tree.size());
      }
      return size == 0 ? EMPTY : new DagFields(keys, values, size);
    }
  }

  private static final class Keys extends AbstractList<String> implements RandomAccess {
    private final DagFields fields;

    Keys(DagFields fields) {
      this.fields = fields;
    }

    @Override
    public String get(int index) {
      if (index < 0 || index >= fields.size) {
        throw new IndexOutOfBoundsException(index);
      }
      return fields.keys[index];
    }

    @Override
    public int size() {
      return fields.size;
    }
  }

  /** Returns the entries as a list of keys with values, for iteration. */
  public List<Map.Entry<String, DagValue>> entries() {
    List<Map.Entry<String, DagValue>> entries = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      entries.add(Map.entry(keys[i], values[i]));
    }
    return entries;
  }
}
