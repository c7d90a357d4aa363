package tripod.podstore.social;

import java.util.Map;
import java.util.Optional;
import tripod.podstore.PodPath;

/** Where the kinds of social resources live in a pod (mapping note, section 2). */
public final class SocialPaths {
  /** Root of all social containers. */
  public static final PodPath SOCIAL = new PodPath("/social/");

  /** Posts. */
  public static final PodPath POSTS = new PodPath("/social/posts/");

  /** Likes. */
  public static final PodPath LIKES = new PodPath("/social/likes/");

  /** Reposts. */
  public static final PodPath ANNOUNCES = new PodPath("/social/announces/");

  /** Follows. */
  public static final PodPath FOLLOWS = new PodPath("/social/follows/");

  /** Blocks. */
  public static final PodPath BLOCKS = new PodPath("/social/blocks/");

  /** The profile card, where the profile record also lives. */
  public static final PodPath CARD = new PodPath("/profile/card");

  /** Records of lexicons that have no container of their own. */
  public static final PodPath RECORDS = new PodPath("/records/");

  private static final Map<String, PodPath> BY_COLLECTION =
      Map.of(
          "app.bsky.feed.post", POSTS,
          "app.bsky.feed.like", LIKES,
          "app.bsky.feed.repost", ANNOUNCES,
          "app.bsky.graph.follow", FOLLOWS,
          "app.bsky.graph.block", BLOCKS);

  private SocialPaths() {}

  /** Says whether a path lies where social resources live. */
  public static boolean isSocial(PodPath path) {
    return path.isUnder(SOCIAL) || path.equals(CARD) || path.isUnder(RECORDS);
  }

  /** Returns the container of a kind of the pivot; empty for the profile and unknown kinds. */
  public static Optional<PodPath> container(Social social) {
    return switch (social) {
      case Social.Post p -> Optional.of(POSTS);
      case Social.Like l -> Optional.of(LIKES);
      case Social.Repost r -> Optional.of(ANNOUNCES);
      case Social.Follow f -> Optional.of(FOLLOWS);
      case Social.Block b -> Optional.of(BLOCKS);
      case Social.Profile p -> Optional.empty();
      case Social.Unknown u -> Optional.empty();
    };
  }

  /** Returns the container in which records of a collection live. */
  public static PodPath containerOf(String collection) {
    PodPath known = BY_COLLECTION.get(collection);
    return known != null ? known : RECORDS.member(collection + "/");
  }

  /**
   * Returns where a record lives: its key, with one more tilde where it would look like an
   * auxiliary name (NAM-5).
   */
  public static PodPath of(String collection, String recordKey) {
    if (collection.equals("app.bsky.actor.profile") && recordKey.equals("self")) {
      return CARD;
    }
    return containerOf(collection).member(escapeKey(recordKey));
  }

  private static String escapeKey(String key) {
    int end = key.length();
    while (end > 0 && key.charAt(end - 1) == '~') {
      end--;
    }
    String stem = key.substring(0, end);
    boolean clash =
        stem.endsWith(".acl")
            || stem.endsWith(".meta")
            || stem.endsWith(".atproto")
            || stem.endsWith(".aside");
    return clash ? key + "~" : key;
  }
}
