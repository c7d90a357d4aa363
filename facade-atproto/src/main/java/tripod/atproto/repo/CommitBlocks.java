package tripod.atproto.repo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tripod.syntax.Cid;

/**
 * What a commit shows to others: the blocks that came with it, and those needed to undo it.
 *
 * @see <a href="https://atproto.com/specs/sync#commit-validation-mst-operation-inversion">Sync:
 *     operation inversion</a>
 */
final class CommitBlocks {
  private CommitBlocks() {}

  /**
   * Returns the archive: the commit, then nodes and records depth first; empty when it is larger
   * than a frame may carry.
   *
   * @param records blocks of records made or changed, by key
   */
  static Optional<byte[]> archive(
      RepoHead head, Mst tree, List<RepoOp> ops, Map<String, byte[]> records) {
    Map<Cid, MstNode> nodes = new LinkedHashMap<>();
    nodes.put(tree.rootCid(), tree.root());
    for (RepoOp op : ops) {
      tree.covering(op.key(), nodes);
    }
    long bytes = head.block().length;
    for (byte[] record : records.values()) {
      bytes += record.length;
    }
    if (bytes > RepoFrames.BLOCKS_BYTES_MAX) {
      return Optional.empty();
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream((int) bytes + 256 + nodes.size() * 512);
    try {
      CarWriter car = new CarWriter(out, List.of(head.commit()));
      car.block(head.commit(), head.block());
      new Walk(car, nodes.keySet(), records).node(tree.root());
    } catch (IOException e) {
      throw new UncheckedIOException(e); // memory does not fail
    }
    return out.size() > RepoFrames.BLOCKS_BYTES_MAX
        ? Optional.empty()
        : Optional.of(out.toByteArray());
  }

  /** Writes chosen nodes and records in the order of the tree. */
  private record Walk(
      CarWriter car, Set<Cid> nodes, Map<String, byte[]> records, Set<Cid> written) {
    Walk(CarWriter car, Set<Cid> nodes, Map<String, byte[]> records) {
      this(car, nodes, records, new HashSet<>());
    }

    void node(@Nullable MstNode node) throws IOException {
      if (node == null || !nodes.contains(node.cid())) {
        return;
      }
      if (written.add(node.cid())) {
        car.block(node.cid(), node.block());
      }
      String[] keys = node.keys();
      for (int i = 0; i <= keys.length; i++) {
        node(node.tree(i));
        byte[] record = i < keys.length ? records.get(keys[i]) : null;
        if (record != null && written.add(node.value(i))) {
          car.block(node.value(i), record);
        }
      }
    }
  }
}
