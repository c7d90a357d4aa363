package tripod.podstore;

import java.nio.charset.StandardCharsets;

/** A partition inside a write. */
public interface WritablePartition extends Partition {
  /**
   * Puts a value; both arrays are given up by the caller.
   *
   * @throws PodFailure.TooLarge past {@link PodLimits#PARTITION_KEY_BYTES_MAX} or {@link
   *     PodLimits#PARTITION_VALUE_BYTES_MAX}
   */
  void put(byte[] key, byte[] value);

  /** Removes a key, if it is there. */
  void delete(byte[] key);

  /** Puts a value under a text key in UTF-8. */
  default void put(String key, byte[] value) {
    put(key.getBytes(StandardCharsets.UTF_8), value);
  }

  /** Removes a text key in UTF-8. */
  default void delete(String key) {
    delete(key.getBytes(StandardCharsets.UTF_8));
  }
}
