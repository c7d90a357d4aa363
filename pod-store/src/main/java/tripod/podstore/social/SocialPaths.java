package tripod.podstore.social;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodLimits;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;
import tripod.syntax.AtUri;
import tripod.syntax.Nsid;
import tripod.syntax.PodNames;
import tripod.syntax.RecordKey;

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

  /** Who may reply to a post. */
  public static final PodPath THREADGATES = new PodPath("/social/threadgates/");

  /** Who may quote a post. */
  public static final PodPath POSTGATES = new PodPath("/social/postgates/");

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
          "app.bsky.graph.block", BLOCKS,
          "app.bsky.feed.threadgate", THREADGATES,
          "app.bsky.feed.postgate", POSTGATES);

  private static final Map<PodPath, Nsid> COLLECTIONS =
      BY_COLLECTION.entrySet().stream()
          .collect(
              Collectors.toUnmodifiableMap(Map.Entry::getValue, known -> new Nsid(known.getKey())));

  private static final Nsid PROFILE = new Nsid("app.bsky.actor.profile");

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

  /**
   * Returns the name of the record that lives at a path: the inverse of {@link #of}.
   *
   * @return empty for a container, for a path where no record can live, and for a name that {@link
   *     #of} does not give
   */
  public static Optional<RecordName> recordAt(PodPath path) {
    if (path.equals(CARD)) {
      return Optional.of(new RecordName(PROFILE, new RecordKey("self")));
    }
    if (path.isContainer() || path.parent().isEmpty()) {
      return Optional.empty();
    }
    return collectionOf(path.parent().get())
        .flatMap(
            collection ->
                unescapeKey(path.name())
                    .filter(RecordKey::isValid)
                    .map(key -> new RecordName(collection, new RecordKey(key))));
  }

  /** Returns the collection whose records live in a container. */
  public static Optional<Nsid> collectionOf(PodPath container) {
    Nsid known = COLLECTIONS.get(container);
    if (known != null) {
      return Optional.of(known);
    }
    // A collection that has its own container has no second one under /records/.
    return container.parent().filter(RECORDS::equals).isPresent()
            && Nsid.isValid(container.name())
            && containerOf(container.name()).equals(container)
        ? Optional.of(new Nsid(container.name()))
        : Optional.empty();
  }

  /** Returns the ATProto name of the record that lives, or would live, at a path. */
  public static Optional<AtUri> atUri(PodPath path, PodNames names) {
    return recordAt(path).map(name -> name.in(names.did()));
  }

  /** Returns the path of a record of this pod; empty for somebody else's. */
  public static Optional<PodPath> path(AtUri uri, PodNames names) {
    boolean own =
        uri.authority().equals(names.did().value())
            || uri.authority().equals(names.handle().value());
    return own && uri.collection().isPresent() && uri.rkey().isPresent()
        ? Optional.of(of(uri.collection().get().value(), uri.rkey().get().value()))
        : Optional.empty();
  }

  /** Returns the social path that an IRI of this pod names; empty for any other. */
  public static Optional<PodPath> path(String iri, PodNames names) {
    return names
        .path(iri)
        .filter(path -> path.indexOf('#') < 0 && path.indexOf('?') < 0)
        .flatMap(SocialPaths::readable)
        .filter(SocialPaths::isSocial);
  }

  /** Returns the ActivityStreams class of what a collection holds. */
  public static String kindOf(Nsid collection) {
    return switch (collection.value()) {
      case "app.bsky.feed.post" -> "Note";
      case "app.bsky.feed.like" -> "Like";
      case "app.bsky.feed.repost" -> "Announce";
      case "app.bsky.graph.follow" -> "Follow";
      case "app.bsky.graph.block" -> "Block";
      default -> "Object";
    };
  }

  private static Optional<PodPath> readable(String path) {
    try {
      return Optional.of(new PodPath(path));
    } catch (PodFailure.Invalid e) {
      return Optional.empty(); // an IRI from outside that no resource can have
    }
  }

  private static Optional<String> unescapeKey(String name) {
    if (escapeKey(name).equals(name)) {
      return Optional.of(name);
    }
    // It ends as an auxiliary name and tildes: the last tilde is ours, and without one it is none.
    return name.endsWith("~")
        ? Optional.of(name.substring(0, name.length() - 1))
        : Optional.empty();
  }

  /** Visits every document in the social containers, the profile and the records. */
  public static void visit(PodReader view, Consumer<Resource> visitor) {
    List<PodPath> containers = new ArrayList<>();
    for (PodPath top : List.of(SOCIAL, RECORDS)) {
      containers.add(top);
      containers.addAll(view.containersUnder(top));
    }
    for (PodPath container : containers) {
      Optional<String> after = Optional.empty();
      List<Resource> page;
      do {
        page = view.members(container, after, false, PodLimits.LIST_MAX);
        for (Resource member : page) {
          String name = member.path().name();
          after = Optional.of(member.path().isContainer() ? name + "/" : name);
          if (member.content() instanceof Content.Document) {
            visitor.accept(member);
          }
        }
      } while (page.size() == PodLimits.LIST_MAX);
    }
    view.get(CARD).ifPresent(visitor);
  }
}
