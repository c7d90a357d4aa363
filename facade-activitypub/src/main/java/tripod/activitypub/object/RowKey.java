package tripod.activitypub.object;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Keys of partitions made of names that strangers chose, within the store's limit. */
public final class RowKey {
  private static final int PLAIN_BYTES_MAX = 900;

  private RowKey() {}

  /** Returns the name itself, or its hash when it is too long for a key. */
  public static String of(String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return bytes.length <= PLAIN_BYTES_MAX
        ? name
        : "sha-256:" + HexFormat.of().formatHex(hash(name));
  }

  /** Returns the SHA-256 of a name, where the name itself is not needed again. */
  public static byte[] hash(String name) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has the SHA-2 family
    }
  }
}
