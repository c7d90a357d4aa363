package tripod.activitypub.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.Terms;
import tripod.podstore.PodWriter;

/**
 * Something to be sent that no resource of the pod stands for: an Accept, a forwarded reply.
 *
 * <p>It is put into the journal with the commit that makes it due, and read from there.
 *
 * @param body exact bytes to send
 * @param isOurs whether the body is an activity of the member, which then gets a proof
 * @param object what it is about; things about one object keep their order
 * @param actors who gets it, each at their own inbox
 * @param toFollowers whether all followers get it
 * @param exceptHost a host that does not get it, in lower case with its port
 */
public record Outgoing(
    byte[] body,
    boolean isOurs,
    String object,
    List<String> actors,
    boolean toFollowers,
    Optional<String> exceptHost) {
  /** Name of the journal's stream. */
  public static final String STREAM = "ap.outgoing";

  public Outgoing {
    actors = List.copyOf(actors);
  }

  /** Makes an activity of the member's for some actors. */
  public static Outgoing of(ObjectNode activity, String object, List<String> actors) {
    return new Outgoing(
        ActivityJson.write(activity), true, object, actors, false, Optional.empty());
  }

  /** Puts it into the journal with a commit. */
  public void emit(PodWriter pod) {
    ObjectNode row = ActivityJson.object();
    row.put("body", new String(body, StandardCharsets.UTF_8));
    row.put("ours", isOurs);
    row.put("object", object);
    row.put("followers", toFollowers);
    exceptHost.ifPresent(host -> row.put("except", host));
    actors.forEach(row.putArray("actors")::add);
    pod.emit(STREAM, ActivityJson.write(row), -1);
  }

  static Outgoing read(byte[] payload) {
    ObjectNode row = ActivityJson.read(payload);
    return new Outgoing(
        Terms.text(row, "body").orElseThrow().getBytes(StandardCharsets.UTF_8),
        row.path("ours").asBoolean(),
        Terms.text(row, "object").orElse(""),
        Terms.references(row, "actors"),
        row.path("followers").asBoolean(),
        Terms.text(row, "except"));
  }
}
