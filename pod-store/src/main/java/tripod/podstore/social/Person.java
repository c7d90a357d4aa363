package tripod.podstore.social;

import java.util.Optional;
import tripod.syntax.ActorIri;
import tripod.syntax.Did;

/**
 * A person by the names that are known of them; at least one is there.
 *
 * @param did ATProto identity
 * @param actor ActivityPub actor
 */
public record Person(Optional<Did> did, Optional<ActorIri> actor) {
  public Person {
    if (did.isEmpty() && actor.isEmpty()) {
      throw new IllegalArgumentException("a person without a name");
    }
  }
}
