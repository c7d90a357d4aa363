package tripod.atproto.repo;

import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tripod.podstore.PodFailure;
import tripod.podstore.social.RecordName;
import tripod.syntax.Cid;

/**
 * What another host shows to prove that a record is in somebody's repository, or that it is not:
 * the signed commit, the nodes on the way to the record, and the record (SEC-35).
 *
 * <p>Whose key signed the commit is the caller's question.
 *
 * @see <a href="https://atproto.com/specs/sync">AT Protocol: sync</a>
 */
public final class RecordProof {
  /** Largest proof in bytes. */
  public static final int BYTES_MAX = 2 * 1024 * 1024;

  private final RepoCommit commit;
  private final Map<Cid, byte[]> blocks;

  private RecordProof(RepoCommit commit, Map<Cid, byte[]> blocks) {
    this.commit = commit;
    this.blocks = blocks;
  }

  /**
   * Reads a proof; every block is what it is called.
   *
   * @throws PodFailure.Invalid when it is none
   * @throws PodFailure.TooLarge past {@value #BYTES_MAX} bytes
   */
  public static RecordProof read(InputStream car) {
    CarReader reader = new CarReader(car, BYTES_MAX);
    Map<Cid, byte[]> blocks = new HashMap<>();
    for (Optional<CarReader.Block> b = reader.next(); b.isPresent(); b = reader.next()) {
      blocks.put(b.get().cid(), b.get().bytes());
    }
    return new RecordProof(RepoCommit.read(block(blocks, reader.root())), blocks);
  }

  /** Returns the signed commit. */
  public RepoCommit commit() {
    return commit;
  }

  /**
   * Follows the tree to a record; empty when the tree does not have it.
   *
   * @throws PodFailure.Invalid when a block on the way is missing or not in canonical form
   */
  public Optional<Proved> find(RecordName name) {
    String key = name.key();
    Cid next = commit.data();
    int layer = -1;
    while (true) {
      MstNode node = MstNode.read(block(blocks, next), layer);
      int at = node.search(key);
      if (at >= 0) {
        Cid cid = node.value(at);
        return Optional.of(new Proved(cid, block(blocks, cid)));
      }
      MstNode below = node.tree(-1 - at);
      if (below == null) {
        return Optional.empty();
      }
      // Layers only go down, so that no proof is longer than its first layer.
      next = below.cid();
      layer = below.layer;
    }
  }

  private static byte[] block(Map<Cid, byte[]> blocks, Cid cid) {
    byte[] block = blocks.get(cid);
    if (block == null) {
      throw new PodFailure.Invalid("the proof lacks the block " + cid);
    }
    return block;
  }

  /**
   * A record that is in the repository.
   *
   * @param cid its name
   * @param block its bytes
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Proved(Cid cid, byte[] block) {}
}
