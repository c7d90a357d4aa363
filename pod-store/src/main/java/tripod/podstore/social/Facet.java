package tripod.podstore.social;

import java.util.List;
import java.util.Optional;
import tripod.syntax.ActorIri;
import tripod.syntax.Did;

/**
 * What a part of a text is.
 *
 * @param byteStart offset into the UTF-8 form, inclusive
 * @param byteEnd offset into the UTF-8 form, exclusive; may lie past the end (mapping TXT-4)
 * @param features what it is, in the order of the source
 */
public record Facet(int byteStart, int byteEnd, List<Feature> features) {
  public Facet {
    features = List.copyOf(features);
  }

  /** One thing that a part of a text is. */
  public sealed interface Feature {
    /** A person is named; at least one of the names is there. */
    record Mention(Optional<Did> did, Optional<ActorIri> actor, Optional<String> acct)
        implements Feature {}

    /** A link; any scheme, as written. */
    record Link(String uri) implements Feature {}

    /** A hashtag without its sign, as typed. */
    record Tag(String tag) implements Feature {}

    /** A kind of feature the pivot does not know. */
    record Other(String type) implements Feature {}
  }
}
