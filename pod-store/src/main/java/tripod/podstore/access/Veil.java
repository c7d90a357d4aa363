package tripod.podstore.access;

import java.util.Set;
import tripod.podstore.PodPath;
import tripod.syntax.Cid;
import tripod.syntax.PodId;

/** Says what nobody may see of a pod, whatever its access lists say. */
@FunctionalInterface
public interface Veil {
  /** Returns what is hidden of a pod; asked once for each view, before it is opened. */
  Hidden of(PodId pod);

  /**
   * What is hidden of one pod.
   *
   * @param paths resources, with all their graphs
   * @param blobs files, wherever they are named
   */
  record Hidden(Set<PodPath> paths, Set<Cid> blobs) {
    /** Nothing at all. */
    public static final Hidden NOTHING = new Hidden(Set.of(), Set.of());

    public Hidden {
      paths = Set.copyOf(paths);
      blobs = Set.copyOf(blobs);
    }

    /** Says whether nothing is hidden. */
    public boolean isNothing() {
      return paths.isEmpty() && blobs.isEmpty();
    }
  }
}
