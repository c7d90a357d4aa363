package tripod.podstore.cbor;

import java.util.Arrays;
import java.util.HexFormat;
import tripod.syntax.Cid;

/** A value that holds no other. */
public sealed interface DagScalar extends DagValue {
  /** A text, any sequence of Unicode scalar values, never normalised. */
  record Text(String value) implements DagScalar {}

  /** A signed integer of 64 bits; records written as JSON stay within 2^53 (SEC-33). */
  record Int(long value) implements DagScalar {}

  /** A truth value. */
  enum Bool implements DagScalar {
    /** No. */
    FALSE,
    /** Yes. */
    TRUE;

    /** Returns it as Java's own. */
    public boolean value() {
      return this == TRUE;
    }
  }

  /** The null value. */
  enum Null implements DagScalar {
    /** The only one. */
    NULL
  }

  /**
   * A string of bytes.
   *
   * @param value shared, must not be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // value semantics are written out below
  record Bytes(byte[] value) implements DagScalar {
    @Override
    public boolean equals(Object other) {
      return other instanceof Bytes b && Arrays.equals(value, b.value);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
      return "Bytes[" + HexFormat.of().formatHex(value) + "]";
    }
  }

  /** A link to a block or a blob. */
  record Link(Cid cid) implements DagScalar {}
}
