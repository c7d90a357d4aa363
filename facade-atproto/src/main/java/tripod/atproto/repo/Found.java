package tripod.atproto.repo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tripod.podstore.Content;
import tripod.podstore.Resource;
import tripod.podstore.WritablePartition;
import tripod.syntax.Cid;
import tripod.syntax.Tid;

/**
 * A record found in a resource.
 *
 * @param place where its bytes are
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Found(Cid cid, byte[] block, RepoLeaf.Place place) {
  static Found of(Resource resource, Content.Document document, RepoLeaf.Place place) {
    Cid cid = resource.cid().orElseGet(() -> Cid.ofDagCbor(document.bytes()));
    return new Found(cid, document.bytes(), place);
  }

  static Found of(RepoLeaf leaf, byte[] block) {
    return new Found(leaf.cid(), block, leaf.place());
  }

  static Found computed(byte[] block) {
    return new Found(Cid.ofDagCbor(block), block, RepoLeaf.Place.ROW);
  }

  /** All that a commit changes in the repository, before any row is written. */
  static final class All {
    final List<RepoOp> ops = new ArrayList<>();
    final List<RepoLeaf> leaves = new ArrayList<>();
    final List<String> removed = new ArrayList<>();
    final Map<String, byte[]> records = new HashMap<>();

    /** The revision of the commit. */
    final Tid rev;

    All(Tid rev) {
      this.rev = rev;
    }

    void writeTo(WritablePartition rows) {
      leaves.forEach(leaf -> RepoRows.leaf(rows, leaf));
      removed.forEach(key -> RepoRows.removed(rows, key, rev));
    }
  }
}
