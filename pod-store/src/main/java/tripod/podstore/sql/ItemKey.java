package tripod.podstore.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tripod.podstore.Aspect;
import tripod.podstore.PodPath;

/**
 * The key of a resource's row inside its pod: container, name in UTF-8, aspect; ordered like the
 * rows.
 */
record ItemKey(int container, byte[] name, int aspect) implements Comparable<ItemKey> {
  /** The container that holds the root alone. */
  static final int ABOVE_ROOT = 0;

  static ItemKey of(int container, PodPath path, Aspect aspect) {
    return new ItemKey(container, name(path), Codes.of(aspect));
  }

  /** Returns the last segment of a path in UTF-8, with its slash where it has one. */
  static byte[] name(PodPath path) {
    String value = path.value();
    if (path.isRoot()) {
      return new byte[0];
    }
    int slash = value.lastIndexOf('/', value.length() - 2);
    return value.substring(slash + 1).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public int compareTo(ItemKey other) {
    if (container != other.container) {
      return Integer.compare(container, other.container);
    }
    int order = Arrays.compareUnsigned(name, other.name);
    return order != 0 ? order : Integer.compare(aspect, other.aspect);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ItemKey key && compareTo(key) == 0;
  }

  @Override
  public int hashCode() {
    return (container * 31 + Arrays.hashCode(name)) * 31 + aspect;
  }
}
