package tripod.podstore.social;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import tripod.syntax.Datetime;

/** Reads articles, events and lists of people from RDF (mapping 7.5 to 7.7, SOL-3). */
final class RdfKinds {
  static final Node VEVENT = Terms.iri(Terms.ICAL + "Vevent");
  static final Node SCHEMA_EVENT = Terms.iri(Terms.SCHEMA + "Event");

  private final Graph graph;
  private final Node self;
  private final Datetime born;
  private final Address address;

  RdfKinds(Graph graph, Node self, Datetime born, Address address) {
    this.graph = graph;
    this.self = self;
    this.born = born;
    this.address = address;
  }

  Social.Article article() {
    Optional<String> html = text(Terms.as("content"));
    return new Social.Article(
        text(Terms.as("name")).orElse(""),
        text(Terms.as("summary")).map(LongText::plain),
        html.map(LongText::plain).orElse(""),
        html,
        Optional.empty(),
        time(Terms.as("published")).orElse(born),
        time(Terms.as("updated")),
        objects(self, Terms.as("tag"))
            .filter(tag -> graph.contains(tag, Terms.TYPE, Terms.as("Hashtag")))
            .sorted(Comparator.comparing(Node::toString, RdfCard::byNumber))
            .flatMap(tag -> text(tag, Terms.as("name")).stream())
            .map(name -> name.startsWith("#") ? name.substring(1) : name)
            .toList(),
        address);
  }

  Social.PeopleList list() {
    List<Person> members = new ArrayList<>();
    Stream.concat(objects(self, Terms.as("items")), objects(self, Terms.as("orderedItems")))
        .filter(Node::isURI)
        .map(Node::getURI)
        .sorted()
        .forEach(iri -> RdfReading.person(iri).ifPresent(members::add));
    return new Social.PeopleList(
        text(Terms.as("name")).orElse(""),
        text(Terms.as("summary")).map(LongText::plain),
        members,
        time(Terms.as("published")).orElse(born),
        address);
  }

  /** An event in the words of ActivityStreams, iCalendar or schema.org, each where it has one. */
  Social.Event event() {
    Optional<String> html = text(Terms.as("content"));
    return new Social.Event(
        first(Terms.as("name"), ical("summary"), schema("name")).orElse(""),
        html.map(LongText::plain).or(() -> first(ical("description"), schema("description"))),
        html,
        firstTime(Terms.as("startTime"), ical("dtstart"), schema("startDate")),
        firstTime(Terms.as("endTime"), ical("dtend"), schema("endDate")),
        text(ical("status")).map(EventStatus::token),
        Optional.empty(),
        places(),
        links(),
        firstTime(Terms.as("published"), Terms.iri(Terms.DCT + "created")).orElse(born),
        address);
  }

  private List<Place> places() {
    List<Place> places = new ArrayList<>();
    objects(self, Terms.as("location"))
        .sorted(Comparator.comparing(Node::toString, RdfCard::byNumber))
        .forEach(node -> place(node).ifPresent(places::add));
    for (Node predicate : List.of(ical("location"), schema("location"))) {
      objects(self, predicate).forEach(node -> foreignPlace(node).ifPresent(places::add));
    }
    return places;
  }

  private Optional<Place> place(Node node) {
    Optional<String> name = text(node, Terms.as("name"));
    if (graph.contains(node, Terms.TYPE, Terms.as("VirtualLocation"))) {
      return objects(node, Terms.as("url"))
          .filter(Node::isURI)
          .findFirst()
          .map(url -> Place.online(url.getURI(), name));
    }
    Place plain = Place.named(name.orElse(""));
    return Optional.of(
        new Place(
            name,
            text(node, schema("streetAddress")),
            text(node, schema("addressLocality")),
            text(node, schema("addressRegion")),
            text(node, schema("postalCode")),
            text(node, schema("addressCountry")),
            text(node, Terms.as("latitude")),
            text(node, Terms.as("longitude")),
            plain.uri()));
  }

  private Optional<Place> foreignPlace(Node node) {
    return node.isLiteral()
        ? Optional.of(Place.named(node.getLiteralLexicalForm()))
        : text(node, schema("name")).map(Place::named);
  }

  private List<String> links() {
    return Stream.of(ical("url"), schema("url"), Terms.as("url"))
        .flatMap(predicate -> objects(self, predicate))
        .flatMap(
            node ->
                node.isURI() && graph.contains(node, Terms.as("href"), Node.ANY)
                    ? objects(node, Terms.as("href"))
                    : Stream.of(node))
        .map(
            node ->
                node.isURI() ? node.getURI() : node.isLiteral() ? node.getLiteralLexicalForm() : "")
        .filter(TextHtml::isWeb)
        .filter(uri -> !uri.equals(self.getURI()))
        .sorted()
        .toList();
  }

  private Optional<String> first(Node... predicates) {
    return Stream.of(predicates).flatMap(p -> text(p).stream()).findFirst();
  }

  private Optional<Datetime> firstTime(Node... predicates) {
    return Stream.of(predicates).flatMap(p -> time(p).stream()).findFirst();
  }

  private Optional<Datetime> time(Node predicate) {
    return text(predicate).filter(Datetime::isValid).map(Datetime::new);
  }

  private Optional<String> text(Node predicate) {
    return text(self, predicate);
  }

  private Optional<String> text(Node subject, Node predicate) {
    return objects(subject, predicate)
        .filter(Node::isLiteral)
        .map(Node::getLiteralLexicalForm)
        .sorted()
        .findFirst();
  }

  private Stream<Node> objects(Node subject, Node predicate) {
    return RdfCard.objects(graph, subject, predicate).stream();
  }

  static Node ical(String name) {
    return Terms.iri(Terms.ICAL + name);
  }

  static Node schema(String name) {
    return Terms.iri(Terms.SCHEMA + name);
  }
}
