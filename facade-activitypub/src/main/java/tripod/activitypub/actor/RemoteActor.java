package tripod.activitypub.actor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.As2;
import tripod.activitypub.activity.Terms;
import tripod.syntax.ActorIri;

/**
 * An actor of another server, as its own document says.
 *
 * @param id its id, which is where the document was
 * @param inbox where it takes activities, at its own origin
 * @param sharedInbox where its server takes them for all, if it says so
 * @param followers its collection of followers
 * @param aliases other names it claims
 * @param username the part of its address before the host
 */
public record RemoteActor(
    ActorIri id,
    String inbox,
    Optional<String> sharedInbox,
    Optional<String> followers,
    List<String> aliases,
    Optional<String> username) {
  public RemoteActor {
    aliases = List.copyOf(aliases);
  }

  /**
   * Reads an actor document.
   *
   * @throws ActivityFailure.Unreachable when it is no actor
   */
  static RemoteActor read(ObjectNode document) {
    ActorIri id =
        Terms.id(document)
            .filter(ActorIri::isValid)
            .map(ActorIri::new)
            .orElseThrow(() -> new ActivityFailure.Unreachable("an actor without an id", 0));
    if (Terms.types(document).stream().noneMatch(As2::isActor)) {
      throw new ActivityFailure.Unreachable(id + " is not an actor", 0);
    }
    String inbox =
        Terms.single(document, "inbox")
            .filter(ActorIri::isValid)
            .filter(box -> new ActorIri(box).origin().equals(id.origin()))
            .orElseThrow(
                () -> new ActivityFailure.Unreachable(id + " has no inbox at its own origin", 0));
    Optional<String> shared =
        document.get("endpoints") instanceof ObjectNode endpoints
            ? Terms.text(endpoints, "sharedInbox").filter(ActorIri::isValid)
            : Optional.empty();
    return new RemoteActor(
        id,
        inbox,
        shared,
        Terms.single(document, "followers"),
        Terms.references(document, "alsoKnownAs"),
        Terms.text(document, "preferredUsername"));
  }
}
