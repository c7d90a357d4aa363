package tripod.atproto.repo;

import java.nio.ByteBuffer;
import java.util.Arrays;
import tripod.syntax.Cid;
import tripod.syntax.Tid;

/**
 * One record of a repository as the projection keeps it.
 *
 * @param key {@code collection/rkey}
 * @param cid the record's CID
 * @param rev the commit that brought it
 * @param depth its layer in the tree
 * @param place where its bytes are
 * @param block its bytes where they are in this row, else none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RepoLeaf(String key, Cid cid, Tid rev, int depth, Place place, byte[] block) {
  private static final byte VERSION = 1;
  private static final int FIXED_BYTES = 3 + Long.BYTES + Cid.LENGTH;
  private static final byte[] NONE = {};

  /** Where the bytes of a record are. */
  public enum Place {
    /** They are the resource itself. */
    SELF(0),
    /** They are beside the resource, which is in another form. */
    NATIVE(1),
    /** They were computed from the resource and are in the row. */
    ROW(2);

    private final int code;

    Place(int code) {
      this.code = code;
    }

    private static Place of(byte code) {
      return switch (code) {
        case 0 -> SELF;
        case 1 -> NATIVE;
        case 2 -> ROW;
        default -> throw new IllegalStateException("place " + code + " of a record");
      };
    }
  }

  static RepoLeaf of(String key, Cid cid, Tid rev, Place place, byte[] block) {
    return new RepoLeaf(key, cid, rev, Mst.depth(key), place, place == Place.ROW ? block : NONE);
  }

  /** Returns which record it is. */
  public RecordName name() {
    return RecordName.ofKey(key);
  }

  byte[] toRow() {
    return ByteBuffer.allocate(FIXED_BYTES + block.length)
        .put(VERSION)
        .put((byte) place.code)
        .put((byte) depth)
        .putLong(rev.toLong())
        .put(cid.bytes())
        .put(block)
        .array();
  }

  /** Reads the CID alone. */
  static Cid cidOfRow(byte[] row) {
    checkVersion(row);
    return Cid.ofBytes(row, 3 + Long.BYTES);
  }

  /** Reads the layer alone. */
  static int depthOfRow(byte[] row) {
    return row[2];
  }

  private static void checkVersion(byte[] row) {
    if (row[0] != VERSION) {
      throw new IllegalStateException("repository leaf row of version " + row[0]);
    }
  }

  static RepoLeaf ofRow(String key, byte[] row) {
    checkVersion(row);
    return new RepoLeaf(
        key,
        Cid.ofBytes(row, 3 + Long.BYTES),
        Tid.ofLong(ByteBuffer.wrap(row).getLong(3)),
        row[2],
        Place.of(row[1]),
        row.length == FIXED_BYTES ? NONE : Arrays.copyOfRange(row, FIXED_BYTES, row.length));
  }
}
