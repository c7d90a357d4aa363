package tripod.activitypub.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.Terms;
import tripod.podstore.PodPath;
import tripod.syntax.PodId;

/**
 * What was sent of a resource, so that a change is told as a change, and a removal to those who got
 * it and to nobody else.
 *
 * @param number the journal number at which it was first sent
 * @param toFollowers whether followers got it
 * @param actors who else got it
 * @param act the activity, where the resource is an act that is undone rather than deleted
 */
record Sent(long number, boolean toFollowers, List<String> actors, Optional<ObjectNode> act) {
  Sent {
    actors = List.copyOf(actors);
  }

  static String key(PodId pod, PodPath path) {
    return "sent %016x %s".formatted(pod.value(), path);
  }

  byte[] bytes() {
    ObjectNode row = ActivityJson.object();
    row.put("number", number);
    row.put("followers", toFollowers);
    actors.forEach(row.putArray("actors")::add);
    act.ifPresent(activity -> row.set("act", activity));
    return ActivityJson.write(row);
  }

  static Sent read(byte[] value) {
    ObjectNode row = ActivityJson.read(value);
    return new Sent(
        row.path("number").asLong(),
        row.path("followers").asBoolean(),
        Terms.references(row, "actors"),
        row.get("act") instanceof ObjectNode act ? Optional.of(act) : Optional.empty());
  }
}
