package tripod.atproto.repo;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tripod.podstore.PodFailure;
import tripod.podstore.PodStore;
import tripod.podstore.social.RecordName;
import tripod.syntax.Cid;
import tripod.syntax.PodId;
import tripod.syntax.Tid;

/**
 * Writes repositories, whole or in part, as archives that a reader can check while they come: the
 * commit first, then nodes and records depth first.
 *
 * @see <a href="https://atproto.com/specs/repository#car-file-serialization">Repository: CAR file
 *     serialization</a>
 */
public final class RepoExport {
  private final PodStore store;
  private final MstCache trees;

  /** Makes it. */
  public RepoExport(PodStore store, MstCache trees) {
    this.store = store;
    this.trees = trees;
  }

  /**
   * Writes the whole repository of a pod.
   *
   * @throws PodFailure.NotFound when the pod has none
   */
  public void write(PodId pod, OutputStream out) {
    export(
        pod,
        Optional.empty(),
        export -> {
          export.writeTo(out);
          return true;
        });
  }

  /**
   * Writes what is new after a revision: enough to bring an older copy up to date.
   *
   * @throws PodFailure.NotFound when the pod has no repository
   */
  public void writeSince(PodId pod, Tid since, OutputStream out) {
    export(
        pod,
        Optional.of(since),
        export -> {
          export.writeTo(out);
          return true;
        });
  }

  /**
   * Hands out an archive that can be written more than once, to the same bytes, while {@code work}
   * runs.
   *
   * @param since takes only what is new after this revision
   * @throws PodFailure.NotFound when the pod has no repository
   */
  public <T> T export(PodId pod, Optional<Tid> since, Function<Export, T> work) {
    return store.read(
        pod,
        reader -> {
          RepoView view = RepoView.of(reader);
          return work.apply(new Export(view, view.head().orElseThrow(RepoExport::none), since));
        });
  }

  /** A repository, or what is new in it, at one moment. */
  public final class Export {
    private final RepoView view;
    private final RepoHead head;
    private final Optional<Tid> since;

    private Export(RepoView view, RepoHead head, Optional<Tid> since) {
      this.view = view;
      this.head = head;
      this.since = since;
    }

    /** Returns where the repository stands. */
    public RepoHead head() {
      return head;
    }

    /**
     * Writes the archive.
     *
     * @throws UncheckedIOException when it cannot be taken
     */
    public void writeTo(OutputStream out) {
      archive(
          head,
          out,
          car -> {
            if (since.isPresent()) {
              since(view, head, since.get(), car);
            } else {
              whole(view, head, car);
            }
          });
    }
  }

  /**
   * Writes the proof that a record is in the repository, or that it is not.
   *
   * @throws PodFailure.NotFound when the pod has no repository
   */
  public void writeProof(PodId pod, RecordName name, OutputStream out) {
    read(
        pod,
        out,
        (view, head, car) -> {
          for (var node : view.tree(trees, head).path(name.key()).entrySet()) {
            car.block(node.getKey(), node.getValue().block());
          }
          var record = view.record(name);
          if (record.isPresent()) {
            car.block(record.get().leaf().cid(), record.get().block());
          }
        });
  }

  /**
   * Writes single blocks of the repository, without a root.
   *
   * @throws PodFailure.NotFound when one of them is not in the repository now; it names which
   */
  public void writeBlocks(PodId pod, Set<Cid> wanted, OutputStream out) {
    store.read(
        pod,
        reader -> {
          RepoView view = RepoView.of(reader);
          RepoHead head = view.head().orElseThrow(RepoExport::none);
          Map<Cid, byte[]> found = new LinkedHashMap<>();
          wanted.forEach(cid -> found.put(cid, new byte[0]));
          Set<Cid> missing = new HashSet<>(wanted);
          if (missing.remove(head.commit())) {
            found.put(head.commit(), head.block());
          }
          if (!missing.isEmpty()) {
            collect(view, head, missing, found);
          }
          if (!missing.isEmpty()) {
            throw new PodFailure.NotFound("no such blocks: " + missing);
          }
          try {
            CarWriter car = new CarWriter(out, List.of());
            for (var block : found.entrySet()) {
              car.block(block.getKey(), block.getValue());
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return true;
        });
  }

  private void collect(RepoView view, RepoHead head, Set<Cid> missing, Map<Cid, byte[]> found) {
    Map<Cid, String> records = new HashMap<>();
    view.tree(trees, head)
        .preOrder(
            new Mst.Visitor() {
              @Override
              public void node(MstNode node) {
                if (missing.remove(node.cid())) {
                  found.put(node.cid(), node.block());
                }
              }

              @Override
              public void leaf(String key, Cid value) {
                if (missing.remove(value)) {
                  records.put(value, key);
                }
              }
            });
    records.forEach((cid, key) -> found.put(cid, RecordBlocks.single(view, key, cid)));
  }

  private void whole(RepoView view, RepoHead head, CarWriter car) {
    RecordBlocks records = new RecordBlocks(view);
    Mst.Visitor writer =
        new Mst.Visitor() {
          @Override
          public void node(MstNode node) {
            write(car, node.cid(), node.block());
          }

          @Override
          public void leaf(String key, Cid value) {
            write(car, value, records.block(key, value));
          }
        };
    Optional<Mst> known = trees.find(view.reader().pod(), head.root());
    if (known.isPresent()) {
      known.get().preOrder(writer);
    } else {
      new TreeWalk(() -> leaves(view)).preOrder(writer);
    }
  }

  private static Iterator<Mst.Leaf> leaves(RepoView view) {
    Iterator<RepoLeaf> rows = RepoRows.iterator(view.rows());
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Mst.Leaf next() {
        RepoLeaf leaf = rows.next();
        return new Mst.Leaf(leaf.key(), leaf.cid(), leaf.depth());
      }
    };
  }

  private void since(RepoView view, RepoHead head, Tid since, CarWriter car) {
    if (head.rev().compareTo(since) <= 0) {
      return;
    }
    Mst tree = view.tree(trees, head);
    Map<String, Cid> changed = new HashMap<>();
    Map<Cid, MstNode> nodes = new HashMap<>();
    nodes.put(tree.rootCid(), tree.root());
    RepoRows.leaves(
        view.rows(),
        leaf -> {
          if (leaf.rev().compareTo(since) > 0) {
            changed.put(leaf.key(), leaf.cid());
            tree.covering(leaf.key(), nodes);
          }
        });
    RepoRows.removedAfter(view.rows(), since, key -> tree.covering(key, nodes));
    part(view, car, tree.root(), nodes.keySet(), changed.keySet());
  }

  private static void part(
      RepoView view, CarWriter car, @Nullable MstNode node, Set<Cid> nodes, Set<String> changed) {
    if (node == null || !nodes.contains(node.cid())) {
      return;
    }
    write(car, node.cid(), node.block());
    String[] keys = node.keys();
    for (int i = 0; i <= keys.length; i++) {
      part(view, car, node.tree(i), nodes, changed);
      if (i < keys.length && changed.contains(keys[i])) {
        write(car, node.value(i), RecordBlocks.single(view, keys[i], node.value(i)));
      }
    }
  }

  private void read(PodId pod, OutputStream out, Body body) {
    store.read(
        pod,
        reader -> {
          RepoView view = RepoView.of(reader);
          RepoHead head = view.head().orElseThrow(RepoExport::none);
          archive(head, out, car -> body.write(view, head, car));
          return true;
        });
  }

  private static void archive(RepoHead head, OutputStream out, Blocks blocks) {
    try {
      CarWriter car = new CarWriter(out, List.of(head.commit()));
      car.block(head.commit(), head.block());
      blocks.write(car);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What comes behind the commit. */
  private interface Blocks {
    void write(CarWriter car) throws IOException;
  }

  private static PodFailure.NotFound none() {
    return new PodFailure.NotFound("the pod has no repository");
  }

  private static void write(CarWriter car, Cid cid, byte[] block) {
    try {
      car.block(cid, block);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What comes behind the commit. */
  private interface Body {
    void write(RepoView view, RepoHead head, CarWriter car) throws IOException;
  }
}
