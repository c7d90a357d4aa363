package tripod.podstore.sql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tripod.podstore.Aspect;
import tripod.podstore.Change;
import tripod.podstore.Journal;
import tripod.podstore.PodPath;
import tripod.podstore.Resource;

/** What one write has changed so far, in the order in which it was touched first. */
final class Touched {
  private final LinkedHashMap<Place, Ends> places = new LinkedHashMap<>();

  private record Place(PodPath path, Aspect aspect) {}

  private record Ends(Optional<Resource> before, Optional<Resource> after) {}

  /**
   * Notes a change.
   *
   * @param before is asked for what was there, if this is the first change at its place
   */
  void add(
      PodPath path, Aspect aspect, Supplier<Optional<Resource>> before, Optional<Resource> after) {
    var place = new Place(path, aspect);
    Ends earlier = places.get(place);
    places.put(place, new Ends(earlier != null ? earlier.before() : before.get(), after));
  }

  /** Returns how many places were touched. */
  int size() {
    return places.size();
  }

  /** Returns what is another than it was; what came and went again is not. */
  List<Change> changes() {
    var changes = new ArrayList<Change>(places.size());
    for (Ends ends : places.values()) {
      if (ends.after().isPresent()) {
        changes.add(new Change.Put(ends.after().get(), ends.before()));
      } else if (ends.before().isPresent()) {
        changes.add(new Change.Delete(ends.before().get()));
      }
    }
    return changes;
  }

  /** Returns changes as the journal keeps them. */
  static List<Journal.Touch> inJournal(List<Change> changes) {
    var touches = new ArrayList<Journal.Touch>(changes.size());
    for (Change change : changes) {
      Journal.Kind kind =
          switch (change) {
            case Change.Delete d -> Journal.Kind.DELETED;
            case Change.Put p ->
                p.before().isPresent() ? Journal.Kind.UPDATED : Journal.Kind.CREATED;
          };
      touches.add(new Journal.Touch(change.path(), change.aspect(), kind));
    }
    return touches;
  }
}
