package tripod.identity.scope;

import java.util.Optional;
import tripod.syntax.Nsid;

/**
 * Finds permission sets that others published as lexicons, so that {@code include:} scopes can be
 * expanded (atproto.md 5.7, 6.4). The ATProto door implements it; it may ask the network and keeps
 * what it found.
 */
@FunctionalInterface
public interface PermissionSets {
  /** No set is found. */
  PermissionSets NONE = name -> Optional.empty();

  /** Returns the set of a name, or empty when there is none or it cannot be had. */
  Optional<PermissionSet> find(Nsid name);
}
