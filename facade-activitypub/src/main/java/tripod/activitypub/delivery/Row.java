package tripod.activitypub.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import tripod.activitypub.activity.ActivityJson;
import tripod.activitypub.activity.Terms;
import tripod.syntax.ActorIri;
import tripod.syntax.PodId;

/**
 * One delivery that is due: one body to one inbox.
 *
 * @param key where it stands in the queue; keys of one lane are in the order of the journal
 * @param body the name of the body
 * @param lane what it must keep its order with
 * @param inbox where to; empty when the actor's document must be asked first
 * @param actor whose inbox it is; empty for a shared one
 * @param object what it is about
 * @param isNew whether it tells of something new, so that a removal makes it needless
 * @param tries how often it failed
 * @param made when it was queued
 */
record Row(
    String key,
    String body,
    Lane lane,
    Optional<String> inbox,
    Optional<ActorIri> actor,
    String object,
    boolean isNew,
    int tries,
    Instant made) {
  /** First part of the keys of rows. */
  static final String PREFIX = "row ";

  /**
   * Deliveries that keep their order among each other.
   *
   * @param host host and port in lower case
   * @param pod whose
   */
  record Lane(String host, PodId pod) {
    String prefix() {
      return PREFIX + host + " " + "%016x".formatted(pod.value()) + " ";
    }
  }

  Row failed() {
    return new Row(key, body, lane, inbox, actor, object, isNew, tries + 1, made);
  }

  byte[] bytes() {
    ObjectNode row = ActivityJson.object();
    row.put("body", body);
    inbox.ifPresent(box -> row.put("inbox", box));
    actor.ifPresent(who -> row.put("actor", who.value()));
    row.put("object", object);
    row.put("new", isNew);
    row.put("tries", tries);
    row.put("made", made.toEpochMilli());
    return ActivityJson.write(row);
  }

  static Row read(String key, byte[] value) {
    String[] parts = key.split(" ", -1);
    ObjectNode row = ActivityJson.read(value);
    return new Row(
        key,
        Terms.text(row, "body").orElseThrow(),
        new Lane(parts[1], new PodId(Long.parseLong(parts[2], 16))),
        Terms.text(row, "inbox"),
        Terms.text(row, "actor").map(ActorIri::new),
        Terms.text(row, "object").orElse(""),
        row.path("new").asBoolean(),
        row.path("tries").asInt(),
        Instant.ofEpochMilli(row.path("made").asLong()));
  }
}
