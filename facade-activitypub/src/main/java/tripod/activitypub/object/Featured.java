package tripod.activitypub.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.Terms;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodWriter;

/** The objects that a member has pinned, newest pin first; one row of the pod. */
public final class Featured {
  private static final String PARTITION = "ap.featured";
  private static final String ROW = "paths";

  /** Most pins. */
  private static final int PINS_MAX = 50;

  private Featured() {}

  /** Returns the pinned objects. */
  public static List<PodPath> list(PodReader view) {
    return view
        .partition(PARTITION)
        .get(ROW)
        .map(row -> Terms.references(ActivityJson.read(row), ROW))
        .orElse(List.of())
        .stream()
        .map(PodPath::new)
        .toList();
  }

  /** Pins an object. */
  public static void add(PodWriter pod, PodPath path) {
    if (pod.get(path).isEmpty()) {
      throw new ActivityFailure.Missing("there is no such object");
    }
    List<PodPath> paths = new ArrayList<>(list(pod));
    paths.remove(path);
    paths.addFirst(path);
    save(pod, paths.size() > PINS_MAX ? paths.subList(0, PINS_MAX) : paths);
  }

  /** Takes a pin away. */
  public static void remove(PodWriter pod, PodPath path) {
    List<PodPath> paths = new ArrayList<>(list(pod));
    paths.remove(path);
    save(pod, paths);
  }

  private static void save(PodWriter pod, List<PodPath> paths) {
    ObjectNode row = ActivityJson.object();
    paths.forEach(path -> row.withArray(ROW).add(path.value()));
    pod.partition(PARTITION).put(ROW, ActivityJson.write(row));
  }
}
