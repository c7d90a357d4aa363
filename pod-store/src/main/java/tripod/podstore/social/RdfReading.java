package tripod.podstore.social;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import tripod.podstore.Resource;
import tripod.syntax.ActorIri;
import tripod.syntax.Datetime;
import tripod.syntax.Did;
import tripod.syntax.Language;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;
import tripod.syntax.SyntaxException;

/** Reads what an RDF document in a social container says (SOL-2, SOL-3). */
final class RdfReading {
  private static final List<String> CLASSES =
      List.of(
          "Note",
          "Like",
          "Announce",
          "Follow",
          "Block",
          "Article",
          "Event",
          "Collection",
          "Join",
          "TentativeAccept",
          "Leave",
          "Question");
  private static final Node SIOC_POST = Terms.iri(Terms.SIOC + "Post");
  private static final Node SIOC_CONTENT = Terms.iri(Terms.SIOC + "content");
  private static final Node POSTING = Terms.iri(Terms.SCHEMA + "SocialMediaPosting");

  private final Graph graph;
  private final Resource resource;
  private final PodNames names;
  private final NameBook book;
  private final Node self;

  private RdfReading(Graph graph, Resource resource, PodNames names, NameBook book, Node self) {
    this.graph = graph;
    this.resource = resource;
    this.names = names;
    this.book = book;
    this.self = self;
  }

  static Optional<Social> read(Graph graph, Resource resource, PodNames names, NameBook book) {
    if (resource.path().equals(SocialPaths.CARD)) {
      return Optional.of(RdfCard.read(graph, names));
    }
    return subject(graph, names.iri(resource.path().value()))
        .flatMap(self -> new RdfReading(graph, resource, names, book.withOwn(names), self).read());
  }

  /**
   * Returns what the document is about: itself, or the one part of it that is of a mapped class.
   */
  static Optional<Node> subject(Graph graph, String base) {
    Node document = Terms.iri(base);
    if (isMapped(graph, document)) {
      return Optional.of(document);
    }
    Set<Node> typed = new java.util.LinkedHashSet<>();
    graph
        .find(Node.ANY, Terms.TYPE, Node.ANY)
        .mapWith(t -> t.getSubject())
        .forEachRemaining(typed::add);
    List<Node> parts =
        typed.stream()
            .filter(node -> node.isURI() && node.getURI().startsWith(base + "#"))
            .filter(node -> isMapped(graph, node))
            .toList();
    return parts.size() == 1 ? Optional.of(parts.getFirst()) : Optional.empty();
  }

  private static boolean isMapped(Graph graph, Node node) {
    return CLASSES.stream().anyMatch(name -> graph.contains(node, Terms.TYPE, Terms.as(name)))
        || graph.contains(node, Terms.TYPE, SIOC_POST)
        || graph.contains(node, Terms.TYPE, POSTING)
        || graph.contains(node, Terms.TYPE, RdfKinds.VEVENT)
        || graph.contains(node, Terms.TYPE, RdfKinds.SCHEMA_EVENT);
  }

  private boolean is(String name) {
    return graph.contains(self, Terms.TYPE, Terms.as(name));
  }

  private Optional<Social> read() {
    Address address = Audiences.of(iris(self, "to"), iris(self, "cc"), names);
    if (is("Note")) {
      return Optional.of(post(address));
    }
    for (String kind :
        List.of("Like", "Announce", "Follow", "Block", "Join", "TentativeAccept", "Leave")) {
      if (is(kind)) {
        return iris(self, "object").stream()
            .findFirst()
            .flatMap(
                object ->
                    Acts.read(
                        kind,
                        object,
                        reaction(),
                        time("published").orElseGet(this::born),
                        address,
                        book));
      }
    }
    RdfKinds kinds = new RdfKinds(graph, self, born(), address);
    if (is("Article")) {
      return Optional.of(kinds.article());
    }
    if (is("Event")
        || graph.contains(self, Terms.TYPE, RdfKinds.VEVENT)
        || graph.contains(self, Terms.TYPE, RdfKinds.SCHEMA_EVENT)) {
      return Optional.of(kinds.event());
    }
    if (is("Collection")) {
      return Optional.of(kinds.list());
    }
    return is("Question")
        ? Optional.of(new Social.Unknown("Question", address.audience()))
        : foreign(address);
  }

  private Datetime born() {
    return Datetime.of(Times.born(resource));
  }

  private Optional<String> reaction() {
    return text(self, Terms.as("content"));
  }

  private Social.Post post(Address address) {
    Map<String, String> contents = contents();
    Map.Entry<String, String> main =
        contents.isEmpty() ? Map.entry("", "") : contents.entrySet().iterator().next();
    List<NoteView.Tag> tags = tags();
    HtmlPost html = HtmlPost.read(main.getValue(), Optional.empty(), tags, names, book);
    List<Media> media = media();
    boolean sensitive =
        text(self, Terms.as("sensitive"))
            .filter(v -> v.equals("true") || v.equals("1"))
            .isPresent();
    Optional<Ref> parent = iris(self, "inReplyTo").stream().findFirst().map(RefReading::of);
    contents.remove(main.getKey());
    contents.remove("");
    return new Social.Post(
        html.text(),
        html.facets(),
        html.html(),
        Language.isValid(main.getKey()) ? List.of(new Language(main.getKey())) : List.of(),
        contents,
        time("published").orElseGet(this::born),
        time("updated"),
        parent.map(ref -> new Reply(ref, ref)),
        objects(self, Terms.QUOTE).stream()
            .filter(Node::isURI)
            .findFirst()
            .map(node -> RefReading.of(node.getURI())),
        media,
        card(),
        text(self, Terms.as("summary")),
        Set.of(),
        sensitive,
        html.tags(),
        address);
  }

  /** HTML by language, the one without a language first, and otherwise by name. */
  private Map<String, String> contents() {
    Map<String, String> contents = new LinkedHashMap<>();
    objects(self, Terms.as("content")).stream()
        .filter(Node::isLiteral)
        .sorted(Comparator.comparing(Node::getLiteralLanguage))
        .forEach(
            node -> contents.putIfAbsent(node.getLiteralLanguage(), node.getLiteralLexicalForm()));
    return contents;
  }

  private List<NoteView.Tag> tags() {
    List<NoteView.Tag> tags = new ArrayList<>();
    for (Node node : ordered(self, "tag")) {
      String href = iris(node, "href").stream().findFirst().orElse("");
      String name = text(node, Terms.as("name")).orElse("");
      if (graph.contains(node, Terms.TYPE, Terms.as("Mention")) && ActorIri.isValid(href)) {
        tags.add(new NoteView.Tag.Mention(href, name));
      } else if (graph.contains(node, Terms.TYPE, Terms.as("Hashtag"))) {
        tags.add(new NoteView.Tag.Hashtag(href, name));
      }
    }
    return tags;
  }

  private List<Media> media() {
    List<Media> media = new ArrayList<>();
    for (Node node : ordered(self, "attachment")) {
      Optional<String> address =
          iris(node, "url").stream().findFirst().or(() -> iris(node, "href").stream().findFirst());
      if (address.isPresent() && !graph.contains(node, Terms.TYPE, Terms.as("Link"))) {
        Optional<MediaType> type = text(node, Terms.as("mediaType")).flatMap(RdfReading::mediaType);
        Media plain = MediaAddress.media(address.get(), kind(node, type), names);
        media.add(
            new Media(
                plain.kind(),
                plain.blob(),
                plain.url(),
                type,
                Optional.empty(),
                text(node, Terms.as("name")),
                number(node, "width"),
                number(node, "height")));
      }
    }
    return media;
  }

  private Media.Kind kind(Node node, Optional<MediaType> type) {
    for (Media.Kind kind : Media.Kind.values()) {
      String name =
          kind.name().charAt(0) + kind.name().substring(1).toLowerCase(java.util.Locale.ROOT);
      if (kind != Media.Kind.DOCUMENT && graph.contains(node, Terms.TYPE, Terms.as(name))) {
        return kind;
      }
    }
    return MediaAddress.kind(type);
  }

  private Optional<Card> card() {
    return ordered(self, "attachment").stream()
        .filter(node -> graph.contains(node, Terms.TYPE, Terms.as("Link")))
        .flatMap(
            node ->
                iris(node, "href").stream()
                    .map(
                        href ->
                            new Card(
                                href,
                                text(node, Terms.as("name")).orElse(""),
                                text(node, Terms.as("summary")).orElse(""),
                                Optional.empty())))
        .findFirst();
  }

  /** Posts in other words, for reading (SOL-3); their plain text is their content. */
  private Optional<Social> foreign(Address address) {
    Optional<String> text =
        graph.contains(self, Terms.TYPE, SIOC_POST)
            ? text(self, SIOC_CONTENT)
            : graph.contains(self, Terms.TYPE, POSTING)
                ? text(self, Terms.iri(Terms.SCHEMA + "articleBody"))
                    .or(() -> text(self, Terms.iri(Terms.SCHEMA + "text")))
                : Optional.empty();
    return text.map(words -> Social.Post.ofText(words, List.of(), List.of(), born(), address));
  }

  private static Optional<MediaType> mediaType(String text) {
    try {
      return Optional.of(MediaType.parse(text));
    } catch (SyntaxException e) {
      return Optional.empty(); // kept in the document
    }
  }

  private Optional<Long> number(Node node, String name) {
    return text(node, Terms.as(name))
        .filter(digits -> digits.matches("[0-9]{1,9}"))
        .map(Long::valueOf)
        .filter(number -> number > 0);
  }

  private Optional<Datetime> time(String name) {
    return text(self, Terms.as(name)).filter(Datetime::isValid).map(Datetime::new);
  }

  private List<Node> ordered(Node subject, String name) {
    List<Node> nodes = new ArrayList<>(objects(subject, Terms.as(name)));
    nodes.sort(Comparator.comparing(Node::toString, RdfCard::byNumber));
    return nodes;
  }

  private List<String> iris(Node subject, String name) {
    return objects(subject, Terms.as(name)).stream()
        .filter(Node::isURI)
        .map(Node::getURI)
        .sorted()
        .toList();
  }

  private Optional<String> text(Node subject, Node predicate) {
    Stream<Node> objects = objects(subject, predicate).stream();
    return objects.filter(Node::isLiteral).map(Node::getLiteralLexicalForm).sorted().findFirst();
  }

  private Set<Node> objects(Node subject, Node predicate) {
    return RdfCard.objects(graph, subject, predicate);
  }

  /** Returns the person that an IRI names. */
  static Optional<Person> person(String iri) {
    if (Did.isValid(iri)) {
      return Optional.of(new Person(Optional.of(new Did(iri)), Optional.empty()));
    }
    return ActorIri.isValid(iri)
        ? Optional.of(new Person(Optional.empty(), Optional.of(new ActorIri(iri))))
        : Optional.empty();
  }
}
