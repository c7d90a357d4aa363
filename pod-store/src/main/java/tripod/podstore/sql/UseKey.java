package tripod.podstore.sql;

import java.util.Arrays;

/** The key of a row that says which graph names a blob. */
record UseKey(byte[] digest, byte[] path, int aspect) implements Comparable<UseKey> {
  @Override
  public int compareTo(UseKey other) {
    int order = Arrays.compareUnsigned(digest, other.digest);
    if (order == 0) {
      order = Arrays.compareUnsigned(path, other.path);
    }
    return order != 0 ? order : Integer.compare(aspect, other.aspect);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UseKey key && compareTo(key) == 0;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(digest) * 31 + Arrays.hashCode(path) + aspect;
  }
}
