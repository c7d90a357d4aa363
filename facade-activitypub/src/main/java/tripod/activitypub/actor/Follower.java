package tripod.activitypub.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
 * Somebody elsewhere who follows a member; a row of the pod's partition {@value #PARTITION}.
 *
 * @param actor who
 * @param inbox where deliveries go
 * @param sharedInbox where they go for all of that server
 * @param followId the id of their Follow, which an Undo may name
 */
public record Follower(
    ActorIri actor, String inbox, Optional<String> sharedInbox, Optional<String> followId) {
  /** Name of the partition; keys are actor IRIs. */
  public static final String PARTITION = "ap.followers";

  /** Most followers that one page of reading returns. */
  private static final int PAGE = 1000;

  /** Returns a follower. */
  public static Optional<Follower> find(PodReader view, ActorIri actor) {
    return view.partition(PARTITION).get(actor.value()).map(row -> read(actor.value(), row));
  }

  /** Returns followers in the order of their ids, after {@code after}. */
  public static List<Follower> list(PodReader view, String after, int limit) {
    List<Follower> all = new ArrayList<>();
    byte[] from =
        (after.isEmpty() ? "" : after + "\0").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (Partition.Entry entry : view.partition(PARTITION).range(from, new byte[0], false, limit)) {
      all.add(read(entry.text(), entry.value()));
    }
    return all;
  }

  /** Returns all followers. */
  public static List<Follower> all(PodReader view) {
    List<Follower> all = new ArrayList<>();
    String after = "";
    List<Follower> page;
    do {
      page = list(view, after, PAGE);
      all.addAll(page);
      after = page.isEmpty() ? after : page.getLast().actor().value();
    } while (page.size() == PAGE);
    return all;
  }

  /** Says whether there is any follower. */
  public static boolean any(PodReader view) {
    return !view.partition(PARTITION).range(new byte[0], new byte[0], false, 1).isEmpty();
  }

  /** Writes the row. */
  public void save(PodWriter pod) {
    ObjectNode row = ActivityJson.object();
    row.put("inbox", inbox);
    sharedInbox.ifPresent(box -> row.put("sharedInbox", box));
    followId.ifPresent(id -> row.put("follow", id));
    pod.partition(PARTITION).put(actor.value(), ActivityJson.write(row));
  }

  /** Removes the row and says whether it was there. */
  public static boolean remove(PodWriter pod, ActorIri actor) {
    boolean there = pod.partition(PARTITION).get(actor.value()).isPresent();
    pod.partition(PARTITION).delete(actor.value());
    return there;
  }

  private static Follower read(String actor, byte[] row) {
    ObjectNode json = ActivityJson.read(row);
    return new Follower(
        new ActorIri(actor),
        Terms.text(json, "inbox").orElseThrow(),
        Terms.text(json, "sharedInbox"),
        Terms.text(json, "follow"));
  }
}
