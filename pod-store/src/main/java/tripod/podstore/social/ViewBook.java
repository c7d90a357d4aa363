package tripod.podstore.social;

import java.util.Optional;
import java.util.function.Function;
import tripod.podstore.Aspect;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.Resource;
import tripod.syntax.AtUri;
import tripod.syntax.Cid;
import tripod.syntax.Did;
import tripod.syntax.PodNames;

/**
 * A name book with the versions of the pod's own records and the pod's own files in it, as one view
 * of the pod shows them; valid as long as the view.
 *
 * @param view the pod
 * @param names what others call it
 * @param lens reads the pod's own posts, which know the roots of their threads
 * @param versions the version of a record of this pod whose resource is stored in another form
 * @param others everybody else
 */
public record ViewBook(
    PodReader view,
    PodNames names,
    Lens lens,
    Function<AtUri, Optional<Cid>> versions,
    NameBook others)
    implements NameBook {
  @Override
  public Optional<KnownPerson> person(Did did) {
    return others.person(did);
  }

  @Override
  public Optional<KnownPerson> person(String iri) {
    return others.person(iri);
  }

  @Override
  public Optional<KnownPost> post(AtUri uri) {
    Optional<PodPath> own = SocialPaths.path(uri, names).map(this::place);
    return own.isPresent() ? own.flatMap(path -> own(uri, path)) : others.post(uri);
  }

  @Override
  public Optional<KnownPost> post(String iri) {
    Optional<PodPath> own = SocialPaths.path(iri, names);
    return own.isPresent()
        ? own.flatMap(path -> SocialPaths.atUri(path, names).flatMap(uri -> own(uri, path)))
        : others.post(iri);
  }

  @Override
  public Optional<KnownBlob> blob(Cid blob) {
    return view.blob(blob).map(known -> new KnownBlob(known.mediaType(), known.size()));
  }

  @Override
  public String profilePage(Did did) {
    return others.profilePage(did);
  }

  @Override
  public Optional<String> postPage(AtUri uri) {
    return others.postPage(uri);
  }

  /** A record whose key was used before is elsewhere than its name says (DEL-2). */
  private PodPath place(PodPath first) {
    return view.get(first).isPresent()
        ? first
        : SocialPaths.recordAt(first).flatMap(name -> RecordPlaces.find(view, name)).orElse(first);
  }

  private Optional<KnownPost> own(AtUri uri, PodPath path) {
    Optional<Cid> cid =
        view.get(path)
            .flatMap(Resource::cid)
            .filter(Cid::isDagCbor)
            .or(() -> versions.apply(uri))
            .or(() -> view.get(path, Aspect.NATIVE).flatMap(Resource::cid));
    return new OwnNames(names, EMPTY)
        .post(uri)
        .map(
            known ->
                new KnownPost(
                    known.at(),
                    cid,
                    Optional.of(names.iri(path.value())),
                    Optional.of(names.iri(path.value())),
                    root(path),
                    known.author(),
                    // Only what may be seen is in the repository, and only that has a version.
                    cid.isPresent() && view.get(path).isPresent()));
  }

  private Optional<Ref> root(PodPath path) {
    return view.get(path)
        .flatMap(resource -> lens.read(resource, names))
        .flatMap(
            social ->
                social instanceof Social.Post post
                    ? post.reply().map(Reply::root)
                    : Optional.empty());
  }
}
