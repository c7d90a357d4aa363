package tripod.solid.ldp;

import java.time.Instant;
import java.util.Optional;
import tripod.podstore.Aspect;
import tripod.podstore.EffectiveAcl;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;
import tripod.solid.representation.SocialView;
import tripod.syntax.MediaType;

/**
 * What one look at the pod shows about a target.
 *
 * @param acl the rules that count for the subject
 * @param subject the resource
 * @param resource the target itself: the resource or its auxiliary graph
 * @param beside what is stored beside the target and part of its representation: the description of
 *     a container, or what the form of another door cannot say
 * @param container the nearest container above that exists
 * @param containerAcl the rules that count for it
 * @param twin the resource that differs in the last slash alone, when the subject is not there
 * @param number how many commits the pod has had
 */
record Seen(
    EffectiveAcl acl,
    Optional<Resource> subject,
    Optional<Resource> resource,
    Optional<Resource> beside,
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
        subject.flatMap(there -> target.isSelf() ? subject : auxiliary(view, there, target));
    Optional<Resource> beside =
        target.isSelf() ? subject.flatMap(there -> beside(view, there)) : Optional.empty();
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
    return new Seen(acl, subject, resource, beside, container, containerAcl, twin, view.number());
  }

  private static Optional<Resource> auxiliary(PodReader view, Resource subject, Target target) {
    Optional<Resource> there = view.get(target.path(), target.aspect());
    boolean isItsOwnRecord =
        target.aspect() == Aspect.NATIVE && subject.content().mediaType().is(MediaType.DAG_CBOR);
    return there.isEmpty() && isItsOwnRecord ? Optional.of(subject) : there;
  }

  private static Optional<Resource> beside(PodReader view, Resource subject) {
    if (subject.path().isContainer()) {
      return view.get(subject.path(), Aspect.META);
    }
    return SocialView.isShown(subject.content())
        ? view.get(subject.path(), Aspect.ASIDE)
        : Optional.empty();
  }

  /** Returns what changes with every write that the target's representation shows. */
  String state() {
    String rev = resource.orElseThrow().rev().value();
    return beside.map(more -> more.rev().value()).filter(r -> r.compareTo(rev) > 0).orElse(rev);
  }

  /** Returns when the target's representation was last changed. */
  Instant modified() {
    Instant time = resource.orElseThrow().modified();
    return beside.map(Resource::modified).filter(time::isBefore).orElse(time);
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
