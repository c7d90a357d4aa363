package tripod.podstore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.syntax.Cid;
import tripod.syntax.PodId;
import tripod.syntax.Tid;

/**
 * One unmoving view of a pod.
 *
 * <p>Used by one thread at a time, and not behind the end of the work it was given to. Any method
 * may throw {@link PodFailure.Unavailable} when the database does not answer.
 */
public interface PodReader {
  /** Returns the pod. */
  PodId pod();

  /** Returns the revision of the pod's last commit in this view; empty before the first. */
  Optional<Tid> head();

  /** Returns the pod's journal number in this view: how many commits it has had. */
  long number();

  /** Returns the resource at a path; empty when there is none. */
  default Optional<Resource> get(PodPath path) {
    return get(path, Aspect.SELF);
  }

  /** Returns one graph of the resource at a path; empty when it has none. */
  Optional<Resource> get(PodPath path, Aspect aspect);

  /**
   * Returns members of a container in byte order of their names, as an index range; none when there
   * is no such container.
   *
   * @param after the name to begin behind, exclusive, in the direction asked for
   * @param newestFirst descending order; for containers of TIDs that is newest first
   * @param limit at most {@value PodLimits#LIST_MAX}
   */
  List<Resource> members(PodPath container, Optional<String> after, boolean newestFirst, int limit);

  /**
   * Returns the blocks among members, as {@link #members} does but without what else is known of
   * them: of documents in DAG-CBOR the name, the CID and the bytes.
   *
   * @param limit of members that are looked at, at most {@value PodLimits#LIST_MAX}
   */
  default Blocks blocks(PodPath container, Optional<String> after, boolean newestFirst, int limit) {
    List<Resource> members = members(container, after, newestFirst, limit);
    List<Block> blocks = new ArrayList<>(members.size());
    for (Resource member : members) {
      if (member.cid().isPresent() && member.content() instanceof Content.Document document) {
        blocks.add(new Block(member.path().name(), member.cid().get(), document.bytes()));
      }
    }
    boolean isLast = members.size() < Math.min(limit, PodLimits.LIST_MAX);
    return new Blocks(
        blocks, isLast ? Optional.empty() : Optional.of(members.getLast().path().memberName()));
  }

  /**
   * A range of blocks.
   *
   * @param behind the name to go on behind; empty when no member is left
   */
  record Blocks(List<Block> blocks, Optional<String> behind) {}

  /**
   * A document in DAG-CBOR.
   *
   * @param name the last segment of its path
   * @param bytes shared, and must not be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Block(String name, Cid cid, byte[] bytes) {}

  /** Returns how many members a container has, from a counter; 0 when there is no such one. */
  long memberCount(PodPath container);

  /** Returns the containers directly or indirectly below a path that exist, in path order. */
  List<PodPath> containersUnder(PodPath container);

  /** Returns a projection's partition of this pod, to read; empty when nothing was put in yet. */
  Partition partition(String name);

  /** Returns rules of the nearest access control list, and whether it is the path's own. */
  EffectiveAcl acl(PodPath path);

  /**
   * Returns which paths of this pod name a blob, each once.
   *
   * @param limit of graphs that are looked at; a path may have several that name it
   */
  List<PodPath> blobUses(Cid blob, int limit);

  /** Returns what is known of a blob this pod has; what is in the trash it has not. */
  Optional<Blobs.Blob> blob(Cid blob);

  /**
   * Returns blobs of this pod in the order of their digests.
   *
   * @param after the blob to begin behind, exclusive; empty for the first
   * @param limit how many at the most
   */
  List<Blobs.Blob> blobs(Optional<Cid> after, int limit);
}
