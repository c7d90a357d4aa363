package tripod.podstore.cbor;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import tripod.podstore.PodFailure;
import tripod.syntax.Cid;
import tripod.syntax.SyntaxException;

/**
 * Walks over the items of a block one by one, without making values of them.
 *
 * <p>Strict (SEC-34): shortest lengths, no indefinite ones, tag 42 alone, no floats, and no length
 * beyond the bytes that are there. Order and uniqueness of keys are checked by {@link #key}. A
 * reader made by {@link #lenient} also takes longer lengths and keys in any order. Not safe between
 * threads.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8949">RFC 8949: CBOR</a>
 */
public final class DagCborReader {
  /** What the next item is. */
  public enum Kind {
    /** An integer. */
    INTEGER,
    /** A byte string. */
    BYTES,
    /** A text. */
    TEXT,
    /** A list; its items follow. */
    LIST,
    /** A map; its keys and values follow. */
    MAP,
    /** A link. */
    LINK,
    /** True or false. */
    TRUTH,
    /** Null. */
    NULL
  }

  private static final int TAG_LINK = 42;
  private static final int LINK_BYTES = 1 + Cid.LENGTH;

  private final byte[] bytes;
  private final int end;
  private final boolean strict;
  private int at;
  private int keyFrom = -1;
  private int keyLength;

  private DagCborReader(byte[] bytes, int from, int to, boolean strict) {
    this.bytes = bytes;
    this.at = from;
    this.end = to;
    this.strict = strict;
  }

  /** Returns a strict reader of a whole array. */
  public static DagCborReader of(byte[] bytes) {
    return new DagCborReader(bytes, 0, bytes.length, true);
  }

  /** Returns a strict reader of a part of an array. */
  public static DagCborReader of(byte[] bytes, int from, int to) {
    return new DagCborReader(bytes, from, to, true);
  }

  /** Returns a reader that takes encodings which are valid but not canonical. */
  public static DagCborReader lenient(byte[] bytes) {
    return new DagCborReader(bytes, 0, bytes.length, false);
  }

  /** Returns the offset of the next item. */
  public int position() {
    return at;
  }

  /** Says whether no byte is left. */
  public boolean atEnd() {
    return at == end;
  }

  /** Says whether this reader insists on the canonical form. */
  public boolean isStrict() {
    return strict;
  }

  /** Returns what the next item is. */
  public Kind peek() {
    if (at >= end) {
      throw fault("ends early");
    }
    int first = bytes[at] & 0xff;
    return switch (first >>> 5) {
      case 0, 1 -> Kind.INTEGER;
      case 2 -> Kind.BYTES;
      case 3 -> Kind.TEXT;
      case 4 -> Kind.LIST;
      case 5 -> Kind.MAP;
      case 6 -> Kind.LINK;
      default ->
          switch (first) {
            case 0xf4, 0xf5 -> Kind.TRUTH;
            case 0xf6 -> Kind.NULL;
            case 0xf9, 0xfa, 0xfb -> throw fault("has a floating point number");
            default -> throw fault("has a simple value that is not allowed");
          };
    };
  }

  /** Reads an integer. */
  public long integer() {
    int major = major();
    if (major > 1) {
      throw fault("has another item where an integer is expected");
    }
    long value = argument();
    if (value < 0) {
      throw fault("has an integer beyond 64 bits");
    }
    return major == 0 ? value : ~value;
  }

  /** Reads a text. */
  public String text() {
    int length = length(3, "text");
    int from = at;
    at += length;
    return utf8(from, length);
  }

  /**
   * Passes over a text, which is checked as {@link #text} does, and returns how many bytes it has;
   * they end at {@link #position}.
   */
  public int skipText() {
    int length = length(3, "text");
    int from = at;
    at += length;
    for (int i = from; i < at; i++) {
      if (bytes[i] < 0) {
        checkedUtf8(from, length);
        break;
      }
    }
    return length;
  }

  /**
   * Reads a key of a map and checks its place after the one before it.
   *
   * @param previousFrom what {@link #keyFrom} was after the key before; -1 for the first
   * @param previousLength what {@link #keyLength} was after it
   */
  public String key(int previousFrom, int previousLength) {
    skipKey(previousFrom, previousLength);
    return keyText();
  }

  /** Returns the key read last, or passed over, as text. */
  public String keyText() {
    return utf8(keyFrom, keyLength);
  }

  /** Passes over a key, checked as {@link #key} does but for its characters. */
  public void skipKey(int previousFrom, int previousLength) {
    int length = length(3, "text as key");
    if (strict && previousFrom >= 0) {
      int order =
          length != previousLength
              ? previousLength - length
              : Arrays.compareUnsigned(
                  bytes, previousFrom, previousFrom + previousLength, bytes, at, at + length);
      if (order >= 0) {
        throw fault(order == 0 ? "has a key twice" : "has keys out of order");
      }
    }
    keyFrom = at;
    keyLength = length;
    at += length;
  }

  /** Returns where the text of the key read last begins. */
  public int keyFrom() {
    return keyFrom;
  }

  /** Returns how many bytes the key read last has. */
  public int keyLength() {
    return keyLength;
  }

  /** Reads a byte string. */
  public byte[] bytes() {
    int length = length(2, "byte string");
    byte[] value = Arrays.copyOfRange(bytes, at, at + length);
    at += length;
    return value;
  }

  /** Reads a link. */
  public Cid link() {
    if (major() != 6 || argument() != TAG_LINK) {
      throw fault("has a tag other than 42");
    }
    if (length(2, "byte string of a link") != LINK_BYTES || bytes[at] != 0) {
      throw fault("has a link that is no CID of " + Cid.LENGTH + " bytes");
    }
    try {
      Cid cid = Cid.ofBytes(bytes, at + 1);
      at += LINK_BYTES;
      return cid;
    } catch (SyntaxException e) {
      throw new PodFailure.Invalid("DAG-CBOR has a link to " + e.getMessage(), e);
    }
  }

  /** Reads true or false. */
  public boolean truth() {
    if (peek() != Kind.TRUTH) {
      throw fault("has another item where true or false is expected");
    }
    return bytes[at++] == (byte) 0xf5;
  }

  /** Reads a null if one comes next, and says whether it did. */
  public boolean skipNull() {
    if (at < end && bytes[at] == (byte) 0xf6) {
      at++;
      return true;
    }
    return false;
  }

  /**
   * Reads the beginning of a list and returns how many items it claims; each takes a byte or more.
   */
  public int list() {
    return length(4, "list");
  }

  /**
   * Reads the beginning of a map and returns how many entries it claims; each takes two bytes or
   * more.
   */
  public int map() {
    return length(5, "map");
  }

  /** Fails unless every byte was read. */
  public void end() {
    if (at != end) {
      throw fault("has " + (end - at) + " bytes after its end");
    }
  }

  private int major() {
    if (at >= end) {
      throw fault("ends early");
    }
    return (bytes[at] & 0xff) >>> 5;
  }

  /** A length or count, which never exceeds the bytes that are left. */
  private int length(int major, String what) {
    if (major() != major) {
      throw fault("has another item where a " + what + " is expected");
    }
    long length = argument();
    if (length < 0 || length > end - at) {
      throw fault("has a " + what + " longer than the block");
    }
    return (int) length;
  }

  private long argument() {
    int info = bytes[at++] & 0x1f;
    if (info < 24) {
      return info;
    }
    int width =
        switch (info) {
          case 24 -> 1;
          case 25 -> 2;
          case 26 -> 4;
          case 27 -> 8;
          default -> throw fault("has an indefinite or reserved length");
        };
    if (end - at < width) {
      throw fault("ends early");
    }
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 8 | (bytes[at++] & 0xff);
    }
    if (strict && isShorterPossible(width, value)) {
      throw fault("has a length or integer that is not in its shortest form");
    }
    return value;
  }

  private static boolean isShorterPossible(int width, long value) {
    return switch (width) {
      case 1 -> value < 24;
      case 2 -> value <= 0xff;
      case 4 -> value <= 0xffff;
      default -> value >= 0 && value <= 0xffff_ffffL;
    };
  }

  private String utf8(int from, int length) {
    for (int i = from; i < from + length; i++) {
      if (bytes[i] < 0) {
        return checkedUtf8(from, length);
      }
    }
    return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
  }

  private String checkedUtf8(int from, int length) {
    String text = new String(bytes, from, length, StandardCharsets.UTF_8);
    // The decoder puts U+FFFD where bytes are no UTF-8; only then can the bytes differ.
    if (text.indexOf('\ufffd') >= 0) {
      byte[] again = text.getBytes(StandardCharsets.UTF_8);
      if (!Arrays.equals(again, 0, again.length, bytes, from, from + length)) {
        throw fault("has text that is not UTF-8");
      }
    }
    return text;
  }

  private PodFailure.Invalid fault(String what) {
    return new PodFailure.Invalid("DAG-CBOR " + what + " (at byte " + at + ")");
  }
}
