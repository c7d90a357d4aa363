package tripod.solid.ldp;

import java.util.List;
import tripod.podstore.PodPath;

/**
 * Addresses on a pod's host that other doors answer at, so that no document can be put in their
 * place.
 */
final class Reserved {
  private static final List<String> TREES =
      List.of(
          "/.well-known/",
          "/actor/",
          "/api/",
          "/oauth/",
          "/media/",
          "/.notifications/",
          SparqlQuery.PATH + "/");

  private Reserved() {}

  /** Says whether a path is, or lies below, one that is kept free. */
  static boolean isReserved(PodPath path) {
    for (String tree : TREES) {
      if (path.value().startsWith(tree)
          || (path.value().length() == tree.length() - 1 && tree.startsWith(path.value()))) {
        return true;
      }
    }
    return false;
  }
}
