package tripod.atproto.repo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tripod.podstore.Partition;
import tripod.podstore.PodPath;
import tripod.podstore.WritablePartition;
import tripod.syntax.Cid;
import tripod.syntax.Tid;

/**
 * The rows of the partition {@value #PARTITION}.
 *
 * <p>A leaf's key is its key in the tree; all other rows begin with a byte below every letter: 0
 * for what there is one of, 1 for keys that were removed, 2 for blobs that are named and not yet
 * here, 3 for the keys of the records that a resource says besides its own.
 */
final class RepoRows {
  /** The partition that holds a pod's repository. */
  static final String PARTITION = "atproto.repo";

  private static final byte[] HEAD = {0, 'h'};
  private static final byte[] TOLD = {0, 't'};

  /** There when a resource ever said records besides its own; nearly no pod has it. */
  private static final byte[] ANY_BESIDE = {0, 'b'};

  private static final byte REMOVED = 1;
  private static final byte MISSING = 2;
  private static final byte BESIDE = 3;
  private static final byte[] LEAVES = {'0'};
  private static final byte[] END = {};
  private static final int PAGE = 5_000;
  private static final int STEP = 1_000;

  private RepoRows() {}

  static Optional<RepoHead> head(Partition rows) {
    return rows.get(HEAD).map(RepoHead::ofRow);
  }

  static void head(WritablePartition rows, RepoHead head) {
    rows.put(HEAD.clone(), head.toRow());
  }

  /** Returns what the network was last told of a repository that sleeps, if it was told of any. */
  static Optional<RepoPoint> told(Partition rows) {
    return rows.get(TOLD).map(RepoPoint::ofRow);
  }

  static void told(WritablePartition rows, RepoPoint point) {
    rows.put(TOLD.clone(), point.toRow());
  }

  static void forgetTold(WritablePartition rows) {
    rows.delete(TOLD.clone());
  }

  static Optional<RepoLeaf> leaf(Partition rows, String key) {
    return rows.get(key).map(row -> RepoLeaf.ofRow(key, row));
  }

  static void leaf(WritablePartition rows, RepoLeaf leaf) {
    rows.put(leaf.key(), leaf.toRow());
  }

  /** Removes a leaf and remembers that it went, so that a reader of differences learns of it. */
  static void removed(WritablePartition rows, String key, Tid rev) {
    rows.delete(key);
    byte[] name = key.getBytes(UTF_8);
    rows.put(
        ByteBuffer.allocate(1 + Long.BYTES + name.length)
            .put(REMOVED)
            .putLong(rev.toLong())
            .put(name)
            .array(),
        new byte[0]);
  }

  /** Visits the keys that were removed by commits after a revision. */
  static void removedAfter(Partition rows, Tid since, Consumer<String> visitor) {
    byte[] from = after(since);
    byte[] to = {REMOVED + 1};
    while (true) {
      List<Partition.Entry> page = rows.range(from, to, false, PAGE);
      for (Partition.Entry entry : page) {
        byte[] key = entry.key();
        visitor.accept(new String(key, 1 + Long.BYTES, key.length - 1 - Long.BYTES, UTF_8));
      }
      if (page.size() < PAGE) {
        return;
      }
      from = behind(page.getLast().key());
    }
  }

  private static byte[] after(Tid since) {
    return ByteBuffer.allocate(1 + Long.BYTES).put(REMOVED).putLong(since.toLong() + 1).array();
  }

  /** Builds the tree of all leaves. */
  static Mst tree(Partition rows, MstBuilder builder) {
    rows.each(
        LEAVES,
        END,
        (key, row) ->
            builder.add(new String(key, UTF_8), RepoLeaf.cidOfRow(row), RepoLeaf.depthOfRow(row)));
    return builder.build();
  }

  /** Visits all leaves in the order of their keys. */
  static void leaves(Partition rows, Consumer<RepoLeaf> visitor) {
    leaves(rows, LEAVES, END, visitor);
  }

  /** Returns all leaves in the order of their keys, a page in memory at a time. */
  static Iterator<RepoLeaf> iterator(Partition rows) {
    return new Iterator<>() {
      private byte[] from = LEAVES;
      private List<Partition.Entry> page = List.of();
      private int next;
      private boolean isLast;

      @Override
      public boolean hasNext() {
        if (next == page.size() && !isLast) {
          page = rows.range(from, END, false, STEP);
          next = 0;
          isLast = page.size() < STEP;
          if (!isLast) {
            from = behind(page.getLast().key());
          }
        }
        return next < page.size();
      }

      @Override
      public RepoLeaf next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        Partition.Entry entry = page.get(next++);
        return RepoLeaf.ofRow(entry.text(), entry.value());
      }
    };
  }

  /**
   * Visits the leaves between two keys.
   *
   * @param behind the key to begin behind; empty for the first
   * @param last the last key; empty for all
   */
  static void leaves(
      Partition rows, String behind, Optional<String> last, Consumer<RepoLeaf> visitor) {
    leaves(
        rows,
        behind.isEmpty() ? LEAVES : behind(behind.getBytes(UTF_8)),
        last.map(key -> behind(key.getBytes(UTF_8))).orElse(END),
        visitor);
  }

  private static void leaves(Partition rows, byte[] start, byte[] to, Consumer<RepoLeaf> visitor) {
    byte[] from = start;
    while (true) {
      List<Partition.Entry> page = rows.range(from, to, false, PAGE);
      for (Partition.Entry entry : page) {
        visitor.accept(RepoLeaf.ofRow(entry.text(), entry.value()));
      }
      if (page.size() < PAGE) {
        return;
      }
      from = behind(page.getLast().key());
    }
  }

  /**
   * Returns leaves of a collection by record key.
   *
   * @param after the record key to begin behind, in the direction asked for
   */
  static List<RepoLeaf> page(
      Partition rows, String collection, Optional<String> after, boolean newestFirst, int limit) {
    byte[] from = (collection + "/").getBytes(UTF_8);
    byte[] to = (collection + "0").getBytes(UTF_8); // the character behind the slash
    if (after.isPresent()) {
      byte[] bound = (collection + "/" + after.get()).getBytes(UTF_8);
      if (newestFirst) {
        to = bound;
      } else {
        from = behind(bound);
      }
    }
    List<RepoLeaf> leaves = new ArrayList<>();
    for (Partition.Entry entry : rows.range(from, to, newestFirst, limit)) {
      leaves.add(RepoLeaf.ofRow(entry.text(), entry.value()));
    }
    return leaves;
  }

  /** Returns the collections that have records, by one step into the index for each. */
  static List<String> collections(Partition rows) {
    List<String> names = new ArrayList<>();
    byte[] from = LEAVES;
    while (true) {
      List<Partition.Entry> next = rows.range(from, END, false, 1);
      if (next.isEmpty()) {
        return names;
      }
      String key = next.getFirst().text();
      String collection = key.substring(0, key.indexOf('/'));
      names.add(collection);
      from = (collection + "0").getBytes(UTF_8);
    }
  }

  /** Returns the keys of the records that a resource says besides its own. */
  static Set<String> beside(Partition rows, PodPath owner) {
    if (!hasBeside(rows)) {
      return Set.of();
    }
    return rows.get(besideKey(owner))
        .map(row -> (Set<String>) new LinkedHashSet<>(List.of(new String(row, UTF_8).split("\n"))))
        .orElseGet(LinkedHashSet::new);
  }

  static void beside(WritablePartition rows, PodPath owner, Set<String> keys) {
    if (keys.isEmpty()) {
      rows.delete(besideKey(owner));
    } else {
      rows.put(ANY_BESIDE.clone(), new byte[] {1});
      rows.put(besideKey(owner), String.join("\n", keys).getBytes(UTF_8));
    }
  }

  /** Says whether any resource may say records besides its own: no write pays for looking then. */
  static boolean hasBeside(Partition rows) {
    return rows.get(ANY_BESIDE).isPresent();
  }

  private static byte[] besideKey(PodPath owner) {
    byte[] path = owner.value().getBytes(UTF_8);
    return ByteBuffer.allocate(1 + path.length).put(BESIDE).put(path).array();
  }

  /** Notes that a record names a blob which is not here yet. */
  static void missing(WritablePartition rows, Cid blob, String key) {
    byte[] name = key.getBytes(UTF_8);
    rows.put(
        ByteBuffer.allocate(1 + Cid.LENGTH + name.length)
            .put(MISSING)
            .put(blob.bytes())
            .put(name)
            .array(),
        new byte[0]);
  }

  /** Returns blobs that were named when they were not here, with the record, in CID order. */
  static List<Missing> missing(Partition rows, Optional<Cid> after, int limit) {
    byte[] from = {MISSING};
    if (after.isPresent()) {
      byte[] cid = after.get().bytes();
      from = new byte[2 + cid.length];
      from[0] = MISSING;
      System.arraycopy(cid, 0, from, 1, cid.length);
      from[from.length - 1] = (byte) 0xff;
    }
    List<Missing> found = new ArrayList<>();
    for (Partition.Entry entry : rows.range(from, new byte[] {MISSING + 1}, false, limit)) {
      byte[] key = entry.key();
      found.add(
          new Missing(
              Cid.ofBytes(key, 1),
              new String(key, 1 + Cid.LENGTH, key.length - 1 - Cid.LENGTH, UTF_8)));
    }
    return found;
  }

  /** Forgets a note of {@link #missing}. */
  static void found(WritablePartition rows, Missing missing) {
    byte[] name = missing.key().getBytes(UTF_8);
    rows.delete(
        ByteBuffer.allocate(1 + Cid.LENGTH + name.length)
            .put(MISSING)
            .put(missing.blob().bytes())
            .put(name)
            .array());
  }

  private static byte[] behind(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }

  /** A blob and the record that names it. */
  record Missing(Cid blob, String key) {}
}
