package tripod.atproto.repo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.podstore.Aspect;
import tripod.podstore.Blobs;
import tripod.podstore.Content;
import tripod.podstore.Partition;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.social.RecordName;
import tripod.podstore.social.RecordPlaces;
import tripod.syntax.Cid;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;
import tripod.syntax.Tid;

/** A pod's repository in one view of the pod. */
public final class RepoView {
  private static final int BLOB_USES_MAX = 100;
  private static final int BLOB_PAGE = 500;

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

  /** Returns the resource of another record that says this one too; empty for nearly all. */
  public Optional<PodPath> owner(RecordName name) {
    return RepoRows.hasBeside(rows) ? leaf(name).flatMap(RepoLeaf::owner) : Optional.empty();
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
      case ROW, BESIDE -> Optional.of(leaf.block());
      case SELF -> document(reader, leaf, Aspect.SELF);
      case NATIVE -> document(reader, leaf, Aspect.NATIVE);
    };
  }

  private static Optional<byte[]> document(PodReader reader, RepoLeaf leaf, Aspect aspect) {
    return reader
        .get(leaf.path(), aspect)
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

  /** Returns records of a collection with their bytes, as {@link #leaves} does without. */
  public List<RepoRecord> records(
      Nsid collection, Optional<RecordKey> after, boolean newestFirst, int limit) {
    List<RepoLeaf> leaves = leaves(collection, after, newestFirst, limit);
    List<PodReader.Block> page = List.of();
    if (leaves.size() > 1 && leaves.getFirst().place() == RepoLeaf.Place.SELF) {
      // One range of the container has them all, but for strangers among its members.
      PodPath container = leaves.getFirst().path().parent().orElseThrow();
      page =
          reader
              .blocks(container, after.map(RecordKey::value), newestFirst, leaves.size())
              .blocks();
    }
    List<RepoRecord> records = new ArrayList<>(leaves.size());
    int next = 0;
    for (RepoLeaf leaf : leaves) {
      int found = find(page, next, leaf.cid());
      if (found < page.size()) {
        records.add(new RepoRecord(leaf, page.get(found).bytes()));
        next = found + 1;
      } else {
        block(leaf).ifPresent(block -> records.add(new RepoRecord(leaf, block)));
      }
    }
    return records;
  }

  /** By CID and not by path: the same name means the same bytes, and no path needs to be read. */
  private static int find(List<PodReader.Block> page, int from, Cid cid) {
    int at = from;
    while (at < page.size() && !page.get(at).cid().equals(cid)) {
      at++;
    }
    return at;
  }

  /** Returns the collections that have records. */
  public List<Nsid> collections() {
    return RepoRows.collections(rows).stream().map(Nsid::new).toList();
  }

  /** Returns how many records there are. */
  public int size(MstCache trees) {
    return head().map(head -> tree(trees, head).size()).orElse(0);
  }

  /** Returns how many blocks an archive of the repository has. */
  public int blockCount(MstCache trees) {
    int[] count = {1};
    head()
        .ifPresent(
            head ->
                tree(trees, head)
                    .preOrder(
                        new Mst.Visitor() {
                          @Override
                          public void node(MstNode node) {
                            count[0]++;
                          }

                          @Override
                          public void leaf(String key, Cid value) {
                            count[0]++;
                          }
                        }));
    return count[0];
  }

  /** Returns the tree of a head of this view. */
  public Mst tree(MstCache trees, RepoHead head) {
    return trees.get(reader.pod(), head.root(), rows);
  }

  /** Says whether a record in the repository names a blob. */
  public boolean isBlobPublic(Cid blob) {
    return !namedBy(blob).isEmpty();
  }

  private List<RepoLeaf> namedBy(Cid blob) {
    List<RepoLeaf> leaves = new ArrayList<>();
    for (PodPath path : reader.blobUses(blob, BLOB_USES_MAX)) {
      RecordPlaces.record(reader, path)
          .flatMap(this::leaf)
          .filter(leaf -> leaf.path().equals(path))
          .ifPresent(leaves::add);
    }
    return leaves;
  }

  /**
   * Returns the blobs that records in the repository name, in CID order.
   *
   * @param since takes only those that a record of a later commit names
   */
  public List<Cid> blobs(Optional<Tid> since, Optional<Cid> after, int limit) {
    List<Cid> found = new ArrayList<>();
    Optional<Cid> from = after;
    while (found.size() < limit) {
      List<Blobs.Blob> page = reader.blobs(from, BLOB_PAGE);
      for (Blobs.Blob blob : page) {
        boolean counts =
            namedBy(blob.cid()).stream()
                .anyMatch(leaf -> since.isEmpty() || leaf.rev().compareTo(since.get()) > 0);
        if (counts && found.size() < limit) {
          found.add(blob.cid());
        }
      }
      if (page.size() < BLOB_PAGE) {
        break;
      }
      from = Optional.of(page.getLast().cid());
    }
    return found;
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
