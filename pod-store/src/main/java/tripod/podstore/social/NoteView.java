package tripod.podstore.social;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tripod.podstore.PodPath;
import tripod.podstore.Resource;
import tripod.syntax.ActorIri;
import tripod.syntax.AtUri;
import tripod.syntax.Language;
import tripod.syntax.PodNames;

/**
 * What ActivityStreams shows of a post, derived once for its JSON and its RDF form (mapping 7.1 to
 * 7.3, from the pivot outward).
 *
 * @param id the post's own IRI
 * @param author the actor
 * @param to addressed first
 * @param cc addressed second
 * @param published when it was written, in UTC
 * @param updated when it was last edited, in UTC
 * @param content HTML
 * @param language of the content, the first where there are several (LANG-1)
 * @param oneLanguage whether there is exactly one
 * @param source the exact text; empty where the source is HTML
 * @param summary content warning, in words
 * @param sensitive whether media are to be hidden at first
 * @param inReplyTo the parent's ActivityPub id, else a web page of it (REP-3)
 * @param quote the quoted post's ActivityPub id
 * @param tags in order
 * @param media attached, in order
 * @param card attached link
 * @param at the record's name, where the post is one that may be a record
 */
public record NoteView(
    String id,
    String author,
    List<String> to,
    List<String> cc,
    Instant published,
    Optional<Instant> updated,
    String content,
    Optional<Language> language,
    boolean oneLanguage,
    Optional<String> source,
    Optional<String> summary,
    boolean sensitive,
    Optional<String> inReplyTo,
    Optional<String> quote,
    List<Tag> tags,
    List<Media> media,
    Optional<Card> card,
    Optional<AtUri> at) {
  /** The public collection. */
  public static final String PUBLIC = "https://www.w3.org/ns/activitystreams#Public";

  /** Where the followers collection of a pod lives. */
  public static final String FOLLOWERS = "/actor/followers";

  /** The profile that makes JSON-LD ActivityStreams. */
  public static final String AS2_PROFILE = "https://www.w3.org/ns/activitystreams";

  /** Media type of the link tag that stands for a quote (FEP-e232). */
  public static final String AS2_TYPE = "application/ld+json; profile=\"" + AS2_PROFILE + "\"";

  /** The self-labels that hide media (CW-1). */
  static final Set<String> HIDING = Set.of("nudity", "sexual", "porn", "graphic-media");

  public NoteView {
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    tags = List.copyOf(tags);
    media = List.copyOf(media);
  }

  /** One tag of a post. */
  public sealed interface Tag {
    /** Returns where it leads. */
    String href();

    /** Returns what it shows. */
    String name();

    /** An actor who is named. */
    record Mention(String href, String name) implements Tag {}

    /** A hashtag; the name begins with its sign. */
    record Hashtag(String href, String name) implements Tag {}

    /** The post that is quoted. */
    record Quote(String href, String name) implements Tag {}
  }

  /**
   * Derives the view of a post.
   *
   * @param book with or without the pod's own names; they are added
   */
  public static NoteView of(Social.Post said, Resource resource, PodNames names, NameBook book) {
    return new Deriving(said, resource, names, book.withOwn(names)).view();
  }

  /** Returns where pages of hashtags live. */
  public static String tagBase(PodNames names) {
    return names.iri("/tags/");
  }

  /** Returns the address of a medium. */
  public static Optional<String> address(Media media, PodNames names) {
    return media.blob().map(blob -> names.iri("/media/" + blob)).or(media::url);
  }

  /** Returns the words of a content warning for labels: {@code Nudity; Graphic media}. */
  static String words(Set<String> labels) {
    List<String> words = new ArrayList<>();
    for (String label : labels) {
      if (HIDING.contains(label)) {
        String word = label.replace('-', ' ');
        words.add(word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
      }
    }
    return String.join("; ", words);
  }

  private static final class Deriving {
    private final Social.Post post;
    private final Resource resource;
    private final PodPath path;
    private final PodNames names;
    private final NameBook book;
    private final List<Tag> tags = new ArrayList<>();

    Deriving(Social.Post said, Resource resource, PodNames names, NameBook book) {
      this.post = (Social.Post) Naming.complete(said, book);
      this.resource = resource;
      this.path = resource.path();
      this.names = names;
      this.book = book;
    }

    NoteView view() {
      String tagBase = tagBase(names);
      TextHtml writer = new TextHtml(book, tagBase);
      TextHtml.Html written = writer.write(post.text(), post.facets());
      Optional<KnownPost> parent = post.reply().flatMap(reply -> Naming.find(reply.parent(), book));
      Optional<String> quote = post.quote().flatMap(Ref::iri);
      for (TextHtml.Mention mention : written.mentions()) {
        tags.add(new Tag.Mention(mention.href(), mention.name()));
      }
      Set<String> hashtags = new LinkedHashSet<>(written.tags());
      hashtags.addAll(post.tags());
      for (String tag : hashtags) {
        tags.add(new Tag.Hashtag(writer.tagPage(tag), "#" + tag));
      }
      parent.flatMap(KnownPost::author).ifPresent(this::mention);
      quote.ifPresent(iri -> tags.add(new Tag.Quote(iri, "RE: " + iri)));
      boolean hides = post.labels().stream().anyMatch(HIDING::contains);
      return new NoteView(
          names.iri(path.value()),
          names.actor().value(),
          to(),
          cc(),
          Times.instant(post.published(), resource).truncatedTo(ChronoUnit.MILLIS),
          updated(),
          post.html().orElseGet(written::html) + card(written) + quote(quote),
          post.languages().stream().findFirst(),
          post.languages().size() == 1,
          post.html().isPresent() ? Optional.empty() : Optional.of(post.text()),
          post.warning().or(() -> hides ? Optional.of(words(post.labels())) : Optional.empty()),
          post.sensitive() || hides,
          post.reply().flatMap(reply -> parentIri(reply.parent(), parent)),
          quote,
          tags,
          post.media(),
          post.card(),
          post.audience() == Audience.PUBLIC ? SocialPaths.atUri(path, names) : Optional.empty());
    }

    /** REP-2: the parent's author is told, without touching the text. */
    private void mention(KnownPerson author) {
      Optional<String> actor = author.actor().map(ActorIri::value);
      if (actor.isPresent()
          && !actor.get().equals(names.actor().value())
          && tags.stream().noneMatch(tag -> tag.href().equals(actor.get()))) {
        tags.add(new Tag.Mention(actor.get(), "@" + author.acct().orElse(actor.get())));
      }
    }

    private Optional<String> parentIri(Ref parent, Optional<KnownPost> known) {
      return parent
          .iri()
          .or(() -> known.flatMap(KnownPost::page))
          .or(() -> parent.at().flatMap(book::postPage));
    }

    private List<String> to() {
      Set<String> to = new LinkedHashSet<>();
      switch (post.audience()) {
        case PUBLIC -> to.add(PUBLIC);
        case UNLISTED -> {
          if (post.address().to().isEmpty()) {
            to.add(names.iri(FOLLOWERS));
          }
        }
        case FOLLOWERS -> {
          if (post.address().to().isEmpty() && post.address().cc().isEmpty()) {
            to.add(names.iri(FOLLOWERS));
          }
        }
        case DIRECT, OWNER -> {}
      }
      to.addAll(post.address().to());
      return List.copyOf(to);
    }

    private List<String> cc() {
      Set<String> cc = new LinkedHashSet<>();
      if (post.audience() == Audience.UNLISTED) {
        cc.add(PUBLIC);
      } else if (post.audience() == Audience.PUBLIC) {
        cc.add(names.iri(FOLLOWERS));
      }
      cc.addAll(post.address().cc());
      if (post.audience().isOpen()) {
        for (Tag tag : tags) {
          if (tag instanceof Tag.Mention mention) {
            cc.add(mention.href());
          }
        }
      }
      post.address().to().forEach(cc::remove);
      return List.copyOf(cc);
    }

    private Optional<Instant> updated() {
      return post.updated()
          .filter(time -> time.hasInstant())
          .map(time -> time.instant())
          .or(
              () ->
                  resource.modified().isAfter(resource.created())
                      ? Optional.of(resource.modified())
                      : Optional.empty())
          .map(time -> time.truncatedTo(ChronoUnit.MILLIS));
    }

    /** MED-5: a card whose address the text does not lead to gets a paragraph. */
    private String card(TextHtml.Html written) {
      return post.card()
          .filter(card -> TextHtml.isWeb(card.uri()) && !written.links().contains(card.uri()))
          .filter(card -> post.html().isEmpty())
          .map(NoteView::cardParagraph)
          .orElse("");
    }

    /** QUO-1, QUO-2: readers that know no quotes see a link; a plain one where there is no id. */
    private String quote(Optional<String> quote) {
      if (post.html().isPresent() || post.quote().isEmpty()) {
        return "";
      }
      if (quote.isPresent()) {
        String iri = quote.get();
        return "<p class=\"quote-inline\">RE: <a href=\""
            + TextHtml.attribute(iri)
            + "\">"
            + TextHtml.escape(iri)
            + "</a></p>";
      }
      return Naming.find(post.quote().get(), book)
          .flatMap(KnownPost::page)
          .or(() -> post.quote().get().at().flatMap(book::postPage))
          .map(page -> "<p>" + TextHtml.link(page, TextHtml.escape(page)) + "</p>")
          .orElse("");
    }
  }

  /** Returns the paragraph by which a card is seen where cards are not. */
  public static String cardParagraph(Card card) {
    String title = card.title().isEmpty() ? card.uri() : card.title();
    return "<p>" + TextHtml.link(card.uri(), TextHtml.escape(title)) + "</p>";
  }
}
