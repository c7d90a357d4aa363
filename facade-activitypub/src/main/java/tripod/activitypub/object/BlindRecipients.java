package tripod.activitypub.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.Terms;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodWriter;

/** Who gets a resource without being shown in it ({@code bto}, {@code bcc}). */
public final class BlindRecipients {
  private static final String PARTITION = "ap.blind";

  private BlindRecipients() {}

  /** Notes the blind recipients of a resource. */
  public static void save(PodWriter pod, PodPath path, List<String> actors) {
    if (actors.isEmpty()) {
      pod.partition(PARTITION).delete(path.value());
      return;
    }
    ObjectNode row = ActivityJson.object();
    actors.forEach(row.putArray("actors")::add);
    pod.partition(PARTITION).put(path.value(), ActivityJson.write(row));
  }

  /** Returns the blind recipients of a resource. */
  public static List<String> of(PodReader view, PodPath path) {
    return view.partition(PARTITION)
        .get(path.value())
        .map(row -> Terms.references(ActivityJson.read(row), "actors"))
        .orElse(List.of());
  }
}
