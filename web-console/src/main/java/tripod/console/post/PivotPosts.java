package tripod.console.post;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.PodStore;
import tripod.podstore.PodWriter;
import tripod.podstore.Resource;
import tripod.podstore.social.Address;
import tripod.podstore.social.Audience;
import tripod.podstore.social.Facet;
import tripod.podstore.social.Lens;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialCodec;
import tripod.podstore.social.SocialPaths;
import tripod.syntax.Datetime;
import tripod.syntax.Language;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;
import tripod.syntax.Tid;

/** Writes posts as pivot values: a new one in one form, an edited one in the form it has. */
final class PivotPosts implements PostWriter {
  private final PodStore store;
  private final Accounts accounts;
  private final Lens lens;
  private final SocialCodec form;
  private final FacetFinder facets;

  PivotPosts(PodStore store, Accounts accounts, Lens lens, SocialCodec form) {
    this.store = store;
    this.accounts = accounts;
    this.lens = lens;
    this.form = form;
    this.facets = new FacetFinder(accounts);
  }

  @Override
  public PodPath write(
      Account author, String text, Audience audience, Optional<Language> language) {
    PodNames names = accounts.names(author);
    List<Facet> found = facets.find(text);
    return store.write(
        author.pod(),
        writer -> {
          Social.Post post =
              Social.Post.ofText(
                  text,
                  found,
                  language.stream().toList(),
                  Datetime.of(writer.now()),
                  address(audience, names));
          PodPath path = SocialPaths.POSTS.member(writer.rev().value());
          put(writer, path, form.write(post, path, Optional.empty(), names));
          if (!audience.isOpen()) {
            writer.putAspect(path, Aspect.ACL, ownerOnly(path));
          }
          return path;
        });
  }

  @Override
  public void edit(
      Account author, PodPath post, Tid seen, String text, Optional<Language> language) {
    PodNames names = accounts.names(author);
    List<Facet> found = facets.find(text);
    store.write(
        author.pod(),
        writer -> {
          Resource resource =
              writer
                  .get(post)
                  .orElseThrow(() -> new PodFailure.NotFound("this post is not there any more"));
          if (!resource.rev().equals(seen)) {
            throw new PodFailure.Conflict(
                "the post was changed somewhere else while you were writing");
          }
          if (!(resource.content() instanceof Content.Document document)
              || !(lens.read(resource, names).orElse(null) instanceof Social.Post before)) {
            throw new PodFailure.NotFound("there is no post of that name");
          }
          List<Language> languages =
              language.isPresent() ? language.stream().toList() : before.languages();
          if (before.text().equals(text) && before.languages().equals(languages)) {
            return post; // LENS-1: what says the same as before is no change
          }
          Social.Post next = edited(before, text, found, languages, Datetime.of(writer.now()));
          put(writer, post, rewritten(next, post, document, names));
          return post;
        });
  }

  /** A post stays in its form while that says all of it; then it moves to the one of new posts. */
  private Optional<SocialCodec.Written> rewritten(
      Social.Post next, PodPath post, Content.Document document, PodNames names) {
    return lens.codec(document)
        .filter(own -> own.says(next, names))
        .flatMap(own -> own.write(next, post, Optional.of(document), names))
        .or(() -> form.write(next, post, Optional.empty(), names));
  }

  @Override
  public boolean delete(Account author, PodPath post) {
    return store.write(author.pod(), writer -> writer.delete(post));
  }

  private static void put(PodWriter writer, PodPath path, Optional<SocialCodec.Written> written) {
    SocialCodec.Written done =
        written.orElseThrow(() -> new PodFailure.Invalid("this post cannot be stored"));
    writer.put(path, done.document(), done.blobs());
  }

  private static Social.Post edited(
      Social.Post before, String text, List<Facet> facets, List<Language> languages, Datetime now) {
    return new Social.Post(
        text,
        facets,
        Optional.empty(),
        languages,
        before.translations(),
        before.published(),
        Optional.of(now),
        before.reply(),
        before.quote(),
        before.media(),
        before.card(),
        before.warning(),
        before.labels(),
        before.sensitive(),
        before.tags(),
        before.address(),
        before.replies());
  }

  static Address address(Audience audience, PodNames names) {
    List<String> followers = List.of(names.actor() + "/followers");
    return switch (audience) {
      case PUBLIC -> new Address(audience, List.of(), followers);
      case UNLISTED, FOLLOWERS -> new Address(audience, followers, List.of());
      case DIRECT, OWNER -> new Address(audience, List.of(), List.of());
    };
  }

  /** The container lets everybody read: what is not for everybody has a list of its own (VIS-1). */
  private static Content.Document ownerOnly(PodPath path) {
    String turtle =
        """
        @prefix acl: <http://www.w3.org/ns/auth/acl#>.
        <#owner> a acl:Authorization;
          acl:agent </profile/card#me>;
          acl:accessTo <./%s>;
          acl:mode acl:Read, acl:Write, acl:Control.
        """
            .formatted(path.name());
    return new Content.Document(MediaType.TURTLE, turtle.getBytes(StandardCharsets.UTF_8));
  }
}
