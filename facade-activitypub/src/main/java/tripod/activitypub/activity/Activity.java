package tripod.activitypub.activity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.syntax.ActorIri;

/**
 * What somebody did, read from plain compact JSON.
 *
 * @see <a href="https://www.w3.org/TR/activitystreams-vocabulary/#activity-types">Activity
 *     types</a>
 */
public sealed interface Activity {
  /** Returns what all activities have. */
  Head head();

  /** Returns who acts. */
  default ActorIri actor() {
    return head().actor();
  }

  /** A request to follow. */
  record Follow(Head head, Thing object) implements Activity {}

  /** A yes. */
  record Accept(Head head, Thing object) implements Activity {}

  /** A no. */
  record Reject(Head head, Thing object) implements Activity {}

  /** An earlier activity taken back. */
  record Undo(Head head, Thing object) implements Activity {}

  /** Something new. */
  record Create(Head head, Thing object) implements Activity {}

  /** Something changed. */
  record Update(Head head, Thing object) implements Activity {}

  /** Something removed. */
  record Delete(Head head, Thing object) implements Activity {}

  /** A like, or a reaction with an emoji. */
  record Like(Head head, Thing object, Optional<String> reaction) implements Activity {}

  /** A boost, or a group's way to pass an activity on. */
  record Announce(Head head, Thing object) implements Activity {}

  /** A block. */
  record Block(Head head, Thing object) implements Activity {}

  /** An account that went elsewhere. */
  record Move(Head head, Thing object, Optional<String> target) implements Activity {}

  /** A report. */
  record Flag(Head head, List<Thing> objects) implements Activity {}

  /** Something put into a collection. */
  record Add(Head head, Thing object, Optional<String> target) implements Activity {}

  /** Something taken out of a collection. */
  record Remove(Head head, Thing object, Optional<String> target) implements Activity {}

  /** An activity that this house has no word for. */
  record Unknown(Head head) implements Activity {}

  /**
   * What all activities have.
   *
   * @param id its own id; a peer's activity without one is anonymous
   * @param type its first type
   * @param actor who acts
   * @param to who it is addressed to first
   * @param cc who it is addressed to second
   * @param raw the document as it was read
   */
  record Head(
      Optional<String> id,
      String type,
      ActorIri actor,
      List<String> to,
      List<String> cc,
      ObjectNode raw) {
    public Head {
      to = List.copyOf(to);
      cc = List.copyOf(cc);
    }

    /** Returns everybody it is addressed to. */
    public List<String> recipients() {
      List<String> all = new ArrayList<>(to);
      all.addAll(cc);
      return all;
    }
  }

  /**
   * What is acted on: by id, embedded, or both.
   *
   * @param id its id
   * @param embedded the copy inside the activity, which is data and proves nothing by itself
   */
  record Thing(Optional<String> id, Optional<ObjectNode> embedded) {
    /** Returns the id. */
    public String requireId() {
      return id.orElseThrow(() -> new ActivityFailure.Malformed("the object has no id"));
    }
  }

  /**
   * Reads an activity.
   *
   * @throws ActivityFailure.Malformed when it has no type or not exactly one actor, or lacks what
   *     its type needs
   */
  static Activity read(ObjectNode raw) {
    String actor =
        Terms.single(raw, "actor")
            .orElseThrow(
                () -> new ActivityFailure.Malformed("an activity must have exactly one actor"));
    if (!ActorIri.isValid(actor)) {
      throw new ActivityFailure.Malformed("the actor is not an http or https IRI");
    }
    List<String> types = Terms.types(raw);
    if (types.isEmpty()) {
      throw new ActivityFailure.Malformed("the activity has no type");
    }
    JsonNode id = raw.get("id");
    if (id != null && !id.isNull() && !id.isTextual()) {
      throw new ActivityFailure.Malformed("the id is not a text");
    }
    List<String> to = new ArrayList<>(Terms.references(raw, "to"));
    List<String> cc = new ArrayList<>(Terms.references(raw, "cc"));
    cc.addAll(Terms.references(raw, "audience"));
    Head head = new Head(Terms.id(raw), types.getFirst(), new ActorIri(actor), to, cc, raw);
    for (String type : types) {
      Optional<Activity> known = known(type, head, raw);
      if (known.isPresent()) {
        return known.get();
      }
    }
    return new Unknown(head);
  }

  private static Optional<Activity> known(String type, Head head, ObjectNode raw) {
    return switch (type) {
      case "Follow" -> Optional.of(new Follow(head, object(raw)));
      case "Accept", "TentativeAccept" -> Optional.of(new Accept(head, object(raw)));
      case "Reject", "TentativeReject" -> Optional.of(new Reject(head, object(raw)));
      case "Undo" -> Optional.of(new Undo(head, object(raw)));
      case "Create" -> Optional.of(new Create(head, object(raw)));
      case "Update" -> Optional.of(new Update(head, object(raw)));
      case "Delete" -> Optional.of(new Delete(head, object(raw)));
      case "Like", "EmojiReact", "EmojiReaction" ->
          Optional.of(new Like(head, object(raw), reaction(raw)));
      case "Announce" -> Optional.of(new Announce(head, object(raw)));
      case "Block" -> Optional.of(new Block(head, object(raw)));
      case "Move" -> Optional.of(new Move(head, object(raw), Terms.single(raw, "target")));
      case "Flag" -> Optional.of(new Flag(head, things(raw)));
      case "Add" -> Optional.of(new Add(head, object(raw), Terms.single(raw, "target")));
      case "Remove" -> Optional.of(new Remove(head, object(raw), Terms.single(raw, "target")));
      default -> Optional.empty();
    };
  }

  private static Optional<String> reaction(ObjectNode raw) {
    return Terms.text(raw, "content").or(() -> Terms.text(raw, "_misskey_reaction"));
  }

  private static Thing object(ObjectNode raw) {
    List<Thing> all = things(raw);
    if (all.size() != 1) {
      throw new ActivityFailure.Malformed(
          "the activity has " + all.size() + " objects, exactly one is read");
    }
    return all.getFirst();
  }

  private static List<Thing> things(ObjectNode raw) {
    List<Thing> all = new ArrayList<>();
    for (JsonNode value : Terms.each(raw.get("object"))) {
      Optional<ObjectNode> embedded =
          value instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
      Optional<String> id = Terms.reference(value);
      if (id.isPresent() || embedded.isPresent()) {
        all.add(new Thing(id, embedded));
      }
      if (all.size() >= Terms.LIST_MAX) {
        break;
      }
    }
    return List.copyOf(all);
  }
}
