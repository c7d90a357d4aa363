package tripod.atproto.repo;

import java.io.InputStream;
import java.util.Optional;
import tripod.podstore.PodFailure;
import tripod.podstore.Spool;
import tripod.podstore.cbor.DagCbor;
import tripod.syntax.Cid;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

/**
 * A repository read from an archive, checked as far as it can be without its key (SEC-35): every
 * block is what it is called, the tree is canonical, and every record it names is there and is one.
 *
 * <p>The blocks lie in a spool; in memory is only where each of them is.
 */
final class RepoArchive {
  private final Spool spool;
  private final BlockIndex index;
  private final RepoCommit commit;

  private RepoArchive(Spool spool, BlockIndex index, RepoCommit commit) {
    this.spool = spool;
    this.index = index;
    this.commit = commit;
  }

  /**
   * Reads an archive.
   *
   * @param spool takes the blocks; must stay open while the archive is used
   * @throws PodFailure.Invalid when anything that its root reaches is wrong or missing
   * @throws PodFailure.TooLarge past a limit of {@link CarReader}
   */
  static RepoArchive read(InputStream car, Spool spool) {
    CarReader reader = new CarReader(car);
    Cid root = reader.root();
    BlockIndex index = new BlockIndex();
    for (Optional<CarReader.Block> b = reader.next(); b.isPresent(); b = reader.next()) {
      byte[] bytes = b.get().bytes();
      if (index.find(b.get().cid()) < 0) {
        index.put(b.get().cid(), spool.append(bytes), bytes.length);
      }
    }
    RepoCommit commit = RepoCommit.read(block(spool, index, root, "the commit"));
    RepoArchive archive = new RepoArchive(spool, index, commit);
    archive.check();
    return archive;
  }

  /** Sees the records of an archive in the order of their keys. */
  @FunctionalInterface
  interface Visitor {
    void record(String key, Cid cid);
  }

  /** Visits all records in the order of their keys. */
  void records(Visitor visitor) {
    records(commit.data(), -1, visitor);
  }

  private void records(Cid cid, int layer, Visitor visitor) {
    MstNode node = MstNode.read(block(spool, index, cid, "a tree node"), layer);
    if (node.layer > MstLimits.LAYERS_MAX) {
      throw new PodFailure.TooLarge("the tree is too large");
    }
    String[] keys = node.keys();
    // Layers that follow each other, keys of their layer's depth in order, and no node that holds
    // nothing: then the tree has the one form that its keys give it.
    if (layer >= 0 && keys.length == 0 && node.tree(0) == null) {
      throw new PodFailure.Invalid("the tree is not in its canonical form");
    }
    for (int i = 0; i <= keys.length; i++) {
      MstNode tree = node.tree(i);
      if (tree != null) {
        records(tree.cid(), tree.layer, visitor);
      }
      if (i < keys.length) {
        visitor.record(keys[i], node.value(i));
      }
    }
  }

  private void check() {
    records(
        new Visitor() {
          private String previous = "";
          private int count;

          @Override
          public void record(String key, Cid cid) {
            if (previous.compareTo(key) >= 0) {
              throw new PodFailure.Invalid("the tree has keys out of order");
            }
            previous = key;
            checkName(key);
            if (++count > MstLimits.KEYS_MAX) {
              throw new PodFailure.TooLarge("the tree is too large");
            }
            checkRecord(key, cid);
          }
        });
  }

  private void checkRecord(String key, Cid cid) {
    try {
      DagCbor.decodeLenient(record(key, cid));
    } catch (PodFailure.Invalid | PodFailure.TooLarge e) {
      throw new PodFailure.Invalid("record " + key + ": " + e.getMessage(), e);
    }
  }

  private static void checkName(String key) {
    int slash = key.indexOf('/');
    if (slash < 0
        || !Nsid.isValid(key.substring(0, slash))
        || !RecordKey.isValid(key.substring(slash + 1))) {
      throw new PodFailure.Invalid("the tree has the key " + key + ", which names no record");
    }
  }

  private static byte[] block(Spool spool, BlockIndex index, Cid cid, String what) {
    int entry = index.find(cid);
    if (entry < 0) {
      throw new PodFailure.Invalid("archive lacks " + what + ", " + cid);
    }
    return spool.read(index.offset(entry), index.length(entry));
  }

  RepoCommit commit() {
    return commit;
  }

  byte[] record(String key, Cid cid) {
    return block(spool, index, cid, key);
  }
}
