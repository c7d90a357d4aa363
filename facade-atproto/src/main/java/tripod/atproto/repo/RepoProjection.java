package tripod.atproto.repo;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tripod.podstore.Aspect;
import tripod.podstore.Change;
import tripod.podstore.Commit;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodWriter;
import tripod.podstore.Projection;
import tripod.podstore.Resource;
import tripod.podstore.WritablePartition;
import tripod.podstore.social.RecordName;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;

/**
 * Keeps a pod's repository in step with the pod, whichever door a change came through.
 *
 * <p>In the transaction of the change it computes which records came, changed and went, extends the
 * tree along their paths, signs the commit and puts its frame into the journal. A change that
 * leaves the tree as it was makes no repository commit.
 */
public final class RepoProjection implements Projection {
  private final RecordSource source;
  private final RepoSigner signer;
  private final MstCache trees;

  /** Makes the projection. */
  public RepoProjection(RecordSource source, RepoSigner signer, MstCache trees) {
    this.source = source;
    this.signer = signer;
    this.trees = trees;
  }

  @Override
  public String partition() {
    return RepoRows.PARTITION;
  }

  @Override
  public void apply(Commit pending, PodWriter after) {
    WritablePartition rows = after.partition(RepoRows.PARTITION);
    Optional<RepoHead> head = RepoRows.head(rows);
    if (head.isEmpty() || head.get().rev().equals(pending.rev())) {
      return; // a pod without a repository, or one whose first commit is this write's own
    }
    Set<PodPath> touched = touched(pending, rows);
    if (touched.isEmpty()) {
      return;
    }
    Found.All found = new Found.All(head.get().next(pending.rev()));
    for (PodPath path : touched) {
      follow(pending, after, rows, path, found);
    }
    if (found.ops.isEmpty()) {
      found.writeTo(rows);
    } else {
      commit(pending, after, rows, head.get(), found);
    }
  }

  @Override
  public List<String> faults(PodReader view) {
    return RepoAudit.faults(view, source);
  }

  /** Finds the places whose record may be another after the commit. */
  private static Set<PodPath> touched(Commit pending, WritablePartition rows) {
    Set<PodPath> touched = new LinkedHashSet<>();
    for (Change change : pending.changes()) {
      switch (change.aspect()) {
        case SELF, NATIVE, ASIDE -> {
          if (SocialPaths.recordAt(change.path()).isPresent()) {
            touched.add(change.path());
          }
        }
        case ACL -> underRule(change.path(), rows, touched);
        case META -> {}
      }
    }
    return touched;
  }

  /** A new access list can close the gate for all that inherits from it. */
  private static void underRule(PodPath ruled, WritablePartition rows, Set<PodPath> touched) {
    if (!ruled.isContainer()) {
      if (SocialPaths.recordAt(ruled).isPresent()) {
        touched.add(ruled);
      }
    } else if (ruled.isRoot() || SocialPaths.isSocial(ruled) || holdsSocial(ruled)) {
      RepoRows.leaves(
          rows,
          leaf -> {
            PodPath path = leaf.path();
            if (path.isUnder(ruled)) {
              touched.add(path);
            }
          });
    }
  }

  private static boolean holdsSocial(PodPath ruled) {
    return ruled.equals(SocialPaths.SOCIAL)
        || ruled.equals(SocialPaths.RECORDS)
        || SocialPaths.CARD.isUnder(ruled);
  }

  private void follow(
      Commit pending, PodWriter after, WritablePartition rows, PodPath path, Found.All all) {
    Optional<Resource> self = after.get(path);
    Optional<Change> change = change(pending, path);
    RecordName name = self.flatMap(SocialPaths::recordIn).orElseGet(() -> nameOf(change, path));
    Optional<RecordName> old =
        change.flatMap(Change::before).flatMap(SocialPaths::recordIn).filter(n -> !n.equals(name));
    if (old.isPresent()) {
      leave(rows, old.get().key(), path, all); // another kind of record has its place now
    }
    // What was not there, and is a record itself, had none: no need to look.
    boolean isFresh =
        change.filter(c -> c.before().isEmpty()).isPresent()
            && self.filter(this::isBlock).isPresent();
    Optional<RepoLeaf> held = isFresh ? Optional.empty() : RepoRows.leaf(rows, name.key());
    Optional<RepoLeaf> before = held.filter(leaf -> isOwn(leaf, path));
    if (held.isPresent() && before.isEmpty()) {
      return; // the name belongs to a resource elsewhere
    }
    Saying saying = find(pending, after, path, self.orElse(null), name, before);
    put(name.key(), path, before, saying.own, all);
    if (saying.beside.isPresent()
        && before.filter(l -> l.place() == RepoLeaf.Place.SELF).isEmpty()) {
      beside(rows, path, saying.beside.get(), all);
    }
  }

  private static RecordName nameOf(Optional<Change> change, PodPath path) {
    return change
        .flatMap(Change::before)
        .flatMap(SocialPaths::recordIn)
        .or(() -> SocialPaths.recordAt(path))
        .orElseThrow();
  }

  private static boolean isOwn(RepoLeaf leaf, PodPath path) {
    return leaf.place() != RepoLeaf.Place.BESIDE && leaf.path().equals(path);
  }

  private static void leave(WritablePartition rows, String key, PodPath path, Found.All all) {
    RepoRows.leaf(rows, key)
        .filter(leaf -> isOwn(leaf, path))
        .ifPresent(leaf -> put(key, path, Optional.of(leaf), Optional.empty(), all));
  }

  private static void put(
      String key, PodPath path, Optional<RepoLeaf> before, Optional<Found> found, Found.All all) {
    Optional<Cid> cidBefore = before.map(RepoLeaf::cid);
    Optional<Cid> cidAfter = found.map(Found::cid);
    boolean isNew = !cidBefore.equals(cidAfter);
    if (found.isPresent()) {
      Found record = found.get();
      if (isNew || before.get().place() != record.place()) {
        all.leaves.add(RepoLeaf.of(key, record, isNew ? all.rev : before.get().rev(), path));
      }
      if (isNew) {
        all.records.put(key, record.block());
      }
    } else if (before.isPresent()) {
      all.removed.add(key);
    }
    if (isNew) {
      all.ops.add(new RepoOp(key, cidBefore, cidAfter));
    }
  }

  /** Brings the records that a resource says besides its own into step with it. */
  private static void beside(
      WritablePartition rows, PodPath owner, Map<RecordName, byte[]> said, Found.All all) {
    Set<String> known = RepoRows.beside(rows, owner);
    if (known.isEmpty() && said.isEmpty()) {
      return;
    }
    Set<String> kept = new LinkedHashSet<>();
    for (Map.Entry<RecordName, byte[]> record : said.entrySet()) {
      String key = record.getKey().key();
      Optional<RepoLeaf> before = RepoRows.leaf(rows, key);
      if (before.isPresent() && !before.get().owner().equals(Optional.of(owner))) {
        continue; // somebody has that name already
      }
      kept.add(key);
      RepoLeaf leaf = RepoLeaf.beside(key, record.getValue(), all.rev, owner);
      Optional<Cid> cid = before.map(RepoLeaf::cid);
      if (!cid.equals(Optional.of(leaf.cid()))) {
        all.leaves.add(leaf);
        all.records.put(key, record.getValue());
        all.ops.add(new RepoOp(key, cid, Optional.of(leaf.cid())));
      }
    }
    for (String key : known) {
      Optional<RepoLeaf> before = kept.contains(key) ? Optional.empty() : RepoRows.leaf(rows, key);
      if (before.isPresent()) {
        all.removed.add(key);
        all.ops.add(new RepoOp(key, before.map(RepoLeaf::cid), Optional.empty()));
      }
    }
    RepoRows.beside(rows, owner, kept);
  }

  /** What a resource is to the repository; empty further ones mean that they stay as they are. */
  private record Saying(Optional<Found> own, Optional<Map<RecordName, byte[]>> beside) {
    static final Saying NOTHING = new Saying(Optional.empty(), Optional.of(Map.of()));

    static Saying alone(Found found) {
      return new Saying(Optional.of(found), Optional.of(Map.of()));
    }

    static Saying still(Found found) {
      return new Saying(Optional.of(found), Optional.empty());
    }
  }

  private Saying find(
      Commit pending,
      PodWriter after,
      PodPath path,
      @Nullable Resource self,
      RecordName name,
      Optional<RepoLeaf> before) {
    if (self == null || !(self.content() instanceof Content.Document document)) {
      return Saying.NOTHING;
    }
    if (isBlock(document)) {
      return source.isPublic(after, path)
          ? Saying.alone(Found.of(self, document, RepoLeaf.Place.SELF))
          : Saying.NOTHING;
    }
    if (isChanged(pending, path, Aspect.NATIVE)) {
      Optional<Resource> exact = after.get(path, Aspect.NATIVE);
      if (exact.isPresent() && exact.get().content() instanceof Content.Document block) {
        return source.isPublic(after, path)
            ? Saying.still(Found.of(exact.get(), block, RepoLeaf.Place.NATIVE))
            : Saying.NOTHING;
      }
      if (!isChanged(pending, path, Aspect.SELF)) {
        return Saying.NOTHING; // the record was taken out of the repository, and it alone
      }
    }
    if (!isChanged(pending, path, Aspect.SELF)) {
      // Only its access list changed, which may take a record out and never brings one in (VIS-7).
      return before
          .filter(leaf -> source.isPublic(after, path))
          .map(leaf -> Saying.still(Found.of(leaf, blockOf(after, leaf))))
          .orElse(Saying.NOTHING);
    }
    Optional<byte[]> previous = before.map(leaf -> blockOf(after, leaf));
    RecordSource.Said said = source.record(pending, after, self, name, previous);
    return new Saying(said.own().map(Found::computed), Optional.of(said.beside()));
  }

  private static byte[] blockOf(PodWriter after, RepoLeaf leaf) {
    return RepoView.block(after, leaf).orElse(new byte[0]);
  }

  private static boolean isBlock(Content.Document document) {
    return document.mediaType().is(MediaType.DAG_CBOR);
  }

  private boolean isBlock(Resource resource) {
    return resource.content() instanceof Content.Document document && isBlock(document);
  }

  private static Optional<Change> change(Commit pending, PodPath path) {
    for (Change change : pending.changes()) {
      if (change.aspect() == Aspect.SELF && change.path().equals(path)) {
        return Optional.of(change);
      }
    }
    return Optional.empty();
  }

  private static boolean isChanged(Commit pending, PodPath path, Aspect aspect) {
    for (Change change : pending.changes()) {
      if (change.aspect() == aspect && change.path().equals(path)) {
        return true;
      }
    }
    return false;
  }

  private void commit(
      Commit pending, PodWriter after, WritablePartition rows, RepoHead head, Found.All found) {
    // The tree is asked for before its rows change, since it may have to be built from them.
    Mst before = trees.get(pending.pod(), head.root(), rows);
    found.writeTo(rows);
    Mst tree = before;
    for (RepoOp op : found.ops) {
      tree = op.after().isPresent() ? tree.put(op.key(), op.after().get()) : tree.delete(op.key());
    }
    RepoHead next =
        RepoHead.signed(
            head.did(),
            head.status(),
            found.rev,
            tree.rootCid(),
            bytes -> signer.sign(pending.pod(), bytes));
    RepoRows.head(rows, next);
    CommitWitness.saw(next);
    trees.put(pending.pod(), before, tree);
    if (!head.status().isActive()) {
      return; // nothing is told of a repository that sleeps
    }
    Optional<byte[]> blocks =
        pending.isImport() || found.ops.size() > RepoFrames.OPS_MAX
            ? Optional.empty()
            : CommitBlocks.archive(next, tree, found.ops, found.records);
    RepoFrames frames = new RepoFrames(after);
    if (blocks.isPresent()) {
      frames.commit(next, Optional.of(head.point()), found.ops, blocks.get());
    } else {
      frames.sync(next);
    }
  }
}
