package tripod.podstore.social;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tripod.syntax.ActorIri;

/**
 * Reads anchors by the tags of the object they stand in (mapping TXT-6, TXT-7).
 *
 * @param tags mentions and hashtags that the object carries
 * @param book with the pod's own names in it
 */
public record TagAnchors(List<NoteView.Tag> tags, NameBook book) implements HtmlText.Anchors {
  public TagAnchors {
    tags = List.copyOf(tags);
  }

  @Override
  public Optional<HtmlText.Anchor> read(String href, String classes, String label) {
    for (NoteView.Tag tag : tags) {
      if (tag instanceof NoteView.Tag.Mention mention
          && ActorIri.isValid(mention.href())
          && names(mention, href, classes, label)) {
        return Optional.of(mention(mention, label));
      }
    }
    if (!TextHtml.isWeb(href)) {
      return Optional.empty();
    }
    boolean sign = label.startsWith("#") || label.startsWith("＃");
    boolean tagged =
        classes.contains(" hashtag ")
            || classes.contains(" tag ")
            || tags.stream()
                .anyMatch(t -> t instanceof NoteView.Tag.Hashtag && t.href().equals(href));
    return Optional.of(
        new HtmlText.Anchor(
            Optional.empty(),
            sign && tagged && label.length() > 1
                ? new Facet.Feature.Tag(label.substring(1))
                : new Facet.Feature.Link(href)));
  }

  /** Says whether an anchor, whose address is a page, stands for an actor, whose name is an id. */
  private boolean names(NoteView.Tag.Mention mention, String href, String classes, String label) {
    if (href.equals(mention.href())) {
      return true;
    }
    Optional<String> page = book.person(mention.href()).flatMap(KnownPerson::url);
    if (page.isPresent() && page.get().equals(href)) {
      return true;
    }
    String name = mention.name().startsWith("@") ? mention.name().substring(1) : mention.name();
    String user = name.contains("@") ? name.substring(0, name.indexOf('@')) : name;
    String shown = label.startsWith("@") ? label.substring(1) : label;
    return classes.contains(" mention ")
        && host(href).equals(host(mention.href()))
        && (shown.equalsIgnoreCase(user) || shown.equalsIgnoreCase(name));
  }

  private static String host(String iri) {
    try {
      String host = URI.create(iri).getHost();
      return host == null ? "" : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return iri; // equal to nothing but itself
    }
  }

  private HtmlText.Anchor mention(NoteView.Tag.Mention mention, String label) {
    ActorIri actor = new ActorIri(mention.href());
    Optional<KnownPerson> known = book.person(mention.href());
    String name = mention.name().startsWith("@") ? mention.name().substring(1) : mention.name();
    String acct =
        known
            .flatMap(KnownPerson::acct)
            .orElse(name.contains("@") ? name : name + "@" + actor.host());
    Optional<String> shown =
        !label.startsWith("@")
            ? Optional.empty()
            : known
                .filter(person -> person.did().isPresent())
                .flatMap(KnownPerson::handle)
                .map(handle -> "@" + handle)
                .or(() -> Optional.of("@" + acct));
    return new HtmlText.Anchor(
        shown,
        new Facet.Feature.Mention(
            known.flatMap(KnownPerson::did), Optional.of(actor), Optional.of(acct)));
  }
}
