package tripod.console.page;

import java.util.Optional;
import tripod.podstore.social.PublicResource;
import tripod.syntax.AtUri;
import tripod.syntax.Nsid;
import tripod.syntax.PodNames;
import tripod.syntax.RecordKey;

/** The ATProto address of a public post, for those that are in the repository. */
final class PostAtUri {
  private static final Nsid COLLECTION = new Nsid("app.bsky.feed.post");

  private PostAtUri() {}

  static Optional<String> of(PublicResource open, PodNames names) {
    String name = open.resource().path().name();
    // VIS-3: an unlisted post is no record.
    return open.isListed() && RecordKey.isValid(name)
        ? Optional.of(AtUri.of(names.did(), COLLECTION, new RecordKey(name)).toString())
        : Optional.empty();
  }
}
