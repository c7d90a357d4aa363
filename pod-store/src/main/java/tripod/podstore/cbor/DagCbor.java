package tripod.podstore.cbor;

import java.util.ArrayList;
import java.util.List;
import tripod.podstore.PodFailure;

/**
 * Turns blocks into values and back.
 *
 * <p>For strict reading {@code encode(decode(block))} is the block. Safe between threads.
 */
public final class DagCbor {
  /** Largest block in bytes that is read as a value; relays take no larger records (SEC-34). */
  public static final int BLOCK_BYTES_MAX = 1_000_000;

  /** Most maps and lists inside each other (SEC-34). */
  public static final int DEPTH_MAX = 32;

  private DagCbor() {}

  /**
   * Reads a block.
   *
   * @throws PodFailure.Invalid when it is not canonical DAG-CBOR
   * @throws PodFailure.TooLarge when it has more than {@value #BLOCK_BYTES_MAX} bytes
   */
  public static DagValue decode(byte[] block) {
    checkSize(block);
    return whole(DagCborReader.of(block));
  }

  /**
   * Reads a block that must be a map, as records, nodes and commits are.
   *
   * @throws PodFailure.Invalid when it is not canonical DAG-CBOR, or no map
   * @throws PodFailure.TooLarge when it has more than {@value #BLOCK_BYTES_MAX} bytes
   */
  public static DagFields decodeFields(byte[] block) {
    return fields(decode(block));
  }

  /**
   * Reads a block from elsewhere whose encoding may be valid without being canonical: longer
   * lengths than needed, keys in any order. Its bytes remain what is stored and hashed.
   *
   * @throws PodFailure.Invalid when it says what the data model cannot, or a key twice
   * @throws PodFailure.TooLarge when it has more than {@value #BLOCK_BYTES_MAX} bytes
   */
  public static DagFields decodeLenient(byte[] block) {
    checkSize(block);
    return fields(whole(DagCborReader.lenient(block)));
  }

  /**
   * Reads what this house wrote, a frame's message for example, which may be of any size.
   *
   * @throws PodFailure.Invalid when it is not canonical DAG-CBOR, or no map
   */
  public static DagFields decodeOwn(byte[] message) {
    return fields(whole(DagCborReader.of(message)));
  }

  /** Writes a value in its only encoding. */
  public static byte[] encode(DagValue value) {
    return new DagCborWriter(256).value(value).toByteArray();
  }

  private static void checkSize(byte[] block) {
    if (block.length > BLOCK_BYTES_MAX) {
      throw new PodFailure.TooLarge(
          "block of " + block.length + " bytes, at most " + BLOCK_BYTES_MAX + " are allowed");
    }
  }

  private static DagFields fields(DagValue value) {
    if (value instanceof DagFields fields) {
      return fields;
    }
    throw new PodFailure.Invalid("DAG-CBOR block is no map");
  }

  private static DagValue whole(DagCborReader in) {
    DagValue value = value(in, 0);
    in.end();
    return value;
  }

  private static DagValue value(DagCborReader in, int depth) {
    return switch (in.peek()) {
      case INTEGER -> DagValue.of(in.integer());
      case BYTES -> DagValue.of(in.bytes());
      case TEXT -> DagValue.of(in.text());
      case LINK -> DagValue.of(in.link());
      case TRUTH -> DagValue.of(in.truth());
      case NULL -> {
        in.skipNull();
        yield DagValue.nil();
      }
      case LIST -> list(in, depth + 1);
      case MAP -> map(in, depth + 1);
    };
  }

  private static DagValue list(DagCborReader in, int depth) {
    checkDepth(depth);
    int count = in.list();
    // The claim is believed for a few items only; the rest of the room is made as they come.
    List<DagValue> items = new ArrayList<>(Math.min(count, 16));
    for (int i = 0; i < count; i++) {
      items.add(value(in, depth));
    }
    return DagValue.of(items);
  }

  private static DagFields map(DagCborReader in, int depth) {
    checkDepth(depth);
    int count = in.map();
    DagFields.Builder fields = DagFields.builder();
    int from = -1;
    int length = 0;
    for (int i = 0; i < count; i++) {
      String key = in.key(from, length);
      from = in.keyFrom();
      length = in.keyLength();
      DagValue value = value(in, depth);
      if (in.isStrict()) {
        fields.append(key, value);
      } else if (!fields.putNew(key, value)) {
        throw new PodFailure.Invalid("DAG-CBOR has a key twice");
      }
    }
    return fields.build();
  }

  private static void checkDepth(int depth) {
    if (depth > DEPTH_MAX) {
      throw new PodFailure.Invalid("DAG-CBOR is deeper than " + DEPTH_MAX + " levels");
    }
  }
}
