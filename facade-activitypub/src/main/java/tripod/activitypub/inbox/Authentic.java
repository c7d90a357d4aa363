package tripod.activitypub.inbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import tripod.activitypub.activity.Activity;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.As2;
import tripod.activitypub.activity.Terms;
import tripod.activitypub.signature.RemoteDocuments;
import tripod.syntax.ActorIri;

/**
 * The rule of authority: what an activity embeds is believed when it is the sender's own, at the
 * sender's own origin; everything else is fetched from where its id says, or not believed.
 *
 * @see <a
 *     href="https://codeberg.org/fediverse/fep/src/branch/main/fep/fe34/fep-fe34.md">FEP-fe34</a>
 */
final class Authentic {
  private final RemoteDocuments documents;

  Authentic(RemoteDocuments documents) {
    this.documents = documents;
  }

  /**
   * An object that can be believed.
   *
   * @param id its id
   * @param owner whose it is
   * @param document the literal document
   */
  record Thing(String id, ActorIri owner, ObjectNode document) {}

  /** Says whether an id is at the origin of an actor. */
  static boolean isAtOrigin(String id, ActorIri actor) {
    int fragment = id.indexOf('#');
    String document = fragment < 0 ? id : id.substring(0, fragment);
    return ActorIri.isValid(document) && new ActorIri(document).origin().equals(actor.origin());
  }

  /** Returns what an activity embeds, if it is the actor's own; proves nothing about others. */
  static Optional<Thing> embedded(Activity.Thing thing, ActorIri actor) {
    if (thing.id().isEmpty() || thing.embedded().isEmpty()) {
      return Optional.empty();
    }
    ObjectNode document = thing.embedded().get();
    boolean own = isAtOrigin(thing.id().get(), actor) && owners(document).contains(actor.value());
    return own ? Optional.of(new Thing(thing.id().get(), actor, document)) : Optional.empty();
  }

  /**
   * Fetches an object from its own origin.
   *
   * @throws ActivityFailure.Unreachable when it cannot be had
   * @throws ActivityFailure.Forbidden when nobody at its origin owns it
   */
  Thing fetch(String id) {
    ObjectNode document = documents.object(id);
    String own = Terms.id(document).orElse(id);
    if (Terms.types(document).stream().anyMatch(As2::isActor)) {
      throw new ActivityFailure.Forbidden("the object is an actor");
    }
    ActorIri owner =
        owners(document).stream()
            .filter(ActorIri::isValid)
            .map(ActorIri::new)
            .filter(actor -> isAtOrigin(own, actor))
            .findFirst()
            .orElseThrow(
                () -> new ActivityFailure.Forbidden("the object has no owner at its origin"));
    return new Thing(own, owner, document);
  }

  /** Says whether a document says whose it is. */
  static boolean namesOwner(ObjectNode document) {
    return !owners(document).isEmpty();
  }

  private static List<String> owners(ObjectNode document) {
    List<String> owners = Terms.references(document, "attributedTo");
    return owners.isEmpty() ? Terms.references(document, "actor") : owners;
  }
}
