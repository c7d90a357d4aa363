package tripod.podstore.social;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.syntax.ActorIri;

/** Completes what is said with the other names of those it speaks of. Pure. */
public final class Naming {
  private Naming() {}

  /**
   * Returns the same with every name that the book knows; nothing that is already named changes.
   *
   * @param book with the pod's own names in it ({@link NameBook#withOwn})
   */
  public static Social complete(Social social, NameBook book) {
    return switch (social) {
      case Social.Post post -> post(post, book);
      case Social.Like like ->
          new Social.Like(
              complete(like.subject(), book), like.reaction(), like.published(), like.address());
      case Social.Repost repost ->
          new Social.Repost(complete(repost.subject(), book), repost.published(), repost.address());
      case Social.Follow follow ->
          new Social.Follow(complete(follow.subject(), book), follow.published(), follow.address());
      case Social.Block block ->
          new Social.Block(complete(block.subject(), book), block.published(), block.address());
      case Social.Profile profile -> profile(profile, book);
      case Social.Rsvp rsvp ->
          new Social.Rsvp(
              complete(rsvp.subject(), book), rsvp.answer(), rsvp.published(), rsvp.address());
      case Social.PeopleList list ->
          new Social.PeopleList(
              list.name(),
              list.description(),
              list.members().stream().map(who -> complete(who, book)).toList(),
              list.published(),
              list.address());
      case Social.ListMember member ->
          new Social.ListMember(
              complete(member.list(), book), complete(member.subject(), book), member.published());
      case Social.ThreadGate gate ->
          new Social.ThreadGate(complete(gate.post(), book), gate.allow(), gate.published());
      case Social.Article article -> article;
      case Social.Event event -> event;
      case Social.Unknown unknown -> unknown;
    };
  }

  /** Returns a reference with every name that the book knows. */
  public static Ref complete(Ref ref, NameBook book) {
    Optional<KnownPost> known = find(ref, book);
    if (known.isEmpty()) {
      return ref;
    }
    KnownPost post = known.get();
    return new Ref(
        ref.at().or(post::at),
        // The version that was seen belongs to the name it was seen by.
        ref.cid().or(post::cid),
        ref.iri().or(post::iri));
  }

  /** Returns a person with every name that the book knows. */
  public static Person complete(Person person, NameBook book) {
    return find(person, book)
        .map(known -> new Person(person.did().or(known::did), person.actor().or(known::actor)))
        .orElse(person);
  }

  /** Returns a medium with what the book knows of its file. */
  public static Media complete(Media media, NameBook book) {
    if (media.blob().isEmpty() || (media.size().isPresent() && media.mediaType().isPresent())) {
      return media;
    }
    return book.blob(media.blob().get())
        .map(
            known ->
                new Media(
                    media.kind() == Media.Kind.DOCUMENT
                        ? MediaAddress.kind(Optional.of(known.mediaType()))
                        : media.kind(),
                    media.blob(),
                    media.url(),
                    media.mediaType().or(() -> Optional.of(known.mediaType())),
                    Optional.of(known.size()),
                    media.alt(),
                    media.aspectWidth(),
                    media.aspectHeight()))
        .orElse(media);
  }

  private static Social.Profile profile(Social.Profile profile, NameBook book) {
    return new Social.Profile(
        profile.displayName(),
        profile.description(),
        profile.descriptionHtml(),
        profile.avatar().map(media -> complete(media, book)),
        profile.banner().map(media -> complete(media, book)),
        profile.pronouns(),
        profile.website(),
        profile.fields(),
        profile.labels(),
        profile.bot(),
        profile.pinned().map(ref -> complete(ref, book)),
        profile.created());
  }

  /** Looks a reference up by any of its names. */
  public static Optional<KnownPost> find(Ref ref, NameBook book) {
    return ref.at().flatMap(book::post).or(() -> ref.iri().flatMap(book::post));
  }

  /** Looks a person up by any of their names. */
  public static Optional<KnownPerson> find(Person person, NameBook book) {
    return person
        .did()
        .flatMap(book::person)
        .or(() -> person.actor().map(ActorIri::value).flatMap(book::person));
  }

  private static Social.Post post(Social.Post post, NameBook book) {
    return new Social.Post(
        post.text(),
        post.facets().stream().map(facet -> facet(facet, book)).toList(),
        post.html(),
        post.languages(),
        post.translations(),
        post.published(),
        post.updated(),
        post.reply().map(reply -> reply(reply, book)),
        post.quote().map(quote -> complete(quote, book)),
        post.media().stream().map(media -> complete(media, book)).toList(),
        post.card(),
        post.warning(),
        post.labels(),
        post.sensitive(),
        post.tags(),
        post.address(),
        post.replies());
  }

  private static Reply reply(Reply reply, NameBook book) {
    Ref parent = complete(reply.parent(), book);
    if (reply.root().equals(reply.parent()) && reply.parent().at().isEmpty()) {
      // REP-4: where only the parent was said, its own record knows the root.
      Optional<Ref> root = find(reply.parent(), book).flatMap(KnownPost::root);
      return new Reply(root.orElse(parent), parent);
    }
    return new Reply(complete(reply.root(), book), parent);
  }

  private static Facet facet(Facet facet, NameBook book) {
    List<Facet.Feature> features = new ArrayList<>(facet.features().size());
    for (Facet.Feature feature : facet.features()) {
      features.add(
          feature instanceof Facet.Feature.Mention mention ? mention(mention, book) : feature);
    }
    return new Facet(facet.byteStart(), facet.byteEnd(), features);
  }

  private static Facet.Feature mention(Facet.Feature.Mention mention, NameBook book) {
    return mention
        .did()
        .flatMap(book::person)
        .or(() -> mention.actor().map(ActorIri::value).flatMap(book::person))
        .map(
            known ->
                new Facet.Feature.Mention(
                    mention.did().or(known::did),
                    mention.actor().or(known::actor),
                    mention.acct().or(known::acct)))
        .orElse(mention);
  }
}
