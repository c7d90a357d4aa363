package tripod.podstore.social;

import java.util.Optional;
import tripod.podstore.PodPath;
import tripod.syntax.AtUri;
import tripod.syntax.Cid;
import tripod.syntax.Did;
import tripod.syntax.PodNames;

/** A name book whose first page is the pod itself: both names of its resources are computed. */
record OwnNames(PodNames names, NameBook others) implements NameBook {
  @Override
  public Optional<KnownPerson> person(Did did) {
    return others.person(did).or(() -> did.equals(names.did()) ? self() : Optional.empty());
  }

  @Override
  public Optional<KnownPerson> person(String iri) {
    return others
        .person(iri)
        .or(
            () ->
                iri.equals(names.actor().value())
                        || iri.equals(names.webId().value())
                        || iri.equals(names.storage().toString())
                    ? self()
                    : Optional.empty());
  }

  @Override
  public Optional<KnownPost> post(AtUri uri) {
    Optional<KnownPost> known = others.post(uri);
    return known.isPresent() ? known : SocialPaths.path(uri, names).map(path -> own(uri, path));
  }

  @Override
  public Optional<KnownPost> post(String iri) {
    Optional<KnownPost> known = others.post(iri);
    return known.isPresent()
        ? known
        : SocialPaths.path(iri, names)
            .flatMap(path -> SocialPaths.atUri(path, names).map(uri -> own(uri, path)));
  }

  @Override
  public Optional<KnownBlob> blob(Cid blob) {
    return others.blob(blob);
  }

  @Override
  public String profilePage(Did did) {
    return others.profilePage(did);
  }

  @Override
  public Optional<String> postPage(AtUri uri) {
    return others.postPage(uri);
  }

  private Optional<KnownPerson> self() {
    return Optional.of(
        new KnownPerson(
            Optional.of(names.did()),
            Optional.of(names.handle()),
            Optional.of(names.actor()),
            Optional.of(names.acct()),
            Optional.of(names.storage().toString())));
  }

  private KnownPost own(AtUri uri, PodPath path) {
    String iri = names.iri(path.value());
    return new KnownPost(
        Optional.of(uri),
        Optional.empty(),
        Optional.of(iri),
        Optional.of(iri),
        Optional.empty(),
        self(),
        false);
  }
}
