package tripod.identity.key;

import java.util.Arrays;

/** Base58 with the Bitcoin alphabet, as multibase {@code z} has it. Input lengths are bounded. */
final class Base58 {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final int CHARS_MAX = 512;

  private Base58() {}

  static String encode(byte[] bytes) {
    int zeros = 0;
    while (zeros < bytes.length && bytes[zeros] == 0) {
      zeros++;
    }
    byte[] rest = bytes.clone();
    char[] text = new char[bytes.length * 2];
    int next = text.length;
    for (int start = zeros; start < rest.length; ) {
      int remainder = 0;
      for (int i = start; i < rest.length; i++) {
        int digit = remainder * 256 + (rest[i] & 0xff);
        rest[i] = (byte) (digit / 58);
        remainder = digit % 58;
      }
      text[--next] = ALPHABET.charAt(remainder);
      while (start < rest.length && rest[start] == 0) {
        start++;
      }
    }
    return "1".repeat(zeros) + new String(text, next, text.length - next);
  }

  /** Returns the bytes, or throws {@link IllegalArgumentException} for any other character. */
  static byte[] decode(String text) {
    if (text.length() > CHARS_MAX) {
      throw new IllegalArgumentException("base58 over " + CHARS_MAX + " characters");
    }
    int zeros = 0;
    while (zeros < text.length() && text.charAt(zeros) == '1') {
      zeros++;
    }
    byte[] bytes = new byte[text.length()];
    int start = bytes.length;
    for (int i = zeros; i < text.length(); i++) {
      int carry = ALPHABET.indexOf(text.charAt(i));
      if (carry < 0) {
        throw new IllegalArgumentException("no base58 character at " + i);
      }
      int at = bytes.length - 1;
      for (; at >= start || carry != 0; at--) {
        carry += 58 * (bytes[at] & 0xff);
        bytes[at] = (byte) carry;
        carry >>>= 8;
      }
      start = at + 1;
    }
    byte[] result = new byte[zeros + bytes.length - start];
    System.arraycopy(bytes, start, result, zeros, bytes.length - start);
    return result.length == 0 ? result : Arrays.copyOf(result, result.length);
  }
}
