package tripod.podstore.social;

import tripod.podstore.PodPath;
import tripod.syntax.AtUri;
import tripod.syntax.Did;
import tripod.syntax.Nsid;
import tripod.syntax.RecordKey;

/**
 * The name of a record inside its repository.
 *
 * @param collection which kind
 * @param rkey which one
 */
public record RecordName(Nsid collection, RecordKey rkey) {
  /** The profile, which lives in the profile card. */
  public static final RecordName OF_PROFILE =
      new RecordName(new Nsid("app.bsky.actor.profile"), new RecordKey("self"));

  /** Reads the key of a leaf, {@code collection/rkey}. */
  public static RecordName ofKey(String key) {
    int slash = key.indexOf('/');
    return new RecordName(
        new Nsid(key.substring(0, slash)), new RecordKey(key.substring(slash + 1)));
  }

  /** Returns where the record lives in the pod, unless that place was used before (DEL-2). */
  public PodPath path() {
    return SocialPaths.of(collection.value(), rkey.value());
  }

  /** Returns the key of the tree, {@code collection/rkey}. */
  public String key() {
    return collection.value() + "/" + rkey.value();
  }

  /** Returns the address of the record in a person's repository. */
  public AtUri uri(Did repo) {
    return AtUri.of(repo, collection, rkey);
  }
}
