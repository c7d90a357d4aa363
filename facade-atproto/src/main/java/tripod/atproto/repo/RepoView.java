package tripod.atproto.repo;

import java.util.List;
import java.util.Optional;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.Partition;
import tripod.podstore.PodReader;
import tripod.syntax.Cid;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

/** A pod's repository in one view of the pod. */
public final class RepoView {
  private static final int BLOB_USES_MAX = 100;

  private final PodReader reader;
  private final Partition rows;

  private RepoView(PodReader reader) {
    this.reader = reader;
    this.rows = reader.partition(RepoRows.PARTITION);
  }

  /** Returns the repository of a pod. */
  public static RepoView of(PodReader reader) {
    return new RepoView(reader);
  }

  /** Returns where it stands; empty when the pod has none. */
  public Optional<RepoHead> head() {
    return RepoRows.head(rows);
  }

  /** Returns a record's place. */
  public Optional<RepoLeaf> leaf(RecordName name) {
    return RepoRows.leaf(rows, name.key());
  }

  /** Returns a record with its bytes. */
  public Optional<RepoRecord> record(RecordName name) {
    return leaf(name).flatMap(leaf -> block(leaf).map(block -> new RepoRecord(leaf, block)));
  }

  /** Returns the bytes of a record; empty when its resource has moved on. */
  public Optional<byte[]> block(RepoLeaf leaf) {
    return block(reader, leaf);
  }

  static Optional<byte[]> block(PodReader reader, RepoLeaf leaf) {
    return switch (leaf.place()) {
      case ROW -> Optional.of(leaf.block());
      case SELF -> document(reader, leaf, Aspect.SELF);
      case NATIVE -> document(reader, leaf, Aspect.NATIVE);
    };
  }

  private static Optional<byte[]> document(PodReader reader, RepoLeaf leaf, Aspect aspect) {
    return reader
        .get(leaf.name().path(), aspect)
        .filter(resource -> resource.content() instanceof Content.Document)
        .map(resource -> ((Content.Document) resource.content()).bytes());
  }

  /**
   * Returns leaves of a collection.
   *
   * @param after the record key to begin behind, in the direction asked for
   */
  public List<RepoLeaf> leaves(
      Nsid collection, Optional<RecordKey> after, boolean newestFirst, int limit) {
    return RepoRows.page(rows, collection.value(), after.map(RecordKey::value), newestFirst, limit);
  }

  /** Returns the collections that have records. */
  public List<Nsid> collections() {
    return RepoRows.collections(rows).stream().map(Nsid::new).toList();
  }

  /** Returns how many records there are. */
  public int size(MstCache trees) {
    return head().map(head -> tree(trees, head).size()).orElse(0);
  }

  /** Returns the tree of a head of this view. */
  public Mst tree(MstCache trees, RepoHead head) {
    return trees.get(reader.pod(), head.root(), rows);
  }

  /** Says whether a record in the repository names a blob. */
  public boolean isBlobPublic(Cid blob) {
    for (var path : reader.blobUses(blob, BLOB_USES_MAX)) {
      Optional<RepoLeaf> leaf = RecordName.at(path).flatMap(this::leaf);
      if (leaf.isPresent()) {
        return true;
      }
    }
    return false;
  }

  Partition rows() {
    return rows;
  }

  PodReader reader() {
    return reader;
  }

  /** A record of the repository with its bytes. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record RepoRecord(RepoLeaf leaf, byte[] block) {}
}
