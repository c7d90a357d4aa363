package tripod.podstore.social;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tripod.syntax.ActorIri;
import tripod.syntax.PodNames;

/**
 * Whom an act is addressed to, as ActivityStreams writes it.
 *
 * @param to first
 * @param cc second
 */
public record AddressView(List<String> to, List<String> cc) {
  public AddressView {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
  }

  /**
   * Returns the addressing of a repost: to everybody, with the followers and the author (ANN-1), or
   * as its source says where it is narrower.
   */
  public static AddressView of(Social.Repost repost, PodNames names, NameBook book) {
    Set<String> to = new LinkedHashSet<>(repost.address().to());
    Set<String> cc = new LinkedHashSet<>();
    switch (repost.audience()) {
      case PUBLIC -> {
        to.add(NoteView.PUBLIC);
        cc.add(names.iri(NoteView.FOLLOWERS));
        author(repost.subject(), book).ifPresent(cc::add);
      }
      case UNLISTED -> {
        to.add(names.iri(NoteView.FOLLOWERS));
        cc.add(NoteView.PUBLIC);
        author(repost.subject(), book).ifPresent(cc::add);
      }
      case FOLLOWERS, DIRECT, OWNER -> {}
    }
    cc.addAll(repost.address().cc());
    cc.removeAll(to);
    return new AddressView(List.copyOf(to), List.copyOf(cc));
  }

  /** Returns the addressing of an object that is a resource of its own, as posts have it. */
  public static AddressView of(Address address, PodNames names) {
    Set<String> to = new LinkedHashSet<>();
    Set<String> cc = new LinkedHashSet<>();
    boolean named = !address.to().isEmpty() || !address.cc().isEmpty();
    switch (address.audience()) {
      case PUBLIC -> {
        to.add(NoteView.PUBLIC);
        cc.add(names.iri(NoteView.FOLLOWERS));
      }
      case UNLISTED -> {
        to.add(names.iri(NoteView.FOLLOWERS));
        cc.add(NoteView.PUBLIC);
      }
      case FOLLOWERS -> {
        if (!named) {
          to.add(names.iri(NoteView.FOLLOWERS));
        }
      }
      case DIRECT, OWNER -> {}
    }
    to.addAll(address.to());
    cc.addAll(address.cc());
    cc.removeAll(to);
    return new AddressView(List.copyOf(to), List.copyOf(cc));
  }

  /** Returns the actor who wrote what is referred to. */
  public static Optional<String> author(Ref ref, NameBook book) {
    return Naming.find(ref, book)
        .flatMap(KnownPost::author)
        .flatMap(KnownPerson::actor)
        .map(ActorIri::value);
  }
}
