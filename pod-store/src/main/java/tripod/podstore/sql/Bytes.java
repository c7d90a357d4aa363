package tripod.podstore.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes numbers of variable length and bytes into a growing array. */
final class Bytes {
  private byte[] buffer;
  private int size;

  Bytes(int expected) {
    buffer = new byte[expected];
  }

  private void room(int more) {
    if (size + more > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(size + more, buffer.length * 2));
    }
  }

  void octet(int value) {
    room(1);
    buffer[size++] = (byte) value;
  }

  /** Writes an unsigned number, seven bits an octet, lowest first. */
  void number(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      octet((int) (rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    octet((int) rest);
  }

  /** Writes a number of either sign so that small ones are short. */
  void signed(long value) {
    number((value << 1) ^ (value >> 63));
  }

  void raw(byte[] bytes, int from, int length) {
    room(length);
    System.arraycopy(bytes, from, buffer, size, length);
    size += length;
  }

  void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    raw(bytes, 0, bytes.length);
  }

  byte[] toArray() {
    return Arrays.copyOf(buffer, size);
  }

  /** Reads what the outer class wrote. */
  static final class Reader {
    private final byte[] buffer;
    private int at;

    Reader(byte[] buffer) {
      this.buffer = buffer;
    }

    int octet() {
      return buffer[at++] & 0xff;
    }

    long number() {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        int octet = octet();
        value |= (long) (octet & 0x7f) << shift;
        if (octet < 0x80) {
          return value;
        }
      }
    }

    long signed() {
      long value = number();
      return (value >>> 1) ^ -(value & 1);
    }

    void raw(byte[] target, int offset, int length) {
      System.arraycopy(buffer, at, target, offset, length);
      at += length;
    }

    String text() {
      int length = (int) number();
      String text = new String(buffer, at, length, StandardCharsets.UTF_8);
      at += length;
      return text;
    }
  }
}
