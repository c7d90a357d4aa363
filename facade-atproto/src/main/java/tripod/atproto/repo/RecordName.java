package tripod.atproto.repo;

import java.util.Optional;
import tripod.podstore.PodPath;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.AtUri;
import tripod.syntax.Did;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

/**
 * The name of a record in its repository.
 *
 * @param collection which kind
 * @param rkey which one
 */
public record RecordName(Nsid collection, RecordKey rkey) {
  private static final String PROFILE = "app.bsky.actor.profile";
  private static final String SELF = "self";

  /** The profile, which lives in the profile card. */
  public static final RecordName OF_PROFILE =
      new RecordName(new Nsid(PROFILE), new RecordKey(SELF));

  /** Reads the key of a leaf, {@code collection/rkey}. */
  static RecordName ofKey(String key) {
    int slash = key.indexOf('/');
    return new RecordName(
        new Nsid(key.substring(0, slash)), new RecordKey(key.substring(slash + 1)));
  }

  /** Returns the name of what lives at a path, if a record can live there. */
  public static Optional<RecordName> at(PodPath path) {
    return SocialPaths.recordAt(path).map(name -> new RecordName(name.collection(), name.rkey()));
  }

  /** Returns where the record lives in the pod. */
  public PodPath path() {
    return SocialPaths.of(collection.value(), rkey.value());
  }

  /** Returns the key of the tree, {@code collection/rkey}. */
  public String key() {
    return collection.value() + "/" + rkey.value();
  }

  /** Returns the address of the record in a person's repository. */
  public AtUri uri(Did did) {
    return AtUri.of(did, collection, rkey);
  }
}
