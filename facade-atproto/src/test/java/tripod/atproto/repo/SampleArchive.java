package tripod.atproto.repo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;
import tripod.syntax.Cid;
import tripod.syntax.Did;
import tripod.syntax.Tid;

/** Archives as other hosts send them. */
final class SampleArchive {
  private SampleArchive() {}

  /** Makes posts by number, each with a text of its own. */
  static Map<String, byte[]> posts(int count, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, byte[]> records = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      StringBuilder text = new StringBuilder("post " + i);
      for (int more = random.nextInt(40); more > 0; more--) {
        text.append(" word").append(random.nextInt(1000));
      }
      records.put(
          "app.bsky.feed.post/" + Tid.of(1_700_000_000_000_000L + i * 1_000L, 5).value(),
          DagCbor.encode(
              DagFields.builder()
                  .put("$type", "app.bsky.feed.post")
                  .put("text", text.toString())
                  .put("createdAt", "2026-01-02T03:04:05.678Z")
                  .put("langs", DagValue.of(List.of(DagValue.of("en"))))
                  .build()));
    }
    return records;
  }

  /** Writes an archive of records, signed with the key of the tests. */
  static byte[] of(Did did, Tid rev, Map<String, byte[]> records, RepoSigner signer) {
    List<Mst.Leaf> leaves = new ArrayList<>();
    records.forEach((key, block) -> leaves.add(Mst.Leaf.of(key, Cid.ofDagCbor(block))));
    Mst tree = Mst.of(leaves);
    byte[] commit =
        RepoCommit.signed(
            did, tree.rootCid(), rev, bytes -> signer.sign(new tripod.syntax.PodId(1), bytes));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      Cid root = Cid.ofDagCbor(commit);
      CarWriter car = new CarWriter(out, List.of(root));
      car.block(root, commit);
      tree.preOrder(
          new Mst.Visitor() {
            @Override
            public void node(MstNode node) {
              write(car, node.cid(), node.block());
            }

            @Override
            public void leaf(String key, Cid value) {
              write(car, value, records.get(key));
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Writes an archive of tree nodes as they are, the root first. */
  static byte[] ofTree(Did did, RepoSigner signer, byte[]... nodes) {
    byte[] commit =
        RepoCommit.signed(
            did,
            Cid.ofDagCbor(nodes[0]),
            new Tid("3mbfvv7imxk22"),
            bytes -> signer.sign(new tripod.syntax.PodId(1), bytes));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      CarWriter car = new CarWriter(out, List.of(Cid.ofDagCbor(commit)));
      car.block(Cid.ofDagCbor(commit), commit);
      for (byte[] node : nodes) {
        car.block(Cid.ofDagCbor(node), node);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static void write(CarWriter car, Cid cid, byte[] block) {
    try {
      car.block(cid, block);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
