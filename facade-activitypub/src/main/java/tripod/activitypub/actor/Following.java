package tripod.activitypub.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.Terms;
import tripod.podstore.Partition;
import tripod.podstore.PodReader;
import tripod.podstore.PodWriter;
import tripod.syntax.ActorIri;

/**
 * How far a member's follow of somebody elsewhere has come (mapping FOL-2); a row of the pod's
 * partition {@value #PARTITION}.
 *
 * @param actor who is followed
 * @param followId the id of the Follow
 * @param accepted whether they said yes
 */
public record Following(ActorIri actor, String followId, boolean accepted) {
  /** Name of the partition; keys are actor IRIs. */
  public static final String PARTITION = "ap.following";

  /** Returns the state of following somebody. */
  public static Optional<Following> find(PodReader view, ActorIri actor) {
    return view.partition(PARTITION).get(actor.value()).map(row -> read(actor.value(), row));
  }

  /** Says whether somebody is followed, and has accepted. */
  public static boolean isFollowing(PodReader view, ActorIri actor) {
    return find(view, actor).filter(Following::accepted).isPresent();
  }

  /** Returns rows in the order of their ids, after {@code after}. */
  public static List<Following> list(PodReader view, String after, int limit) {
    List<Following> all = new ArrayList<>();
    byte[] from = (after.isEmpty() ? "" : after + "\0").getBytes(StandardCharsets.UTF_8);
    for (Partition.Entry entry : view.partition(PARTITION).range(from, new byte[0], false, limit)) {
      all.add(read(entry.text(), entry.value()));
    }
    return all;
  }

  /** Writes the row. */
  public void save(PodWriter pod) {
    ObjectNode row = ActivityJson.object();
    row.put("follow", followId);
    row.put("accepted", accepted);
    pod.partition(PARTITION).put(actor.value(), ActivityJson.write(row));
  }

  /** Removes the row. */
  public static void remove(PodWriter pod, ActorIri actor) {
    pod.partition(PARTITION).delete(actor.value());
  }

  private static Following read(String actor, byte[] row) {
    ObjectNode json = ActivityJson.read(row);
    return new Following(
        new ActorIri(actor),
        Terms.text(json, "follow").orElse(""),
        json.path("accepted").asBoolean(false));
  }
}
