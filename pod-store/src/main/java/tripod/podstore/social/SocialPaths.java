package tripod.podstore.social;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodLimits;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;
import tripod.podstore.cbor.DagCbor;
import tripod.syntax.AtUri;
import tripod.syntax.MediaType;
import tripod.syntax.Nsid;
import tripod.syntax.PodNames;
import tripod.syntax.RecordKey;
import tripod.syntax.Tid;

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

  /** Long texts. */
  public static final PodPath ARTICLES = new PodPath("/social/articles/");

  /** Events. */
  public static final PodPath EVENTS = new PodPath("/social/events/");

  /** Answers to events. */
  public static final PodPath RSVPS = new PodPath("/social/rsvps/");

  /** Lists of people. */
  public static final PodPath LISTS = new PodPath("/social/lists/");

  /** Who may reply to a post. */
  public static final PodPath THREADGATES = new PodPath("/social/threadgates/");

  /** Who may quote a post. */
  public static final PodPath POSTGATES = new PodPath("/social/postgates/");

  /** The profile card, where the profile record also lives. */
  public static final PodPath CARD = new PodPath("/profile/card");

  /** Records of lexicons that have no container of their own. */
  public static final PodPath RECORDS = new PodPath("/records/");

  private static final Map<String, PodPath> BY_COLLECTION =
      Map.ofEntries(
          Map.entry("app.bsky.feed.post", POSTS),
          Map.entry("app.bsky.feed.like", LIKES),
          Map.entry("app.bsky.feed.repost", ANNOUNCES),
          Map.entry("app.bsky.graph.follow", FOLLOWS),
          Map.entry("app.bsky.graph.block", BLOCKS),
          Map.entry("app.bsky.graph.list", LISTS),
          Map.entry("site.standard.document", ARTICLES),
          Map.entry("community.lexicon.calendar.event", EVENTS),
          Map.entry("community.lexicon.calendar.rsvp", RSVPS),
          Map.entry("app.bsky.feed.threadgate", THREADGATES),
          Map.entry("app.bsky.feed.postgate", POSTGATES));

  /** A second collection that lives among the articles; a block says which it is of. */
  private static final Nsid BLOG_ENTRY = new Nsid("com.whtwnd.blog.entry");

  /** Most places that one record key may come to have, one after the other (DEL-2). */
  public static final int GENERATIONS_MAX = 63;

  /** A key made of time, and the number of the place that a later record of that key has. */
  private static final Pattern LATER =
      Pattern.compile("([2-7a-z]{13})-([2-9]|[1-5][0-9]|6[0-3])(~*)");

  private static final int KEY = 1;
  private static final int NUMBER = 2;
  private static final int TILDES = 3;

  private static final Map<PodPath, Nsid> COLLECTIONS =
      BY_COLLECTION.entrySet().stream()
          .collect(
              Collectors.toUnmodifiableMap(Map.Entry::getValue, known -> new Nsid(known.getKey())));

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
      case Social.Article a -> Optional.of(ARTICLES);
      case Social.Event e -> Optional.of(EVENTS);
      case Social.Rsvp r -> Optional.of(RSVPS);
      case Social.PeopleList l -> Optional.of(LISTS);
      case Social.ThreadGate g -> Optional.of(THREADGATES);
      case Social.ListMember m -> Optional.empty();
      case Social.Profile p -> Optional.empty();
      case Social.Unknown u -> Optional.empty();
    };
  }

  /** Returns the container in which records of a collection live. */
  public static PodPath containerOf(String collection) {
    PodPath known =
        collection.equals(BLOG_ENTRY.value()) ? ARTICLES : BY_COLLECTION.get(collection);
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

  /**
   * Returns where a record lives whose key was used before.
   *
   * @param generation 1 for the first record of that key; a later one has the number in its path
   */
  public static PodPath of(RecordName name, int generation) {
    PodPath first = name.path();
    return generation == 1
        ? first
        : first.parent().orElseThrow().member(first.name() + "-" + generation);
  }

  /** Says whether the names of a path are never used again once a network has seen them (DEL-2). */
  public static boolean hasGenerations(PodPath path) {
    return path.isUnder(SOCIAL)
        && !path.isContainer()
        && (Tid.isValid(path.name()) || later(path.name()).isPresent());
  }

  /** Returns which of the places of its record key a path is. */
  public static int generationOf(PodPath path) {
    return path.isUnder(SOCIAL)
        ? later(path.name())
            .filter(later -> later.group(TILDES).isEmpty())
            .map(later -> Integer.valueOf(later.group(NUMBER)))
            .orElse(1)
        : 1;
  }

  /** Every record's path is asked for this: most names are too short, and cost no matching. */
  private static Optional<MatchResult> later(String name) {
    if (name.length() <= Tid.CHARS + 1) {
      return Optional.empty();
    }
    Matcher later = LATER.matcher(name);
    return later.matches() ? Optional.of(later) : Optional.empty();
  }

  private static String escapeKey(String key) {
    if (later(key).isPresent()) {
      return key + "~";
    }
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
      return Optional.of(RecordName.OF_PROFILE);
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

  /** Returns the name of the record that a resource is, or would be said as. */
  public static Optional<RecordName> recordIn(Resource resource) {
    Optional<RecordName> name = recordAt(resource.path());
    boolean isEntry =
        name.isPresent()
            && resource.path().isUnder(ARTICLES)
            && resource.content() instanceof Content.Document document
            && document.mediaType().is(MediaType.DAG_CBOR)
            && DagCbor.decodeLenient(document.bytes())
                .type()
                .filter(BLOG_ENTRY.value()::equals)
                .isPresent();
    return isEntry ? Optional.of(new RecordName(BLOG_ENTRY, name.get().rkey())) : name;
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
    return recordAt(path).map(name -> name.uri(names.did()));
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
      case "app.bsky.graph.list" -> "Collection";
      case "site.standard.document", "com.whtwnd.blog.entry" -> "Article";
      case "community.lexicon.calendar.event" -> "Event";
      case "community.lexicon.calendar.rsvp" -> "Join";
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
    Optional<MatchResult> later = later(name);
    if (later.isPresent() && later.get().group(TILDES).isEmpty()) {
      return Optional.of(later.get().group(KEY)).filter(Tid::isValid);
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
