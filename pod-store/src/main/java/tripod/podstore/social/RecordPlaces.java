package tripod.podstore.social;

import java.util.Optional;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;

/**
 * Where the records of a pod are.
 *
 * <p>A record key may be used again after a deletion, and the address that the first record had on
 * the web may not: the second record of a key has a place with a number (DEL-2). So does a record
 * whose place one of another collection has. Pure.
 */
public final class RecordPlaces {
  private RecordPlaces() {}

  /**
   * A place of a record.
   *
   * @param path where it is, or where it is to be put
   * @param resource what is there
   */
  public record Place(PodPath path, Optional<Resource> resource) {}

  /** Returns where a record is; empty when it is nowhere. */
  public static Optional<PodPath> find(PodReader view, RecordName name) {
    return search(view, name).filter(place -> place.resource().isPresent()).map(Place::path);
  }

  /**
   * Returns where a record is, or else where it is to be put.
   *
   * @throws PodFailure.Conflict when its key was used {@value SocialPaths#GENERATIONS_MAX} times
   */
  public static Place of(PodReader view, RecordName name) {
    return search(view, name)
        .orElseThrow(
            () ->
                new PodFailure.Conflict(
                    "the key of " + name.key() + " was deleted and used again too often"));
  }

  /** Returns the name of the record at a path, where a look at the pod is needed to tell. */
  public static Optional<RecordName> record(PodReader view, PodPath path) {
    return path.isUnder(SocialPaths.ARTICLES)
        ? view.get(path).flatMap(SocialPaths::recordIn)
        : SocialPaths.recordAt(path);
  }

  /** Says whether a place that is free had something that networks saw, so it stays free. */
  public static boolean isUsedUp(PodReader view, PodPath path) {
    return SocialPaths.hasGenerations(path) && Publication.wasDeleted(view, path);
  }

  private static Optional<Place> search(PodReader view, RecordName name) {
    for (int generation = 1; generation <= SocialPaths.GENERATIONS_MAX; generation++) {
      PodPath path = SocialPaths.of(name, generation);
      Optional<Resource> there = view.get(path);
      boolean takes =
          there.isPresent()
              ? SocialPaths.recordIn(there.get()).filter(name::equals).isPresent()
              : !isUsedUp(view, path);
      if (takes || !SocialPaths.hasGenerations(path)) {
        return Optional.of(new Place(path, there));
      }
    }
    return Optional.empty();
  }
}
