package tripod.solid.ldp;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import tripod.podstore.EffectiveAcl;
import tripod.solid.acl.AccessGate;
import tripod.solid.acl.Denied;
import tripod.syntax.AccessMode;

/** Which modes each kind of write needs, and on what (Web Access Control 1.0, "access modes"). */
final class WriteAccess {
  private final AccessGate gate;

  WriteAccess(AccessGate gate) {
    this.gate = gate;
  }

  /** Access lists are open to whoever has Control over their resource. */
  void requireControl(Visit visit, Seen seen) {
    require(visit, seen, List.of(AccessMode.CONTROL));
  }

  /** Something that is there. */
  void require(Visit visit, Seen seen, Collection<AccessMode> modes) {
    gate.require(visit.names(), seen.acl(), visit.agent(), modes);
  }

  /** Something new: it is also added to the nearest container that is there. */
  void requireCreate(Visit visit, Seen seen, Collection<AccessMode> modes) {
    require(visit, seen, modes);
    requireOn(visit, seen.containerAcl(), AccessMode.APPEND);
  }

  /** Something that goes is also taken out of its container. */
  void requireDelete(Visit visit, Seen seen) {
    require(visit, seen, List.of(AccessMode.WRITE));
    requireOn(visit, seen.containerAcl(), AccessMode.WRITE);
  }

  void requireOn(Visit visit, EffectiveAcl acl, AccessMode mode) {
    gate.require(visit.names(), acl, visit.agent(), mode);
  }

  /** Turns away whoever has none of the modes, before a body is read. */
  void requireAny(Visit visit, Seen seen, Collection<AccessMode> modes) {
    Set<AccessMode> has = gate.modes(visit.names(), seen.acl(), visit.agent());
    if (modes.stream().noneMatch(has::contains)) {
      throw new Denied(!visit.agent().isAuthenticated());
    }
  }

  /** Says whether an agent may know that something is missing here (SEC-73). */
  boolean maySeeMissing(Visit visit, Seen seen) {
    return gate.modes(visit.names(), seen.containerAcl(), visit.agent()).contains(AccessMode.READ);
  }
}
