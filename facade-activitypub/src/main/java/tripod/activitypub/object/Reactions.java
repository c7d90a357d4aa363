package tripod.activitypub.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.Terms;
import tripod.podstore.Partition;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodWriter;
import tripod.podstore.WritablePartition;
import tripod.syntax.ActorIri;

/**
 * What others did to a pod's own objects; rows of the partition {@value #PARTITION}, one for each
 * kind, object and actor (for replies: each reply).
 */
public final class Reactions {
  /** Name of the partition. */
  public static final String PARTITION = "ap.reactions";

  private static final char SEPARATOR = '\u001f';
  private static final String BY_ACTIVITY = "activity ";
  private static final int COUNT_MAX = 1_000_000;

  private Reactions() {}

  /** What somebody did. */
  public enum Kind {
    /** Liked it. */
    LIKE,
    /** Boosted it. */
    SHARE,
    /** Answered it. */
    REPLY
  }

  /**
   * One reaction.
   *
   * @param activity the id of the activity; of the object for a reply
   * @param actor whose it is
   */
  public record Reaction(Optional<String> activity, ActorIri actor) {}

  /** Notes a reaction; the same again changes nothing but the activity's id. */
  public static void add(
      PodWriter pod, Kind kind, PodPath object, ActorIri actor, Optional<String> activity) {
    ObjectNode row = ActivityJson.object();
    row.put("actor", actor.value());
    activity.ifPresent(id -> row.put("activity", id));
    String key = key(kind, object, kind == Kind.REPLY ? activity.orElse("") : actor.value());
    WritablePartition own = pod.partition(PARTITION);
    own.put(key, ActivityJson.write(row));
    activity.ifPresent(id -> own.put(byActivity(id), key.getBytes(StandardCharsets.UTF_8)));
  }

  /** Removes what an actor did, and says whether it was there. */
  public static boolean remove(PodWriter pod, Kind kind, PodPath object, ActorIri actor) {
    return removeRow(pod, key(kind, object, actor.value()), actor);
  }

  /** Removes a reaction by the id of its activity, if it is this actor's. */
  public static boolean remove(PodWriter pod, String activity, ActorIri actor) {
    Optional<byte[]> key = pod.partition(PARTITION).get(byActivity(activity));
    return key.isPresent() && removeRow(pod, new String(key.get(), StandardCharsets.UTF_8), actor);
  }

  private static boolean removeRow(PodWriter pod, String key, ActorIri actor) {
    WritablePartition own = pod.partition(PARTITION);
    Optional<Reaction> there = own.get(key).map(Reactions::read);
    if (there.isEmpty() || !there.get().actor().equals(actor)) {
      return false;
    }
    own.delete(key);
    there.get().activity().ifPresent(id -> own.delete(byActivity(id)));
    return true;
  }

  /** Returns reactions to an object, in the order of their keys. */
  public static List<Reaction> list(PodReader view, Kind kind, PodPath object, int limit) {
    List<Reaction> all = new ArrayList<>();
    for (Partition.Entry entry : view.partition(PARTITION).prefixed(prefix(kind, object), limit)) {
      all.add(read(entry.value()));
    }
    return all;
  }

  /** Returns how many reactions an object has. */
  public static int count(PodReader view, Kind kind, PodPath object) {
    return view.partition(PARTITION).prefixed(prefix(kind, object), COUNT_MAX).size();
  }

  private static Reaction read(byte[] value) {
    ObjectNode row = ActivityJson.read(value);
    return new Reaction(
        Terms.text(row, "activity"), new ActorIri(Terms.text(row, "actor").orElseThrow()));
  }

  private static String prefix(Kind kind, PodPath object) {
    return kind.name().toLowerCase(Locale.ROOT) + SEPARATOR + object + SEPARATOR;
  }

  private static String key(Kind kind, PodPath object, String last) {
    return prefix(kind, object) + HexFormat.of().formatHex(RowKey.hash(last), 0, 16);
  }

  private static String byActivity(String activity) {
    return BY_ACTIVITY + HexFormat.of().formatHex(RowKey.hash(activity));
  }
}
