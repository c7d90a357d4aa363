package tripod.activitypub.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import tripod.podstore.PodPath;

/**
 * One activity that a commit made due.
 *
 * @param path the resource it tells of
 * @param activity without context and proof
 * @param object what it is about
 * @param kind what happened
 * @param toFollowers whether all followers get it
 * @param actors who else gets it, by id
 * @param sent what is noted about the resource from now on; empty when nothing is left to note
 */
record Due(
    PodPath path,
    ObjectNode activity,
    String object,
    Kind kind,
    boolean toFollowers,
    List<String> actors,
    Optional<Sent> sent) {
  Due {
    actors = List.copyOf(actors);
  }

  enum Kind {
    NEW,
    CHANGE,
    REMOVAL
  }
}
