package tripod.atproto.repo;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tripod.podstore.PodFailure;
import tripod.podstore.cbor.DagCbor;
import tripod.podstore.cbor.DagCborWriter;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagScalar;
import tripod.syntax.Cid;
import tripod.syntax.Did;
import tripod.syntax.Tid;

/**
 * The signed head of a repository.
 *
 * @param did whose it is
 * @param version 3; 2 is read in old archives
 * @param data root of the tree
 * @param rev its revision; old archives may have none
 * @param unsigned what was signed
 * @param sig 64 bytes
 * @see <a href="https://atproto.com/specs/repository#commit-objects">Repository: commit objects</a>
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record RepoCommit(
    Did did, int version, Cid data, Optional<Tid> rev, byte[] unsigned, byte[] sig) {
  /** The version written. */
  public static final int VERSION = 3;

  /**
   * Makes and signs a commit.
   *
   * @param signer gives 64 bytes, low-S, over the SHA-256 of what it is given
   * @return the block, of which the CID is the commit's
   */
  static byte[] signed(Did did, Cid data, Tid rev, UnaryOperator<byte[]> signer) {
    return block(did, data, rev, signer.apply(block(did, data, rev, null)));
  }

  private static byte[] block(Did did, Cid data, Tid rev, byte @Nullable [] sig) {
    DagCborWriter out = new DagCborWriter(256);
    out.map(sig == null ? 5 : 6).text("did").text(did.value()).text("rev").text(rev.value());
    if (sig != null) {
      out.text("sig").bytes(sig);
    }
    out.text("data").link(data).text("prev").nil().text("version").integer(VERSION);
    return out.toByteArray();
  }

  /**
   * Reads a commit of version 2 or 3.
   *
   * @throws PodFailure.Invalid when it is none
   */
  public static RepoCommit read(byte[] block) {
    DagFields fields = DagCbor.decodeFields(block);
    long version = fields.integer("version").orElse(0L);
    if (version != 2 && version != VERSION) {
      throw new PodFailure.Invalid("commit of version " + version + ", expected 2 or 3");
    }
    Did did = new Did(fields.text("did").filter(Did::isValid).orElseThrow(() -> missing("did")));
    Cid data = fields.link("data").filter(Cid::isDagCbor).orElseThrow(() -> missing("data"));
    Optional<Tid> rev = fields.text("rev").filter(Tid::isValid).map(Tid::new);
    if (version == VERSION && rev.isEmpty()) {
      throw missing("rev");
    }
    if (!(fields.find("sig") instanceof DagScalar.Bytes sig)) {
      throw missing("sig");
    }
    byte[] unsigned = DagCbor.encode(fields.without("sig"));
    return new RepoCommit(did, (int) version, data, rev, unsigned, sig.value());
  }

  private static PodFailure.Invalid missing(String field) {
    return new PodFailure.Invalid("commit has no valid " + field);
  }
}
