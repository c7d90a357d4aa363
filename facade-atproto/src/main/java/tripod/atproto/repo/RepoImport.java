package tripod.atproto.repo;

import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tripod.podstore.Partition;
import tripod.podstore.PodFailure;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.Spool;
import tripod.podstore.WritablePartition;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.social.RecordName;
import tripod.syntax.Cid;
import tripod.syntax.Did;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;
import tripod.syntax.Tid;

/**
 * Takes repositories in, each record in the bytes it came with.
 *
 * <p>The whole archive is put aside and checked before anything is written. Small ones are written
 * in one commit, large ones in several, so that neither memory nor other writers pay for them; an
 * import that was broken off is taken up by the next. None of it is news to anybody.
 */
public final class RepoImport {
  /** Most records written in one commit. */
  static final int PART_RECORDS_MAX = 1_000;

  /** Most bytes of records written in one commit, if there are several. */
  static final int PART_BYTES_MAX = 4 * 1024 * 1024;

  /** An archive whose revision lies further in the future was not made by a clock. */
  static final Duration REV_AHEAD_MAX = Duration.ofDays(366);

  /** Imports at once (SEC-16). */
  static final int AT_ONCE_MAX = 2;

  private final PodStore store;
  private final Function<PodId, PodNames> names;
  private final RecordWriter records;
  private final Semaphore turns = new Semaphore(AT_ONCE_MAX);
  private final Set<PodId> busy = ConcurrentHashMap.newKeySet();

  /** Makes it. */
  public RepoImport(PodStore store, Function<PodId, PodNames> names, RecordWriter records) {
    this.store = store;
    this.names = names;
    this.records = records;
  }

  /**
   * Makes a pod's repository what an archive of the same person's says; records that the archive
   * lacks are deleted. The next revision is above that of the archive.
   *
   * @param isSigned says whether a commit bears a signature that counts
   * @throws PodFailure.Invalid when the archive is damaged, another's, or not signed
   * @throws PodFailure.Conflict when another import into the pod is running
   * @throws PodFailure.Unavailable when too many imports are running
   */
  public Result replace(PodId pod, InputStream car, Predicate<RepoCommit> isSigned) {
    return inTurn(pod, spool -> replace(pod, RepoArchive.read(car, spool), isSigned));
  }

  private Result replace(PodId pod, RepoArchive archive, Predicate<RepoCommit> isSigned) {
    Did did = names.apply(pod).did();
    if (!archive.commit().did().equals(did)) {
      throw new PodFailure.Invalid(
          "the archive is of " + archive.commit().did() + ", expected " + did);
    }
    if (!isSigned.test(archive.commit())) {
      throw new PodFailure.Invalid("the commit does not verify with a key of " + did);
    }
    return new Parts(pod, archive, true).write();
  }

  /**
   * Takes the records of anybody's archive over into a pod's own repository, beside what is there.
   *
   * @throws PodFailure.Invalid when the archive is damaged
   */
  public Result copy(PodId pod, InputStream car) {
    return inTurn(pod, spool -> new Parts(pod, RepoArchive.read(car, spool), false).write());
  }

  private Result inTurn(PodId pod, Function<Spool, Result> work) {
    if (!busy.add(pod)) {
      throw new PodFailure.Conflict("an import into this pod is running already");
    }
    try {
      if (!turns.tryAcquire()) {
        throw new PodFailure.Unavailable(
            AT_ONCE_MAX + " imports are running already", new IllegalStateException("busy"));
      }
      try (Spool spool = store.spool()) {
        return work.apply(spool);
      } finally {
        turns.release();
      }
    } finally {
      busy.remove(pod);
    }
  }

  /** One archive being written, a part a commit. */
  private final class Parts {
    private final PodId pod;
    private final RepoArchive archive;
    private final boolean replaces;
    private final PodNames own;
    private final TreeMap<String, Cid> part = new TreeMap<>();
    private final Set<Cid> missing = new HashSet<>();
    private int partBytes;
    private String behind = "";
    private int count;
    private int taken;
    private int deleted;

    Parts(PodId pod, RepoArchive archive, boolean replaces) {
      this.pod = pod;
      this.archive = archive;
      this.replaces = replaces;
      this.own = names.apply(pod);
    }

    Result write() {
      archive.records(
          (key, cid) -> {
            if (part.size() == PART_RECORDS_MAX || partBytes > PART_BYTES_MAX) {
              commit(part.lastKey());
            }
            part.put(key, cid);
            partBytes += archive.record(key, cid).length;
            count++;
          });
      commit(null);
      return new Result(
          archive.commit().did(), archive.commit().data(), count, taken, deleted, missing.size());
    }

    /** Writes what was gathered, up to a key; null for the last part. */
    private void commit(@Nullable String last) {
      store.write(
          pod,
          writer -> {
            writer.markImport();
            put(writer, last);
            return true;
          });
      part.clear();
      partBytes = 0;
      behind = last == null ? behind : last;
    }

    private void put(PodWriter writer, @Nullable String last) {
      WritablePartition rows = writer.partition(RepoRows.PARTITION);
      Map<String, Cid> before = new TreeMap<>();
      RepoRows.leaves(
          rows, behind, Optional.ofNullable(last), leaf -> before.put(leaf.key(), leaf.cid()));
      List<String> changed = new ArrayList<>();
      part.forEach(
          (key, cid) -> {
            Cid known = before.remove(key);
            if (known == null || !known.equals(cid)) {
              changed.add(key);
            }
          });
      boolean changes = !changed.isEmpty() || (replaces && !before.isEmpty());
      if (replaces) {
        continueFrom(writer, rows, changes, last == null);
      }
      changed.forEach(key -> put(writer, key, part.get(key)));
      taken += changed.size();
      if (replaces) {
        before.keySet().forEach(key -> records.delete(writer, RecordName.ofKey(key)));
        deleted += before.size();
      }
    }

    /** Goes on from the archive's revision, and from its tree when nobody was told of another. */
    private void continueFrom(
        PodWriter writer, WritablePartition rows, boolean changes, boolean isLast) {
      Optional<Tid> rev = archive.commit().rev();
      Optional<RepoHead> head = RepoRows.head(rows);
      if (rev.isEmpty() || head.isEmpty()) {
        return;
      }
      if (rev.get().instant().isAfter(writer.now().plus(REV_AHEAD_MAX))) {
        throw new PodFailure.Invalid("the archive's revision is years ahead: " + rev.get());
      }
      if (changes && head.get().rev().compareTo(rev.get()) < 0) {
        RepoRows.head(rows, head.get().at(rev.get()));
      }
      if (isLast && !head.get().status().isActive()) {
        RepoRows.told(rows, new RepoPoint(rev.get(), archive.commit().data()));
      }
    }

    private void put(PodWriter writer, String key, @Nullable Cid cid) {
      byte[] block = archive.record(key, java.util.Objects.requireNonNull(cid));
      Set<Cid> blobs = BlobRefs.cids(BlobRefs.in(DagCbor.decodeLenient(block)));
      records.put(writer, own, RecordName.ofKey(key), block, blobs);
      WritablePartition rows = writer.partition(RepoRows.PARTITION);
      for (Cid blob : blobs) {
        if (writer.blob(blob).isEmpty()) {
          RepoRows.missing(rows, blob, key);
          missing.add(blob);
        }
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
