package tripod.solid.ldp;

import java.util.Optional;
import tripod.identity.access.Agent;
import tripod.podstore.PodPath;
import tripod.syntax.PodNames;

/**
 * One request, as far as it is the same for all methods.
 *
 * @param names of the pod whose host was asked
 * @param agent who asks, as far as it was proved
 * @param target what it is about
 */
record Visit(PodNames names, Agent agent, Target target) {
  /** Returns the IRI of the target. */
  String iri() {
    return names.origin() + target.encoded();
  }

  /** Returns the IRI of the target's subject, which is the target unless that is auxiliary. */
  String subjectIri() {
    return iri(target.path());
  }

  /** Returns the IRI of a resource of this pod. */
  String iri(PodPath path) {
    return names.origin() + Target.encode(path);
  }

  /** Returns the container that a resource is in; the root for the root itself. */
  PodPath parent() {
    Optional<PodPath> parent = target.path().parent();
    return parent.orElse(PodPath.ROOT);
  }
}
