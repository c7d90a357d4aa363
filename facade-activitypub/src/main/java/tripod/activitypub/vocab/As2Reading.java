package tripod.activitypub.vocab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tripod.podstore.Resource;
import tripod.podstore.social.Acts;
import tripod.podstore.social.Address;
import tripod.podstore.social.Audiences;
import tripod.podstore.social.Card;
import tripod.podstore.social.HtmlPost;
import tripod.podstore.social.HtmlText;
import tripod.podstore.social.Media;
import tripod.podstore.social.MediaAddress;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.NoteView;
import tripod.podstore.social.Ref;
import tripod.podstore.social.RefReading;
import tripod.podstore.social.Reply;
import tripod.podstore.social.Social;
import tripod.podstore.social.Times;
import tripod.syntax.ActorIri;
import tripod.syntax.Datetime;
import tripod.syntax.Language;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;
import tripod.syntax.SyntaxException;

/** Reads objects and acts in the words of the pivot (mapping 7.1 to 7.5, toward the pivot). */
final class As2Reading {
  private static final Set<String> ACTORS =
      Set.of("Person", "Service", "Group", "Organization", "Application");

  private final ObjectNode object;
  private final Resource resource;
  private final PodNames names;
  private final NameBook book;

  private As2Reading(ObjectNode object, Resource resource, PodNames names, NameBook book) {
    this.object = object;
    this.resource = resource;
    this.names = names;
    this.book = book;
  }

  static Optional<Social> read(
      ObjectNode object, Resource resource, PodNames names, NameBook book) {
    return new As2Reading(object, resource, names, book.withOwn(names)).read();
  }

  private Optional<Social> read() {
    String type = As2Json.type(object);
    Address address =
        Audiences.of(As2Json.references(object, "to"), As2Json.references(object, "cc"), names);
    if (ACTORS.contains(type)) {
      return Optional.of(profile(type));
    }
    return switch (type) {
      case "Note" -> Optional.of(post(address));
      case "Article" -> Optional.of(KindJson.article(object, address, this::time, published()));
      case "Event" -> Optional.of(KindJson.event(object, address, this::time, published()));
      case "Collection", "OrderedCollection" ->
          Optional.of(KindJson.list(object, address, published()));
      case "Like",
          "EmojiReact",
          "Announce",
          "Follow",
          "Block",
          "Join",
          "TentativeAccept",
          "Leave" -> {
        String kind = type.equals("EmojiReact") ? "Like" : type;
        yield As2Json.reference(object, "object")
            .flatMap(
                target ->
                    Acts.read(
                        kind, target, As2Json.text(object, "content"), published(), address, book));
      }
      // Polls have their own mapping; until then they are kept and shown as they are.
      default -> Optional.of(new Social.Unknown(type, address.audience()));
    };
  }

  private Datetime published() {
    return time("published").orElseGet(() -> Datetime.of(Times.born(resource)));
  }

  /** Peers write times in any form of ISO 8601; the pivot has the one of ATProto. */
  private Optional<Datetime> time(String name) {
    return As2Json.text(object, name)
        .flatMap(
            text -> {
              if (Datetime.isValid(text)) {
                return Optional.of(new Datetime(text));
              }
              try {
                return Optional.of(Datetime.of(OffsetDateTime.parse(text).toInstant()));
              } catch (DateTimeException | SyntaxException e) {
                return Optional.empty(); // kept in the object
              }
            });
  }

  private Social.Post post(Address address) {
    String content = As2Json.text(object, "content").orElse("");
    Map<String, String> translations = new LinkedHashMap<>();
    Optional<Language> language = languages(content, translations);
    Optional<Card> card = card();
    HtmlPost text = HtmlPost.read(withoutCard(content, card), source(), tags(), names, book);
    Optional<Ref> parent = As2Json.reference(object, "inReplyTo").map(RefReading::of);
    return new Social.Post(
        text.text(),
        text.facets(),
        text.html(),
        language.map(List::of).orElse(List.of()),
        translations,
        published(),
        time("updated"),
        parent.map(ref -> new Reply(ref, ref)),
        quote(),
        media(),
        card,
        As2Json.text(object, "summary"),
        Set.of(),
        As2Json.truth(object, "sensitive"),
        text.tags(),
        address,
        ReplyPolicy.read(object, names));
  }

  /**
   * LANG-2: the language of the content is the one whose text it is; the others are translations.
   */
  private Optional<Language> languages(String content, Map<String, String> translations) {
    Language main = null;
    if (object.get("contentMap") instanceof ObjectNode map) {
      for (Map.Entry<String, JsonNode> entry : map.properties()) {
        String text = entry.getValue().asText();
        if (main == null && text.equals(content) && Language.isValid(entry.getKey())) {
          main = new Language(entry.getKey());
        } else if (!text.equals(content)) {
          translations.put(entry.getKey(), text);
        }
      }
    }
    return Optional.ofNullable(main);
  }

  private Optional<String> source() {
    JsonNode source = object.get("source");
    return source != null
            && As2Json.text(source, "mediaType").filter("text/plain"::equals).isPresent()
        ? As2Json.text(source, "content")
        : Optional.empty();
  }

  private Optional<Ref> quote() {
    for (String name : List.of("quote", "quoteUrl", "quoteUri", "_misskey_quote")) {
      Optional<String> quoted = As2Json.reference(object, name);
      if (quoted.isPresent()) {
        return quoted.map(RefReading::of);
      }
    }
    return Optional.empty();
  }

  private List<NoteView.Tag> tags() {
    List<NoteView.Tag> tags = new ArrayList<>();
    for (JsonNode tag : As2Json.each(object, "tag")) {
      String href = As2Json.text(tag, "href").orElse("");
      String name = As2Json.text(tag, "name").orElse("");
      switch (As2Json.type(tag)) {
        case "Mention" -> {
          if (ActorIri.isValid(href)) {
            tags.add(new NoteView.Tag.Mention(href, name));
          }
        }
        case "Hashtag" -> tags.add(new NoteView.Tag.Hashtag(href, name));
        default -> {} // emoji, quotes and unknown tags stay in the object
      }
    }
    return tags;
  }

  private List<Media> media() {
    List<Media> media = new ArrayList<>();
    for (JsonNode attachment : As2Json.each(object, "attachment")) {
      if (attachment.isObject() && !As2Json.type(attachment).equals("Link")) {
        medium(attachment).ifPresent(media::add);
      }
    }
    return media;
  }

  private Optional<Media> medium(JsonNode attachment) {
    Optional<MediaType> type = As2Json.text(attachment, "mediaType").flatMap(As2Reading::mediaType);
    Media.Kind kind =
        switch (As2Json.type(attachment)) {
          case "Image" -> Media.Kind.IMAGE;
          case "Video" -> Media.Kind.VIDEO;
          case "Audio" -> Media.Kind.AUDIO;
          default -> MediaAddress.kind(type);
        };
    return As2Json.reference(attachment, "url")
        .or(() -> As2Json.text(attachment, "href"))
        .map(url -> MediaAddress.media(url, kind, names))
        .map(
            plain ->
                new Media(
                    kind,
                    plain.blob(),
                    plain.url(),
                    type,
                    Optional.empty(),
                    As2Json.text(attachment, "name"),
                    As2Json.number(attachment, "width"),
                    As2Json.number(attachment, "height")));
  }

  private static Optional<MediaType> mediaType(String text) {
    try {
      return Optional.of(MediaType.parse(text));
    } catch (SyntaxException e) {
      return Optional.empty(); // kept in the object
    }
  }

  private Optional<Card> card() {
    return As2Json.each(object, "attachment").stream()
        .filter(attachment -> As2Json.type(attachment).equals("Link"))
        .flatMap(
            link ->
                As2Json.text(link, "href").stream()
                    .map(
                        href ->
                            new Card(
                                href,
                                As2Json.text(link, "name").orElse(""),
                                As2Json.text(link, "summary").orElse(""),
                                Optional.empty())))
        .findFirst();
  }

  /** The paragraph that we add for a card is not part of the text. */
  private static String withoutCard(String content, Optional<Card> card) {
    String paragraph = card.map(NoteView::cardParagraph).orElse("");
    return !paragraph.isEmpty() && content.endsWith(paragraph)
        ? content.substring(0, content.length() - paragraph.length())
        : content;
  }

  private Social.Profile profile(String type) {
    Optional<String> summary = As2Json.text(object, "summary");
    return new Social.Profile(
        As2Json.text(object, "name"),
        summary.map(html -> HtmlText.read(html, As2Reading::spelledOut).text()),
        summary,
        picture("icon"),
        picture("image"),
        Optional.empty(),
        Optional.empty(),
        fields(),
        Set.of(),
        type.equals("Service"),
        Optional.empty(),
        time("published"));
  }

  /** PRO-1: a description has no facets, so a link whose text is not its address says it. */
  private static Optional<HtmlText.Anchor> spelledOut(String href, String classes, String label) {
    boolean web = href.startsWith("https://") || href.startsWith("http://");
    boolean tag = classes.contains(" hashtag ") || classes.contains(" mention ");
    boolean same =
        href.equals(label)
            || href.replaceFirst("^https?://", "").replaceFirst("/$", "").equals(label);
    return web && !tag && !same
        ? Optional.of(
            new HtmlText.Anchor(
                Optional.of(label + " (" + href + ")"),
                new tripod.podstore.social.Facet.Feature.Link(href)))
        : Optional.empty();
  }

  private Optional<Media> picture(String name) {
    return As2Json.each(object, name).stream()
        .findFirst()
        .flatMap(
            picture ->
                picture.isTextual()
                    ? Optional.of(MediaAddress.media(picture.textValue(), Media.Kind.IMAGE, names))
                    : medium(picture));
  }

  private List<Social.Field> fields() {
    List<Social.Field> fields = new ArrayList<>();
    for (JsonNode field : As2Json.each(object, "attachment")) {
      if (As2Json.type(field).equals("PropertyValue")) {
        fields.add(
            new Social.Field(
                As2Json.text(field, "name").orElse(""), As2Json.text(field, "value").orElse("")));
      }
    }
    return fields;
  }
}
