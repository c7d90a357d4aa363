package tripod.server.wiring;

import java.util.stream.Collectors;
import tripod.identity.Takedowns;
import tripod.podstore.PodPath;
import tripod.podstore.access.Veil;
import tripod.syntax.PodId;

/**
 * Operators' takedowns as the veil over what the doors show.
 *
 * @param takedowns what is hidden
 */
record TakenDown(Takedowns takedowns) implements Veil {
  @Override
  public Hidden of(PodId pod) {
    Takedowns.Hidden hidden = takedowns.of(pod);
    return hidden.isNothing()
        ? Hidden.NOTHING
        : new Hidden(
            hidden.paths().stream().map(PodPath::new).collect(Collectors.toUnmodifiableSet()),
            hidden.blobs());
  }
}
