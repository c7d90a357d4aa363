package tripod.activitypub.outbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.activitypub.activity.ActivityFailure;
import tripod.activitypub.activity.As2;
import tripod.activitypub.activity.Terms;
import tripod.activitypub.object.Addressing;
import tripod.activitypub.object.ObjectView;
import tripod.activitypub.object.RemoteObject;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.syntax.PodNames;

/**
 * What a like, a boost or an answer is about, as far as that is known: acts can leak what they are
 * about (VIS-4).
 *
 * @param author whose it is
 * @param sight who may see it
 */
record Subject(Optional<String> author, Sight sight) {
  /** Nothing could be found out. */
  static final Subject UNKNOWN = new Subject(Optional.empty(), Sight.UNKNOWN);

  /** Who may see something. */
  enum Sight {
    /** Everybody. */
    OPEN,
    /** Some. */
    CLOSED,
    /** Nobody could be asked. */
    UNKNOWN
  }

  /** Looks for it in the pod of the one who acts: their own, or what was sent to them. */
  static Optional<Subject> held(PodReader view, PodNames names, String object, ObjectView objects) {
    Optional<String> own = names.path(object);
    if (own.isPresent()) {
      boolean open =
          objects
              .see(view, new PodPath(own.get()), names)
              .filter(seen -> seen.shown().isPresent())
              .isPresent();
      return Optional.of(
          new Subject(Optional.of(names.actor().value()), open ? Sight.OPEN : Sight.CLOSED));
    }
    return RemoteObject.find(view, object)
        .map(
            held ->
                new Subject(
                    Optional.of(held.owner().value()),
                    held.document(view).map(Subject::sight).orElse(Sight.UNKNOWN)));
  }

  /** Reads it from its document, as its host gave it to us. */
  static Subject of(ObjectNode document) {
    return new Subject(
        Terms.references(document, "attributedTo").stream().findFirst(), sight(document));
  }

  private static Sight sight(ObjectNode document) {
    Addressing addressing = Addressing.of(document);
    return addressing.to().contains(As2.PUBLIC) || addressing.cc().contains(As2.PUBLIC)
        ? Sight.OPEN
        : Sight.CLOSED;
  }

  /**
   * Returns to whom a like or an answer goes: to the author, whatever else was asked for. One that
   * says nothing is as public as what it is about (LIK-1, LIK-2).
   */
  Addressing told(Addressing given, PodNames names) {
    List<String> to = new ArrayList<>(given.to());
    boolean saysNothing = to.isEmpty() && given.cc().isEmpty() && given.blind().isEmpty();
    if (saysNothing && sight == Sight.OPEN) {
      to.add(As2.PUBLIC);
    }
    author.filter(who -> !to.contains(who)).ifPresent(to::add);
    return narrowed(new Addressing(to, given.cc(), given.blind()), names);
  }

  /** Returns to whom a boost goes: to everybody and the followers, unless it says otherwise. */
  Addressing boosted(Addressing given, PodNames names) {
    if (!given.to().isEmpty() || !given.cc().isEmpty()) {
      return narrowed(given, names);
    }
    List<String> cc = new ArrayList<>();
    cc.add(names.actor() + "/followers");
    author.ifPresent(cc::add);
    return narrowed(new Addressing(List.of(As2.PUBLIC), cc, List.of()), names);
  }

  /** VIS-4: what some may see is not shown to all by what is done to it. */
  private Addressing narrowed(Addressing wanted, PodNames names) {
    if (sight == Sight.CLOSED && wanted.audience(names).isOpen()) {
      throw new ActivityFailure.Forbidden("not everybody may see what this is about");
    }
    return wanted;
  }
}
