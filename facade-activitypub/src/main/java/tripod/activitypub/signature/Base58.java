package tripod.activitypub.signature;

import java.math.BigInteger;
import tripod.activitypub.activity.ActivityFailure;

/** The Bitcoin alphabet of base 58, as Multibase's {@code z} uses it. */
final class Base58 {
  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(58);

  /** Longest text that is decoded; the work grows with its square. */
  private static final int CHARS_MAX = 256;

  private Base58() {}

  static String encode(byte[] bytes) {
    var text = new StringBuilder();
    BigInteger rest = new BigInteger(1, bytes);
    while (rest.signum() > 0) {
      BigInteger[] parts = rest.divideAndRemainder(BASE);
      text.append(ALPHABET.charAt(parts[1].intValue()));
      rest = parts[0];
    }
    for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
      text.append('1');
    }
    return text.reverse().toString();
  }

  static byte[] decode(String text) {
    if (text.length() > CHARS_MAX) {
      throw new ActivityFailure.Malformed("base 58 text of more than " + CHARS_MAX + " characters");
    }
    BigInteger value = BigInteger.ZERO;
    int zeros = 0;
    for (int i = 0; i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new ActivityFailure.Malformed("not base 58");
      }
      if (digit == 0 && zeros == i) {
        zeros++;
      }
      value = value.multiply(BASE).add(BigInteger.valueOf(digit));
    }
    byte[] magnitude = value.signum() == 0 ? new byte[0] : value.toByteArray();
    int skip = magnitude.length > 0 && magnitude[0] == 0 ? 1 : 0;
    byte[] bytes = new byte[zeros + magnitude.length - skip];
    System.arraycopy(magnitude, skip, bytes, zeros, magnitude.length - skip);
    return bytes;
  }
}
