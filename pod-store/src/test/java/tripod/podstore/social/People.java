package tripod.podstore.social;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import tripod.syntax.ActorIri;
import tripod.syntax.Datetime;
import tripod.syntax.Did;
import tripod.syntax.Handle;
import tripod.syntax.PodId;
import tripod.syntax.PodNames;

/** The people of this room's tests. */
final class People {
  static final PodNames ADA =
      new PodNames(
          new PodId(7),
          new Did("did:plc:ada22222222222222222222"),
          new Handle("ada.test"),
          URI.create("https://ada.test"),
          "ada");

  static final KnownPerson BEN =
      new KnownPerson(
          Optional.of(new Did("did:plc:ben22222222222222222222")),
          Optional.of(new Handle("ben.test")),
          Optional.of(new ActorIri("https://ben.test/actor")),
          Optional.of("ben@ben.test"),
          Optional.of("https://ben.test/"));

  /** Knows Ben by every name. */
  static final NameBook BOOK =
      new NameBook() {
        @Override
        public Optional<KnownPerson> person(Did did) {
          return Optional.of(BEN).filter(ben -> ben.did().orElseThrow().equals(did));
        }

        @Override
        public Optional<KnownPerson> person(String iri) {
          return Optional.of(BEN)
              .filter(
                  ben ->
                      ben.actor().orElseThrow().value().equals(iri)
                          || ben.url().orElseThrow().equals(iri));
        }
      };

  private People() {}

  static Social.Post post(String text, Address address) {
    return Social.Post.ofText(
        text, List.of(), List.of(), new Datetime("2026-02-03T04:05:06.000Z"), address);
  }
}
