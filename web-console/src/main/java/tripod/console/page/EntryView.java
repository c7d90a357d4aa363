package tripod.console.page;

import java.util.List;
import java.util.Optional;
import tripod.console.look.PostHtml;
import tripod.console.look.SafeHtml;
import tripod.console.look.UrlPath;
import tripod.console.look.WrittenTime;
import tripod.podstore.social.Card;
import tripod.podstore.social.Media;
import tripod.podstore.social.PublicResource;
import tripod.podstore.social.Ref;
import tripod.podstore.social.Reply;
import tripod.podstore.social.Social;
import tripod.syntax.PodNames;

/**
 * A public post as a page shows it.
 *
 * @param url its address
 * @param at its ATProto address; empty when it has none
 * @param published when it was written
 * @param updated when it was edited
 * @param language tag; empty for none
 * @param warning what to say before it is shown
 * @param body the words, clean
 * @param pictures of the pod's own
 * @param otherMedia how many films, sounds and pictures elsewhere there are besides
 * @param card a link shown as a card
 * @param inReplyTo what it answers
 * @param quote what it quotes
 */
record EntryView(
    String url,
    Optional<String> at,
    WrittenTime published,
    Optional<WrittenTime> updated,
    String language,
    Optional<String> warning,
    SafeHtml body,
    List<Picture> pictures,
    int otherMedia,
    Optional<CardView> card,
    Optional<Target> inReplyTo,
    Optional<Target> quote) {

  static EntryView of(PublicResource open, Social.Post post, PodNames names) {
    List<Picture> pictures =
        post.media().stream()
            .filter(media -> media.kind() == Media.Kind.IMAGE)
            .flatMap(
                media ->
                    PersonView.own(media)
                        .map(src -> new Picture(src, media.alt().orElse("")))
                        .stream())
            .toList();
    Optional<String> warning =
        post.warning()
            .filter(text -> !text.isBlank())
            .or(() -> post.sensitive() ? Optional.of("Sensitive content") : Optional.empty());
    return new EntryView(
        names.iri(UrlPath.of(open.resource().path())),
        PostAtUri.of(open, names),
        WrittenTime.of(post.published(), open.resource()),
        post.updated().map(time -> WrittenTime.of(time, open.resource())),
        post.languages().isEmpty() ? "" : post.languages().getFirst().value(),
        warning,
        PostHtml.of(post),
        pictures,
        post.media().size() - pictures.size(),
        post.card().flatMap(CardView::of),
        post.reply().map(Reply::parent).map(Target::of),
        post.quote().map(Target::of));
  }

  /** A picture of the pod's own. */
  record Picture(String src, String alt) {}

  /** A link with a title. */
  record CardView(String href, String title, String description) {
    static Optional<CardView> of(Card card) {
      return PersonView.isWeb(card.uri())
          ? Optional.of(
              new CardView(
                  card.uri(),
                  card.title().isBlank() ? card.uri() : card.title(),
                  card.description()))
          : Optional.empty();
    }
  }

  /** Another post: its words, and an address to open or nothing. */
  record Target(String words, String href) {
    static Target of(Ref ref) {
      String iri = ref.iri().filter(PersonView::isWeb).orElse("");
      return new Target(
          iri.isEmpty() ? ref.at().map(Object::toString).orElse("another post") : iri, iri);
    }
  }
}
