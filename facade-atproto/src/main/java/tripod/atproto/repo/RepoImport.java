package tripod.atproto.repo;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import tripod.podstore.Partition;
import tripod.podstore.PodFailure;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.WritablePartition;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.Cid;
import tripod.syntax.Did;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/**
 * Takes repositories in, each record in the bytes it came with.
 *
 * <p>The whole archive is read and checked before anything is written; what is written is one
 * commit, which is no news to anybody.
 */
public final class RepoImport {
  private final PodStore store;
  private final Function<PodId, PodNames> names;
  private final RecordWriter records;

  /** Makes it. */
  public RepoImport(PodStore store, Function<PodId, PodNames> names, RecordWriter records) {
    this.store = store;
    this.names = names;
    this.records = records;
  }

  /**
   * Makes a pod's repository what an archive of the same person's says; records that the archive
   * lacks are deleted.
   *
   * @param isSigned says whether a commit bears a signature that counts
   * @throws PodFailure.Invalid when the archive is damaged, another's, or not signed
   */
  public Result replace(PodId pod, InputStream car, Predicate<RepoCommit> isSigned) {
    RepoArchive archive = RepoArchive.read(car);
    Did did = names.apply(pod).did();
    if (!archive.commit().did().equals(did)) {
      throw new PodFailure.Invalid(
          "the archive is of " + archive.commit().did() + ", expected " + did);
    }
    if (!isSigned.test(archive.commit())) {
      throw new PodFailure.Invalid("the commit does not verify with a key of " + did);
    }
    return write(pod, archive, true);
  }

  /**
   * Takes the records of anybody's archive over into a pod's own repository, beside what is there.
   *
   * @throws PodFailure.Invalid when the archive is damaged
   */
  public Result copy(PodId pod, InputStream car) {
    return write(pod, RepoArchive.read(car), false);
  }

  private Result write(PodId pod, RepoArchive archive, boolean replace) {
    PodNames own = names.apply(pod);
    return store.write(
        pod,
        writer -> {
          writer.markImport();
          Map<String, Cid> before = new HashMap<>();
          RepoRows.leaves(
              writer.partition(RepoRows.PARTITION), leaf -> before.put(leaf.key(), leaf.cid()));
          int taken = 0;
          Set<Cid> missing = new HashSet<>();
          for (Mst.Leaf leaf : archive.leaves()) {
            Cid known = before.remove(leaf.key());
            if (known == null || !known.equals(leaf.value())) {
              put(writer, own, leaf, archive.record(leaf), missing);
              taken++;
            }
          }
          if (replace) {
            before.keySet().forEach(key -> records.delete(writer, RecordName.ofKey(key)));
          }
          return new Result(
              archive.commit().did(),
              archive.commit().data(),
              archive.leaves().size(),
              taken,
              replace ? before.size() : 0,
              missing.size());
        });
  }

  private void put(PodWriter writer, PodNames own, Mst.Leaf leaf, byte[] block, Set<Cid> missing) {
    DagFields fields;
    try {
      fields = DagCbor.decodeLenient(block);
    } catch (PodFailure.Invalid | PodFailure.TooLarge e) {
      throw new PodFailure.Invalid("record " + leaf.key() + ": " + e.getMessage(), e);
    }
    List<BlobRefs.BlobRef> blobs = BlobRefs.in(fields);
    records.put(writer, own, RecordName.ofKey(leaf.key()), block, BlobRefs.cids(blobs));
    WritablePartition rows = writer.partition(RepoRows.PARTITION);
    for (Cid cid : BlobRefs.cids(blobs)) {
      if (writer.blob(cid).isEmpty()) {
        RepoRows.missing(rows, cid, leaf.key());
        missing.add(cid);
      }
    }
  }

  /** Returns the blobs that records name and nobody has sent yet. */
  public List<MissingBlob> missingBlobs(PodId pod, Optional<Cid> after, int limit) {
    return store.read(
        pod,
        reader -> {
          Partition rows = reader.partition(RepoRows.PARTITION);
          List<MissingBlob> found = new ArrayList<>();
          Optional<Cid> from = after;
          List<RepoRows.Missing> page;
          // A note may be out of date, so that a page of notes is not a page of blobs.
          do {
            page = RepoRows.missing(rows, from, limit);
            for (RepoRows.Missing row : page) {
              if (found.size() < limit
                  && reader.blob(row.blob()).isEmpty()
                  && RepoRows.leaf(rows, row.key()).isPresent()) {
                found.add(new MissingBlob(row.blob(), RecordName.ofKey(row.key())));
              }
              from = Optional.of(row.blob());
            }
          } while (found.size() < limit && page.size() == limit);
          return found;
        });
  }

  /** A blob that is named and not here, and a record that names it. */
  public record MissingBlob(Cid cid, RecordName record) {}

  /**
   * What an import did.
   *
   * @param did whose archive it was
   * @param root the root of its tree
   * @param records how many records it has
   * @param written how many of them were not here as they are
   * @param deleted how many went, since the archive lacks them
   * @param missingBlobs how many blobs its records name which are not here
   */
  public record Result(
      Did did, Cid root, int records, int written, int deleted, int missingBlobs) {}
}
