package tripod.podstore.social;

import java.util.Optional;
import tripod.syntax.Datetime;

/** Reads acts on others, whose addressing is often left out (mapping 7.5, VIS-4). Pure. */
public final class Acts {
  private Acts() {}

  /**
   * Reads an act.
   *
   * @param kind its ActivityStreams class
   * @param object whom or what it is done to
   * @param reaction an emoji, for a like
   * @param address as written; {@link Audience#OWNER} stands for no addressing
   * @param book with the pod's own names in it
   * @return empty when it is none of the acts that the pivot knows, or the object has no usable
   *     name
   */
  public static Optional<Social> read(
      String kind,
      String object,
      Optional<String> reaction,
      Datetime published,
      Address address,
      NameBook book) {
    return switch (kind) {
      case "Like" -> {
        Ref subject = Naming.complete(RefReading.of(object), book);
        yield Optional.of(
            new Social.Like(subject, reaction, published, like(address, subject, book)));
      }
      case "Announce" ->
          Optional.of(
              new Social.Repost(Naming.complete(RefReading.of(object), book), published, address));
      case "Join" -> Optional.of(rsvp(object, Social.Answer.GOING, published, address, book));
      case "TentativeAccept" ->
          Optional.of(rsvp(object, Social.Answer.INTERESTED, published, address, book));
      case "Leave" -> Optional.of(rsvp(object, Social.Answer.NOT_GOING, published, address, book));
      case "Follow" ->
          RdfReading.person(object)
              .map(
                  person ->
                      new Social.Follow(
                          Naming.complete(person, book),
                          published,
                          unless(address, Address.PUBLIC)));
      case "Block" ->
          // VIS-4: a block made in private makes no public record.
          RdfReading.person(object)
              .map(person -> new Social.Block(Naming.complete(person, book), published, address));
      default -> Optional.empty();
    };
  }

  /** A like without addressing is as public as what it likes is known to be (LIK-2, VIS-4). */
  private static Address like(Address address, Ref subject, NameBook book) {
    boolean open = Naming.find(subject, book).filter(KnownPost::open).isPresent();
    return unless(
        address, open ? Address.PUBLIC : new Address(Audience.DIRECT, address.to(), address.cc()));
  }

  /** EVT-3; an answer to what not everybody may see is seen by nobody else (VIS-4). */
  private static Social rsvp(
      String object, Social.Answer answer, Datetime published, Address address, NameBook book) {
    Ref subject = Naming.complete(RefReading.of(object), book);
    return new Social.Rsvp(subject, answer, published, like(address, subject, book));
  }

  private static Address unless(Address written, Address otherwise) {
    return written.audience() == Audience.OWNER ? otherwise : written;
  }
}
