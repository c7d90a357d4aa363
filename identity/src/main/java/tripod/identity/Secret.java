package tripod.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A value nobody may see by accident (SEC-05).
 *
 * <p>It prints as stars, is not serialisable, and is compared in a time that does not tell where
 * two values differ.
 */
public final class Secret {
  private final byte[] bytes;

  private Secret(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Hides a text. */
  public static Secret of(String text) {
    return new Secret(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Hides a copy of some bytes. */
  public static Secret of(byte[] bytes) {
    return new Secret(bytes.clone());
  }

  /** Gives the text, to the one place that needs it. */
  public String reveal() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Gives a copy of the bytes, to the one place that needs them. */
  public byte[] revealBytes() {
    return bytes.clone();
  }

  /** Says whether another secret is the same, in constant time for a given length. */
  public boolean matches(Secret other) {
    return MessageDigest.isEqual(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && matches(secret);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "***";
  }
}
