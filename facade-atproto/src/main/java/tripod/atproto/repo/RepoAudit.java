package tripod.atproto.repo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.podstore.Content;
import tripod.podstore.Partition;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;
import tripod.podstore.social.Publication;
import tripod.podstore.social.RecordName;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;

/**
 * Derives a repository anew from the pod's resources and compares: every record's bytes hash to its
 * CID, everybody may read it, no published record is left out, and the tree made of all of them has
 * the root that was signed.
 */
final class RepoAudit {
  private final PodReader view;
  private final RecordSource source;
  private final Partition rows;
  private final List<String> faults = new ArrayList<>();

  private RepoAudit(PodReader view, RecordSource source) {
    this.view = view;
    this.source = source;
    this.rows = view.partition(RepoRows.PARTITION);
  }

  static List<String> faults(PodReader view, RecordSource source) {
    var audit = new RepoAudit(view, source);
    Optional<RepoHead> head = RepoRows.head(audit.rows);
    if (head.isPresent()) {
      audit.leaves(head.get());
      SocialPaths.visit(view, audit::resource);
    }
    return audit.faults;
  }

  private void leaves(RepoHead head) {
    List<Mst.Leaf> tree = new ArrayList<>();
    RepoRows.leaves(
        rows,
        leaf -> {
          tree.add(Mst.Leaf.of(leaf.key(), leaf.cid()));
          Optional<byte[]> block = RepoView.block(view, leaf);
          if (block.isEmpty()) {
            faults.add("the record " + leaf.key() + " has no bytes");
          } else if (!Cid.ofDagCbor(block.get()).equals(leaf.cid())) {
            faults.add("the bytes of the record " + leaf.key() + " are not those of its CID");
          }
          if (!source.isPublic(view, leaf.path())) {
            faults.add("the record " + leaf.key() + " is not open to everybody");
          }
        });
    Cid root = Mst.of(tree).rootCid();
    if (!root.equals(head.root())) {
      faults.add("the records make the tree " + root + ", and " + head.root() + " was signed");
    }
    if (!Cid.ofDagCbor(head.block()).equals(head.commit())) {
      faults.add("the last commit's bytes are not those of its CID");
    }
  }

  private void resource(Resource resource) {
    boolean isRecord =
        resource.content() instanceof Content.Document document
            && document.mediaType().is(MediaType.DAG_CBOR);
    Optional<RecordName> name = SocialPaths.recordIn(resource);
    if (isRecord
        && name.isPresent()
        && source.isPublic(view, resource.path())
        && Publication.isPublished(view, resource)
        && RepoRows.leaf(rows, name.get().key())
            .filter(leaf -> leaf.path().equals(resource.path()))
            .isEmpty()) {
      faults.add("the record " + name.get().key() + " is missing in the repository");
    }
  }
}
