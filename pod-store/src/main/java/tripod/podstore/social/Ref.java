package tripod.podstore.social;

import java.util.Optional;
import tripod.syntax.AtUri;
import tripod.syntax.Cid;

/**
 * A reference to a resource by the names that are known of it; at least one is there.
 *
 * @param at its ATProto name
 * @param cid the version that was seen
 * @param iri its ActivityPub id or web address
 */
public record Ref(Optional<AtUri> at, Optional<Cid> cid, Optional<String> iri) {
  public Ref {
    if (at.isEmpty() && iri.isEmpty()) {
      throw new IllegalArgumentException("a reference without a name");
    }
  }
}
