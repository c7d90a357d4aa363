package tripod.podstore.sql;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import tripod.podstore.PodFailure;
import tripod.podstore.PodLimits;
import tripod.podstore.WritablePartition;

/** One projection's own keys and values, as a write finds and changes them. */
final class OpenPartition implements WritablePartition {
  private final WriteView view;
  private final int label;

  OpenPartition(WriteView view, int label) {
    this.view = view;
    this.label = label;
  }

  @Override
  public Optional<byte[]> get(byte[] key) {
    return view.value(label, key);
  }

  @Override
  public List<Entry> range(byte[] from, byte[] to, boolean descending, int limit) {
    return view.values(label, from, to, descending, limit);
  }

  @Override
  public void each(byte[] from, byte[] to, BiConsumer<byte[], byte[]> visitor) {
    view.eachValue(label, from, to, visitor);
  }

  @Override
  public void put(byte[] key, byte[] value) {
    if (key.length > PodLimits.PARTITION_KEY_BYTES_MAX) {
      throw new PodFailure.TooLarge("a key of " + key.length + " bytes");
    }
    if (value.length > PodLimits.PARTITION_VALUE_BYTES_MAX) {
      throw new PodFailure.TooLarge("a value of " + value.length + " bytes");
    }
    view.own.projection(label).put(key, Optional.of(value));
  }

  @Override
  public void delete(byte[] key) {
    view.own.projection(label).put(key, Optional.empty());
  }
}
