package tripod.atproto.repo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import tripod.podstore.PodPath;
import tripod.podstore.social.RecordName;
import tripod.podstore.social.SocialPaths;
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
 * @param generation which place of its key it has (DEL-2)
 * @param owner the resource that says it besides a record of its own; only for {@link Place#BESIDE}
 * @param block its bytes where they are in this row, else none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RepoLeaf(
    String key,
    Cid cid,
    Tid rev,
    int depth,
    Place place,
    int generation,
    Optional<PodPath> owner,
    byte[] block) {
  private static final byte VERSION = 1;
  private static final int FIXED_BYTES = 3 + Long.BYTES + Cid.LENGTH;
  private static final int PLACE_BITS = 2;
  private static final int PLACE_MASK = 3;
  private static final byte[] NONE = {};

  /** Where the bytes of a record are. */
  public enum Place {
    /** They are the resource itself. */
    SELF(0),
    /** They are beside the resource, which is in another form. */
    NATIVE(1),
    /** They were computed from the resource and are in the row. */
    ROW(2),
    /** They are in the row, and were computed from a resource that has a record of its own too. */
    BESIDE(3);

    private final int code;

    Place(int code) {
      this.code = code;
    }

    private static Place of(byte code) {
      return switch (code) {
        case 0 -> SELF;
        case 1 -> NATIVE;
        case 2 -> ROW;
        case 3 -> BESIDE;
        default -> throw new IllegalStateException("place " + code + " of a record");
      };
    }
  }

  /** Makes the leaf of a resource's own record. */
  static RepoLeaf of(String key, Found found, Tid rev, PodPath path) {
    return new RepoLeaf(
        key,
        found.cid(),
        rev,
        Mst.depth(key),
        found.place(),
        SocialPaths.generationOf(path),
        Optional.empty(),
        found.place() == Place.ROW ? found.block() : NONE);
  }

  /** Makes the leaf of a record that a resource says besides its own. */
  static RepoLeaf beside(String key, byte[] block, Tid rev, PodPath owner) {
    return new RepoLeaf(
        key, Cid.ofDagCbor(block), rev, Mst.depth(key), Place.BESIDE, 1, Optional.of(owner), block);
  }

  /** Returns the resource that the record is, or is said by. */
  public PodPath path() {
    return owner.orElseGet(
        () -> generation == 1 ? name().path() : SocialPaths.of(name(), generation));
  }

  /** Returns which record it is. */
  public RecordName name() {
    return RecordName.ofKey(key);
  }

  byte[] toRow() {
    byte[] said = owner.map(path -> path.value().getBytes(UTF_8)).orElse(NONE);
    ByteBuffer row =
        ByteBuffer.allocate(
                FIXED_BYTES + (owner.isPresent() ? Short.BYTES + said.length : 0) + block.length)
            .put(VERSION)
            .put((byte) (place.code | (generation - 1) << PLACE_BITS))
            .put((byte) depth)
            .putLong(rev.toLong())
            .put(cid.bytes());
    if (owner.isPresent()) {
      row.putShort((short) said.length).put(said);
    }
    return row.put(block).array();
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
    Place place = Place.of((byte) (row[1] & PLACE_MASK));
    int from = FIXED_BYTES;
    Optional<PodPath> owner = Optional.empty();
    if (place == Place.BESIDE) {
      int length = ByteBuffer.wrap(row).getShort(FIXED_BYTES);
      from += Short.BYTES + length;
      owner = Optional.of(new PodPath(new String(row, FIXED_BYTES + Short.BYTES, length, UTF_8)));
    }
    return new RepoLeaf(
        key,
        Cid.ofBytes(row, 3 + Long.BYTES),
        Tid.ofLong(ByteBuffer.wrap(row).getLong(3)),
        row[2],
        place,
        1 + ((row[1] & 0xff) >> PLACE_BITS),
        owner,
        row.length == from ? NONE : Arrays.copyOfRange(row, from, row.length));
  }
}
