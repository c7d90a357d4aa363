package tripod.solid.ldp;

import java.util.Optional;
import tripod.podstore.Aspect;
import tripod.podstore.EffectiveAcl;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;

/**
 * What one look at the pod shows about a target.
 *
 * @param acl the rules that count for the subject
 * @param subject the resource
 * @param resource the target itself: the resource or its auxiliary graph
 * @param description the description of a container, which is part of its representation
 * @param container the nearest container above that exists
 * @param containerAcl the rules that count for it
 * @param twin the resource that differs in the last slash alone, when the subject is not there
 * @param number how many commits the pod has had
 */
record Seen(
    EffectiveAcl acl,
    Optional<Resource> subject,
    Optional<Resource> resource,
    Optional<Resource> description,
    PodPath container,
    EffectiveAcl containerAcl,
    Optional<PodPath> twin,
    long number) {

  /** Looks at a target; reads no more than an existing one needs unless {@code forWrite}. */
  static Seen of(PodReader view, Target target, boolean forWrite) {
    PodPath path = target.path();
    EffectiveAcl acl = view.acl(path);
    Optional<Resource> subject = view.get(path);
    Optional<Resource> resource =
        target.isSelf() ? subject : subject.flatMap(there -> view.get(path, target.aspect()));
    Optional<Resource> description =
        target.isSelf() && path.isContainer() && subject.isPresent()
            ? view.get(path, Aspect.META)
            : Optional.empty();
    PodPath container = path.parent().orElse(PodPath.ROOT);
    EffectiveAcl containerAcl = acl;
    Optional<PodPath> twin = Optional.empty();
    if (subject.isEmpty() || forWrite) {
      while (subject.isEmpty() && !container.isRoot() && view.get(container).isEmpty()) {
        container = container.parent().orElse(PodPath.ROOT);
      }
      containerAcl = view.acl(container);
      twin =
          subject.isPresent()
              ? Optional.empty()
              : twin(path).filter(other -> view.get(other).isPresent());
    }
    return new Seen(
        acl, subject, resource, description, container, containerAcl, twin, view.number());
  }

  private static Optional<PodPath> twin(PodPath path) {
    String value = path.value();
    if (path.isRoot()) {
      return Optional.empty();
    }
    return Optional.of(
        new PodPath(path.isContainer() ? value.substring(0, value.length() - 1) : value + "/"));
  }

  /** Says whether the rules are still those that were asked. */
  boolean sameRules(Seen other) {
    return acl.equals(other.acl)
        && containerAcl.equals(other.containerAcl)
        && subject.isPresent() == other.subject.isPresent();
  }
}
