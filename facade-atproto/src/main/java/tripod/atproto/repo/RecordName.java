package tripod.atproto.repo;

import java.util.Map;
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

  private static final Map<PodPath, Nsid> COLLECTIONS =
      Map.of(
          SocialPaths.POSTS, new Nsid("app.bsky.feed.post"),
          SocialPaths.LIKES, new Nsid("app.bsky.feed.like"),
          SocialPaths.ANNOUNCES, new Nsid("app.bsky.feed.repost"),
          SocialPaths.FOLLOWS, new Nsid("app.bsky.graph.follow"),
          SocialPaths.BLOCKS, new Nsid("app.bsky.graph.block"));

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
    if (path.equals(SocialPaths.CARD)) {
      return Optional.of(OF_PROFILE);
    }
    if (path.isContainer()) {
      return Optional.empty();
    }
    PodPath container = path.parent().orElseThrow();
    String key = unescape(path.name());
    if (!RecordKey.isValid(key)) {
      return Optional.empty();
    }
    Nsid known = COLLECTIONS.get(container);
    if (known != null) {
      return Optional.of(new RecordName(known, new RecordKey(key)))
          .filter(name -> name.path().equals(path));
    }
    if (container.isUnder(SocialPaths.RECORDS)
        && container.parent().orElseThrow().equals(SocialPaths.RECORDS)
        && Nsid.isValid(container.name())) {
      return Optional.of(new RecordName(new Nsid(container.name()), new RecordKey(key)))
          .filter(name -> name.path().equals(path));
    }
    return Optional.empty();
  }

  /** Takes off the tilde that {@link SocialPaths#of} adds to names that look auxiliary (NAM-5). */
  private static String unescape(String name) {
    if (!name.endsWith("~")) {
      return name;
    }
    String shorter = name.substring(0, name.length() - 1);
    PodPath escaped = SocialPaths.of("app.bsky.feed.post", shorter);
    return escaped.name().equals(name) ? shorter : name;
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
