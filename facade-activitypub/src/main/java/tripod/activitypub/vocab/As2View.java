package tripod.activitypub.vocab;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tripod.podstore.Resource;
import tripod.podstore.social.AddressView;
import tripod.podstore.social.Card;
import tripod.podstore.social.Media;
import tripod.podstore.social.NameBook;
import tripod.podstore.social.Naming;
import tripod.podstore.social.NoteView;
import tripod.podstore.social.Person;
import tripod.podstore.social.Social;
import tripod.podstore.social.SocialGraph;
import tripod.podstore.social.TextHtml;
import tripod.podstore.social.Times;
import tripod.syntax.ActorIri;
import tripod.syntax.Datetime;
import tripod.syntax.PodNames;

/**
 * Writes the pivot as ActivityStreams JSON (mapping 5 and 7, from the pivot outward), without a
 * context.
 *
 * <p>Safe between threads.
 */
public final class As2View {
  private final NameBook book;

  /**
   * Makes a writer.
   *
   * @param book knows the actors and objects of those whom other doors call by other names
   */
  public As2View(NameBook book) {
    this.book = book;
  }

  /**
   * Writes what a resource says.
   *
   * @return empty when ActivityStreams has no word for it, or it speaks of something without an
   *     ActivityPub name (LIK-1)
   */
  public Optional<ObjectNode> render(Social said, Resource resource, PodNames names) {
    NameBook all = book.withOwn(names);
    return switch (Naming.complete(said, all)) {
      case Social.Post post -> {
        ObjectNode note = note(NoteView.of(post, resource, names, all), names);
        if (post.replies().isPresent()) {
          note.set(
              "interactionPolicy",
              ReplyPolicy.of(post.replies(), ReplyPolicy.mentioned(note), names));
        }
        yield Optional.of(note);
      }
      case Social.Like like ->
          like.subject()
              .iri()
              .map(
                  iri -> {
                    ObjectNode act = act("Like", iri, resource, names);
                    like.reaction().ifPresent(emoji -> act.put("content", emoji));
                    act.put("published", shown(like.published(), resource));
                    return act;
                  });
      case Social.Repost repost ->
          repost
              .subject()
              .iri()
              .map(
                  iri -> {
                    ObjectNode act = act("Announce", iri, resource, names);
                    act.put("published", shown(repost.published(), resource));
                    AddressView address = AddressView.of(repost, names, all);
                    list(act, "to", address.to());
                    list(act, "cc", address.cc());
                    return act;
                  });
      case Social.Follow follow ->
          actor(follow.subject()).map(who -> act("Follow", who, resource, names));
      case Social.Block block ->
          actor(block.subject()).map(who -> act("Block", who, resource, names));
      case Social.Profile profile -> {
        ObjectNode actor = As2Json.MAPPER.createObjectNode();
        actor.put("id", names.actor().value());
        profile(actor, profile, names);
        yield Optional.of(actor);
      }
      case Social.Article article -> Optional.of(KindJson.write(article, resource, names));
      case Social.Event event -> Optional.of(KindJson.write(event, resource, names));
      case Social.PeopleList list -> Optional.of(KindJson.write(list, resource, names));
      case Social.Rsvp rsvp ->
          rsvp.subject()
              .iri()
              .map(iri -> act(SocialGraph.type(rsvp.answer()), iri, resource, names));
      case Social.ThreadGate gate -> Optional.empty(); // its post says it
      case Social.ListMember member -> Optional.empty(); // its list says it
      case Social.Unknown unknown -> Optional.empty();
    };
  }

  /** Puts what a profile says into an actor's document, and removes what it does not say. */
  public void profile(ObjectNode actor, Social.Profile profile, PodNames names) {
    actor.put("type", profile.bot() ? "Service" : "Person");
    put(actor, "name", profile.displayName());
    put(
        actor,
        "summary",
        profile.descriptionHtml().or(() -> profile.description().map(As2View::about)));
    picture(actor, "icon", profile.avatar(), names);
    picture(actor, "image", profile.banner(), names);
    put(actor, "published", profile.created().filter(Datetime::hasInstant).map(As2View::shown));
    ArrayNode fields = As2Json.MAPPER.createArrayNode();
    profile.website().ifPresent(page -> field(fields, "Website", TextHtml.linkTo(page)));
    profile.pronouns().ifPresent(words -> field(fields, "Pronouns", TextHtml.escape(words)));
    profile.fields().forEach(field -> field(fields, field.name(), field.valueHtml()));
    if (fields.isEmpty()) {
      actor.remove("attachment");
    } else {
      actor.set("attachment", fields);
    }
    // PRO-3: a wish that the page be shown to those who are signed in only.
    if (profile.labels().contains("!no-unauthenticated")) {
      actor.put("indexable", false);
    }
  }

  /** Adds the collections of what others did to an object, which is served under its own id. */
  public static void addCollections(ObjectNode object) {
    As2Json.text(object, "id")
        .ifPresent(
            id -> {
              object.put("replies", id + "?replies");
              object.put("likes", id + "?likes");
              object.put("shares", id + "?shares");
            });
  }

  private static String about(String text) {
    return new TextHtml(NameBook.EMPTY, "").write(text, TextHtml.webAddresses(text)).html();
  }

  private static void field(ArrayNode fields, String name, String valueHtml) {
    fields.addObject().put("type", "PropertyValue").put("name", name).put("value", valueHtml);
  }

  private static void put(ObjectNode object, String name, Optional<String> value) {
    if (value.isPresent()) {
      object.put(name, value.get());
    } else {
      object.remove(name);
    }
  }

  private static void picture(
      ObjectNode actor, String name, Optional<Media> media, PodNames names) {
    Optional<String> address = media.flatMap(picture -> NoteView.address(picture, names));
    if (address.isEmpty()) {
      actor.remove(name);
      return;
    }
    ObjectNode picture = actor.putObject(name);
    picture.put("type", "Image");
    media.get().mediaType().ifPresent(type -> picture.put("mediaType", type.toString()));
    picture.put("url", address.get());
  }

  private static Optional<String> actor(Person person) {
    return person.actor().map(ActorIri::value);
  }

  private static String shown(Datetime time) {
    return Times.shown(time.instant());
  }

  static String shown(Datetime time, Resource resource) {
    return Times.shown(Times.instant(time, resource).truncatedTo(ChronoUnit.MILLIS));
  }

  private static ObjectNode act(String type, String object, Resource resource, PodNames names) {
    ObjectNode act = As2Json.MAPPER.createObjectNode();
    act.put("id", names.iri(resource.path().value()));
    act.put("type", type);
    act.put("actor", names.actor().value());
    act.put("object", object);
    return act;
  }

  static void list(ObjectNode object, String name, List<String> iris) {
    ArrayNode list = object.putArray(name);
    iris.forEach(list::add);
  }

  private static ObjectNode note(NoteView note, PodNames names) {
    ObjectNode object = As2Json.MAPPER.createObjectNode();
    object.put("id", note.id());
    object.put("type", "Note");
    object.put("attributedTo", note.author());
    list(object, "to", note.to());
    list(object, "cc", note.cc());
    object.put("published", Times.shown(note.published()));
    note.updated().ifPresent(time -> object.put("updated", Times.shown(time)));
    note.inReplyTo().ifPresent(parent -> object.put("inReplyTo", parent));
    note.summary().ifPresent(words -> object.put("summary", words));
    if (note.sensitive()) {
      object.put("sensitive", true);
    }
    note.quote()
        .ifPresent(
            quoted ->
                object.put("quote", quoted).put("quoteUrl", quoted).put("_misskey_quote", quoted));
    object.put("content", note.content());
    note.language()
        .ifPresent(
            language -> object.putObject("contentMap").put(language.value(), note.content()));
    note.source()
        .ifPresent(
            text -> object.putObject("source").put("content", text).put("mediaType", "text/plain"));
    ArrayNode url = object.putArray("url");
    url.addObject().put("type", "Link").put("mediaType", "text/html").put("href", note.id());
    note.at()
        .ifPresent(
            at ->
                url.addObject()
                    .put("type", "Link")
                    .put("rel", "alternate")
                    .put("href", at.toString()));
    tags(object, note.tags());
    attachments(object, note, names);
    return object;
  }

  private static void tags(ObjectNode object, List<NoteView.Tag> tags) {
    if (tags.isEmpty()) {
      return;
    }
    ArrayNode list = object.putArray("tag");
    for (NoteView.Tag tag : tags) {
      ObjectNode node = list.addObject();
      switch (tag) {
        case NoteView.Tag.Mention mention -> node.put("type", "Mention");
        case NoteView.Tag.Hashtag hashtag -> node.put("type", "Hashtag");
        case NoteView.Tag.Quote quote ->
            node.put("type", "Link").put("mediaType", NoteView.AS2_TYPE);
      }
      node.put("href", tag.href()).put("name", tag.name());
    }
  }

  private static void attachments(ObjectNode object, NoteView note, PodNames names) {
    ArrayNode list = As2Json.MAPPER.createArrayNode();
    for (Media media : note.media()) {
      Optional<String> address = NoteView.address(media, names);
      if (address.isPresent()) {
        ObjectNode node = list.addObject();
        String kind = media.kind().name();
        node.put("type", kind.charAt(0) + kind.substring(1).toLowerCase(Locale.ROOT));
        media.mediaType().ifPresent(type -> node.put("mediaType", type.toString()));
        node.put("url", address.get());
        media
            .alt()
            .filter(alt -> !alt.isEmpty()) // MED-2
            .ifPresent(alt -> node.put("name", alt));
      }
    }
    note.card()
        .filter(Card::isWeb)
        .ifPresent(
            card ->
                list.addObject()
                    .put("type", "Link")
                    .put("href", card.uri())
                    .put("name", card.title()));
    if (!list.isEmpty()) {
      object.set("attachment", list);
    }
  }
}
