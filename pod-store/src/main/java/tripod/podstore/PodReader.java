package tripod.podstore;

import java.util.List;
import java.util.Optional;
import tripod.syntax.PodId;
import tripod.syntax.Tid;

/** One unmoving view of a pod. */
public interface PodReader {
  /** Returns the pod. */
  PodId pod();

  /** Returns the revision of the pod's last commit in this view. */
  Optional<Tid> head();

  /** Returns the pod's journal number in this view: how many commits it has had. */
  long number();

  /** Returns the resource at a path. */
  default Optional<Resource> get(PodPath path) {
    return get(path, Aspect.SELF);
  }

  /** Returns one graph of the resource at a path. */
  Optional<Resource> get(PodPath path, Aspect aspect);

  /**
   * Returns members of a container in byte order of their names, as an index range.
   *
   * @param after the name to begin behind, exclusive, in the direction asked for
   * @param newestFirst descending order; for containers of TIDs that is newest first
   * @param limit at most {@value PodLimits#LIST_MAX}
   */
  List<Resource> members(PodPath container, Optional<String> after, boolean newestFirst, int limit);

  /** Returns how many members a container has, from a counter. */
  long memberCount(PodPath container);

  /** Returns the containers directly or indirectly below a path that exist, in path order. */
  List<PodPath> containersUnder(PodPath container);

  /** Returns a projection's partition of this pod, to read. */
  Partition partition(String name);

  /** Returns rules of the nearest access control list, and whether it is the path's own. */
  EffectiveAcl acl(PodPath path);

  /** Returns which paths of this pod name a blob. */
  List<PodPath> blobUses(tripod.syntax.Cid blob, int limit);

  /** Returns what is known of a blob this pod has. */
  Optional<Blobs.Blob> blob(tripod.syntax.Cid blob);

  /** Returns the blobs of this pod in CID order, after {@code after}. */
  List<Blobs.Blob> blobs(Optional<tripod.syntax.Cid> after, int limit);
}
