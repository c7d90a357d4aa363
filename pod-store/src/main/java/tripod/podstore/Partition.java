package tripod.podstore;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A pod's rows of one projection: sorted keys with values, both bytes.
 *
 * <p>Keys are ordered as unsigned bytes.
 */
public interface Partition {
  /** Returns a value; the array is shared and must not be changed. */
  Optional<byte[]> get(byte[] key);

  /**
   * Returns entries with {@code from <= key < to} in order.
   *
   * @param to exclusive end; empty array means no end
   * @param descending largest key first
   * @param limit how many at the most
   */
  List<Entry> range(byte[] from, byte[] to, boolean descending, int limit);

  /**
   * Visits all entries with {@code from <= key < to} in ascending order, without a list of them in
   * memory.
   *
   * @param to exclusive end; empty array means no end
   * @param visitor takes a key and its value, which it may keep; it asks nothing of this view
   */
  void each(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor);

  /** Returns a value by a text key in UTF-8. */
  default Optional<byte[]> get(String key) {
    return get(key.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns the entries whose text key begins with {@code prefix}, ascending.
   *
   * @param prefix empty for all
   * @param limit how many at the most
   */
  default List<Entry> prefixed(String prefix, int limit) {
    byte[] from = prefix.getBytes(StandardCharsets.UTF_8);
    byte[] to = from.clone();
    if (to.length > 0) {
      to[to.length - 1]++; // UTF-8 never ends in 0xff
    }
    return range(from, to, false, limit);
  }

  /** One key with its value; both arrays are shared and must not be changed. */
  record Entry(byte[] key, byte[] value) {
    /** Returns the key as UTF-8 text. */
    public String text() {
      return new String(key, StandardCharsets.UTF_8);
    }
  }
}
