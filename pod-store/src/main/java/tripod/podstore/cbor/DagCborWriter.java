package tripod.podstore.cbor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tripod.syntax.Cid;

/**
 * Writes items in their canonical encoding, one after the other.
 *
 * <p>The order of a map's keys is the caller's duty. Not safe between threads.
 */
public final class DagCborWriter {
  private static final int LINK_BYTES = 1 + Cid.LENGTH;

  private byte[] bytes;
  private int size;

  /** Makes an empty writer with room for a number of bytes; it grows. */
  public DagCborWriter(int expectedBytes) {
    bytes = new byte[Math.max(16, expectedBytes)];
  }

  /** Returns how many bytes were written. */
  public int size() {
    return size;
  }

  /** Returns a copy of what was written. */
  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** Begins a map; as many keys with values must follow, in canonical order. */
  public DagCborWriter map(int entries) {
    head(5, entries);
    return this;
  }

  /** Begins a list; as many items must follow. */
  public DagCborWriter list(int items) {
    head(4, items);
    return this;
  }

  /** Writes a text, be it a key or a value. */
  public DagCborWriter text(String text) {
    int length = text.length();
    room(length + 9);
    int start = size;
    head(3, length);
    int i = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        break;
      }
      bytes[size + i] = (byte) c;
    }
    if (i == length) {
      size += length;
      return this;
    }
    size = start;
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    head(3, utf8.length);
    return raw(utf8);
  }

  /** Writes an integer in its shortest form. */
  public DagCborWriter integer(long value) {
    if (value >= 0) {
      head(0, value);
    } else {
      head(1, ~value);
    }
    return this;
  }

  /** Writes a byte string. */
  public DagCborWriter bytes(byte[] value) {
    return bytes(value, 0, value.length);
  }

  /** Writes a part of an array as a byte string. */
  public DagCborWriter bytes(byte[] value, int from, int length) {
    head(2, length);
    room(length);
    System.arraycopy(value, from, bytes, size, length);
    size += length;
    return this;
  }

  /** Writes the ASCII characters of a text from an offset on as a byte string. */
  public DagCborWriter ascii(String text, int from) {
    int length = text.length() - from;
    head(2, length);
    room(length);
    for (int i = 0; i < length; i++) {
      bytes[size + i] = (byte) text.charAt(from + i);
    }
    size += length;
    return this;
  }

  /** Writes a link. */
  public DagCborWriter link(Cid cid) {
    room(5 + Cid.LENGTH);
    bytes[size++] = (byte) 0xd8;
    bytes[size++] = 0x2a;
    bytes[size++] = 0x58;
    bytes[size++] = LINK_BYTES;
    bytes[size++] = 0;
    cid.writeTo(bytes, size);
    size += Cid.LENGTH;
    return this;
  }

  /** Writes true or false. */
  public DagCborWriter truth(boolean value) {
    return one(value ? 0xf5 : 0xf4);
  }

  /** Writes null. */
  public DagCborWriter nil() {
    return one(0xf6);
  }

  /** Writes bytes as they are. */
  public DagCborWriter raw(byte[] encoded) {
    room(encoded.length);
    System.arraycopy(encoded, 0, bytes, size, encoded.length);
    size += encoded.length;
    return this;
  }

  /** Writes a value with all it holds. */
  public DagCborWriter value(DagValue value) {
    switch (value) {
      case DagScalar.Text t -> text(t.value());
      case DagScalar.Int i -> integer(i.value());
      case DagScalar.Bool b -> truth(b.value());
      case DagScalar.Null n -> nil();
      case DagScalar.Bytes b -> bytes(b.value());
      case DagScalar.Link l -> link(l.cid());
      case DagValue.Items items -> {
        list(items.items().size());
        for (DagValue item : items.items()) {
          value(item);
        }
      }
      case DagFields fields -> {
        map(fields.size());
        for (int i = 0; i < fields.size(); i++) {
          text(fields.key(i));
          value(fields.value(i));
        }
      }
    }
    return this;
  }

  private DagCborWriter one(int value) {
    room(1);
    bytes[size++] = (byte) value;
    return this;
  }

  private void head(int major, long argument) {
    room(9);
    int type = major << 5;
    if (argument >= 0 && argument < 24) {
      bytes[size++] = (byte) (type | argument);
      return;
    }
    int width;
    if (argument >= 0 && argument <= 0xff) {
      bytes[size++] = (byte) (type | 24);
      width = 1;
    } else if (argument >= 0 && argument <= 0xffff) {
      bytes[size++] = (byte) (type | 25);
      width = 2;
    } else if (argument >= 0 && argument <= 0xffff_ffffL) {
      bytes[size++] = (byte) (type | 26);
      width = 4;
    } else {
      bytes[size++] = (byte) (type | 27);
      width = 8;
    }
    for (int shift = (width - 1) * 8; shift >= 0; shift -= 8) {
      bytes[size++] = (byte) (argument >>> shift);
    }
  }

  private void room(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }
}
