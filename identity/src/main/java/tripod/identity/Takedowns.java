package tripod.identity;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import tripod.syntax.Cid;
import tripod.syntax.PodId;

/**
 * What operators took out of sight, record by record and file by file: the one place that every
 * door asks (SEC-74). Whole accounts have a {@link Account.State} instead.
 */
public interface Takedowns {
  /** Returns what is hidden of a pod; answered from a cache. */
  Hidden of(PodId pod);

  /** Returns the takedown of a thing, if there is one. */
  Optional<Takedown> find(PodId pod, Subject subject);

  /** Takes a thing out of sight; again changes the reference. */
  void hide(PodId pod, Subject subject, String reference);

  /** Lets a thing be seen again; one that is not hidden is no fault. */
  void show(PodId pod, Subject subject);

  /** A thing that can be hidden by itself. */
  sealed interface Subject {
    /**
     * A record, by where it lies.
     *
     * @param path its path in the pod
     */
    record AtPath(String path) implements Subject {}

    /**
     * A file, by its content.
     *
     * @param cid its CID
     */
    record Blob(Cid cid) implements Subject {}
  }

  /**
   * One takedown.
   *
   * @param reference what the operator noted
   * @param made when
   */
  record Takedown(String reference, Instant made) {}

  /**
   * What is hidden of one pod.
   *
   * @param paths of records
   * @param blobs by their CIDs
   */
  record Hidden(Set<String> paths, Set<Cid> blobs) {
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
