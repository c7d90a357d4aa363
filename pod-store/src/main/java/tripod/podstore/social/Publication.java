package tripod.podstore.social;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import tripod.podstore.Aspect;
import tripod.podstore.Change;
import tripod.podstore.Commit;
import tripod.podstore.Content;
import tripod.podstore.Partition;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodWriter;
import tripod.podstore.Projection;
import tripod.podstore.Resource;
import tripod.podstore.WritablePartition;
import tripod.syntax.MediaType;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;
import tripod.syntax.Tid;

/**
 * Which social resources their owner has published, and which are gone.
 *
 * <p>A record (a DAG-CBOR block) is public by nature; anything else is published by writing it
 * while its access list and its addressing let everybody read. An access list that shuts the public
 * out takes publication back, and opening it again does not restore it (VIS-6, VIS-7): what counts
 * is the last write of the content. A deleted resource leaves a tombstone (DEL-1).
 */
public final class Publication implements Projection {
  /** Name of the partition. */
  public static final String PARTITION = "social";

  private static final String PUBLISHED = "published ";
  private static final String GONE = "gone ";

  /** The character behind the space: what begins with the one before is below it. */
  private static final String BEHIND_GONE = "gone!";

  /**
   * The largest name made of time that was deleted in any container: a new one comes behind it, and
   * need not be looked for. Short, so that the store remembers it from write to write.
   */
  private static final String LAST_GONE = "gone";

  private static final String SHUT = "shut ";
  private static final String ANY_SHUT = "shut";
  private static final String PROBE = "-";

  private final Lens lens;
  private final PublicGate.PubliclyReadable readable;
  private final Function<PodId, Optional<PodNames>> names;

  /**
   * Makes the projection.
   *
   * @param lens reads what is written
   * @param readable the one access decider, asked on behalf of nobody in particular
   * @param names what others call a pod; empty while the pod is still being made
   */
  public Publication(
      Lens lens, PublicGate.PubliclyReadable readable, Function<PodId, Optional<PodNames>> names) {
    this.lens = lens;
    this.readable = readable;
    this.names = names;
  }

  /** Says whether a resource was published, and not taken back since. */
  public static boolean isPublished(PodReader view, Resource resource) {
    if (isBlock(resource)) {
      return !isShutSince(view, resource.path(), resource.rev());
    }
    return view.partition(PARTITION)
        .get(PUBLISHED + resource.path())
        .map(rev -> new Tid(new String(rev, StandardCharsets.US_ASCII)))
        .filter(rev -> !isShutSince(view, resource.path(), rev))
        .isPresent();
  }

  /** Returns what is left of a social resource that was deleted. */
  public static Optional<Tombstone> tombstone(PodReader view, PodPath path) {
    if (view.get(path).isPresent()) {
      return Optional.empty(); // it was made anew; no write of a record pays for looking that up
    }
    return view.partition(PARTITION)
        .get(GONE + path)
        .map(value -> Tombstone.parse(path, new String(value, UTF_8)));
  }

  /**
   * Says whether a social resource was at a place and was deleted, whatever is there now.
   *
   * @param path of a name made of time, {@link SocialPaths#hasGenerations}
   */
  static boolean wasDeleted(PodReader view, PodPath path) {
    boolean isNew =
        lastGone(view.partition(PARTITION))
            .filter(last -> path.name().compareTo(last) > 0)
            .isPresent();
    return !isNew && view.partition(PARTITION).get(GONE + path).isPresent();
  }

  /** Empty in a pod that was not written to since this is kept. */
  private static Optional<String> lastGone(Partition rows) {
    return rows.get(LAST_GONE).map(name -> new String(name, UTF_8));
  }

  /** Derives it from what is left of deleted resources; before all names where there is none. */
  private static String foundLastGone(Partition rows) {
    String[] last = {""};
    rows.each(
        bytes(GONE),
        bytes(BEHIND_GONE),
        (key, tombstone) -> {
          PodPath path =
              new PodPath(new String(key, GONE.length(), key.length - GONE.length(), UTF_8));
          if (SocialPaths.hasGenerations(path) && path.name().compareTo(last[0]) > 0) {
            last[0] = path.name();
          }
        });
    return last[0];
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /**
   * Publishes a resource as it is: the explicit act that widening an access list is not (VIS-7).
   *
   * <p>The gate still asks the access list and the addressing.
   */
  public static void publish(PodWriter writer, PodPath path) {
    writer.partition(PARTITION).put(PUBLISHED + path, bytes(writer.rev()));
  }

  @Override
  public String partition() {
    return PARTITION;
  }

  @Override
  public void apply(Commit pending, PodWriter after) {
    for (Change change : pending.changes()) {
      switch (change.aspect()) {
        case SELF -> content(pending, change, after);
        case ACL -> access(change.path(), after);
        case META, NATIVE, ASIDE -> {} // no door publishes by these
      }
    }
  }

  private void content(Commit pending, Change change, PodWriter after) {
    if (!SocialPaths.isSocial(change.path()) || change.path().isContainer()) {
      return;
    }
    WritablePartition own = after.partition(PARTITION);
    if (lastGone(own).isEmpty()) {
      own.put(LAST_GONE, bytes(foundLastGone(own)));
    }
    switch (change) {
      case Change.Put put -> {
        if (!isBlock(put.after())) {
          boolean mayPublish = !pending.isImport() || isPublishedCard(own, put.path());
          if (mayPublish && isOpen(pending, put.after(), after)) {
            own.put(PUBLISHED + put.path(), bytes(pending.rev()));
          } else {
            own.delete(PUBLISHED + put.path());
          }
        }
      }
      case Change.Delete delete -> {
        kind(delete.removed())
            .ifPresent(
                kind ->
                    own.put(
                        GONE + delete.path(),
                        new Tombstone(delete.path(), kind, pending.at()).text().getBytes(UTF_8)));
        own.delete(PUBLISHED + delete.path());
        String name = delete.path().name();
        if (SocialPaths.hasGenerations(delete.path())
            && name.compareTo(lastGone(own).orElseThrow()) > 0) {
          own.put(LAST_GONE, bytes(name));
        }
      }
    }
  }

  /** An import brings a member's profile up to date; who may see it stays as it was. */
  private static boolean isPublishedCard(WritablePartition own, PodPath path) {
    return path.equals(SocialPaths.CARD) && own.get(PUBLISHED + path).isPresent();
  }

  private boolean isOpen(Commit pending, Resource resource, PodWriter after) {
    if (!readable.isPublic(after, resource.path())) {
      return false;
    }
    if (resource.path().equals(SocialPaths.CARD)) {
      return true; // a profile is addressed to everybody
    }
    return names
        .apply(pending.pod())
        .flatMap(known -> lens.read(pending, resource, known))
        .filter(social -> social.audience().isOpen())
        .isPresent();
  }

  /** Notes that an access list shut the public out, so that all below it must be published anew. */
  private void access(PodPath path, PodWriter after) {
    boolean social =
        SocialPaths.isSocial(path)
            || SocialPaths.SOCIAL.isUnder(path)
            || SocialPaths.SOCIAL.equals(path)
            || SocialPaths.RECORDS.equals(path)
            || SocialPaths.CARD.isUnder(path);
    if (social && after.head().isPresent() && isShut(path, after)) {
      WritablePartition own = after.partition(PARTITION);
      own.put(ANY_SHUT, new byte[] {1});
      own.put(SHUT + path, bytes(after.rev()));
    }
  }

  /** Says whether the public is shut out of what a list rules; what has a list nearer is not. */
  private boolean isShut(PodPath path, PodWriter after) {
    if (SocialPaths.SOCIAL.isUnder(path)) {
      return !(readable.isPublic(after, SocialPaths.SOCIAL.member(PROBE))
          && readable.isPublic(after, SocialPaths.RECORDS.member(PROBE))
          && readable.isPublic(after, SocialPaths.CARD));
    }
    return !readable.isPublic(after, path.isContainer() ? path.member(PROBE) : path);
  }

  private static boolean isShutSince(PodReader view, PodPath path, Tid published) {
    if (view.partition(PARTITION).get(ANY_SHUT).isEmpty()) {
      return false; // nearly every pod
    }
    PodPath holder = view.acl(path).holder();
    Optional<Tid> holderChanged = view.get(holder, Aspect.ACL).map(Resource::rev);
    boolean aboveHolder = false;
    for (Optional<PodPath> at = Optional.of(path); at.isPresent(); at = at.get().parent()) {
      Optional<Tid> shut =
          view.partition(PARTITION)
              .get(SHUT + at.get())
              .map(rev -> new Tid(new String(rev, StandardCharsets.US_ASCII)));
      // A list of its own that is older than the shutting above it kept the door open all the time.
      boolean counts =
          !aboveHolder || holderChanged.isEmpty() || holderChanged.get().compareTo(published) > 0;
      if (shut.isPresent() && shut.get().compareTo(published) > 0 && counts) {
        return true;
      }
      aboveHolder |= at.get().equals(holder);
    }
    return false;
  }

  /** Names the kind of what was there; empty when it was nothing that a network ever saw. */
  private static Optional<String> kind(Resource removed) {
    if (!(removed.content() instanceof Content.Document)) {
      return Optional.empty();
    }
    return Optional.of(
        SocialPaths.recordIn(removed)
            .map(name -> SocialPaths.kindOf(name.collection()))
            .orElse("Object"));
  }

  private static boolean isBlock(Resource resource) {
    return resource.content() instanceof Content.Document document
        && document.mediaType().is(MediaType.DAG_CBOR);
  }

  private static byte[] bytes(Tid rev) {
    return rev.value().getBytes(StandardCharsets.US_ASCII);
  }
}
