package tripod.podstore.social;

import java.util.Optional;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import tripod.podstore.Resource;
import tripod.syntax.ActorIri;
import tripod.syntax.Datetime;
import tripod.syntax.PodNames;

/** Writes articles, events and lists of people as RDF (mapping 7.5 to 7.7, from the pivot). */
final class KindGraph {
  private final Graph graph;
  private final String id;
  private final Node self;
  private final PodNames names;

  KindGraph(Graph graph, Resource resource, PodNames names) {
    this.graph = graph;
    this.id = names.iri(resource.path().value());
    this.self = Terms.iri(id);
    this.names = names;
  }

  void article(Social.Article article, Resource resource) {
    head("Article", article.address());
    add(self, Terms.as("name"), text(article.title()));
    article
        .description()
        .ifPresent(about -> add(self, Terms.as("summary"), text(LongText.html(about))));
    add(
        self,
        Terms.as("content"),
        text(article.html().orElseGet(() -> LongText.html(article.text()))));
    published(article.published(), resource);
    article.updated().ifPresent(time -> add(self, Terms.as("updated"), Terms.time(time)));
    int number = 0;
    for (String tag : article.tags()) {
      Node node = part("tag", ++number);
      add(self, Terms.as("tag"), node);
      add(node, Terms.TYPE, Terms.as("Hashtag"));
      add(
          node,
          Terms.as("href"),
          Terms.iri(new TextHtml(NameBook.EMPTY, NoteView.tagBase(names)).tagPage(tag)));
      add(node, Terms.as("name"), text("#" + tag));
    }
  }

  void list(Social.PeopleList list, Resource resource) {
    head("Collection", list.address());
    add(self, Terms.as("name"), text(list.name()));
    list.description()
        .ifPresent(about -> add(self, Terms.as("summary"), text(LongText.html(about))));
    published(list.published(), resource);
    for (Person member : list.members()) {
      add(
          self,
          Terms.as("items"),
          Terms.iri(
              member
                  .actor()
                  .map(ActorIri::value)
                  .orElseGet(() -> member.did().orElseThrow().value())));
    }
  }

  void event(Social.Event event, Resource resource) {
    head("Event", event.address());
    add(self, Terms.as("name"), text(event.name()));
    Optional<String> html = event.html().or(() -> event.description().map(LongText::html));
    html.ifPresent(words -> add(self, Terms.as("content"), text(words)));
    published(event.published(), resource);
    event.starts().ifPresent(time -> add(self, Terms.as("startTime"), moment(time)));
    event.ends().ifPresent(time -> add(self, Terms.as("endTime"), moment(time)));
    event
        .status()
        .ifPresent(token -> add(self, RdfKinds.ical("status"), text(EventStatus.ical(token))));
    event.links().forEach(link -> add(self, Terms.as("url"), Terms.iri(link)));
    int number = 0;
    for (Place place : event.places()) {
      Node node = part("location", ++number);
      add(self, Terms.as("location"), node);
      place(node, place);
    }
  }

  private void place(Node node, Place place) {
    add(node, Terms.TYPE, Terms.as(place.isOnline() ? "VirtualLocation" : "Place"));
    maybe(node, Terms.as("name"), place.name());
    place.uri().ifPresent(uri -> add(node, Terms.as("url"), Terms.iri(uri)));
    maybe(node, RdfKinds.schema("streetAddress"), place.street());
    maybe(node, RdfKinds.schema("addressLocality"), place.locality());
    maybe(node, RdfKinds.schema("addressRegion"), place.region());
    maybe(node, RdfKinds.schema("postalCode"), place.postalCode());
    maybe(node, RdfKinds.schema("addressCountry"), place.country());
    maybe(node, Terms.as("latitude"), place.latitude());
    maybe(node, Terms.as("longitude"), place.longitude());
  }

  private void head(String type, Address address) {
    add(self, Terms.TYPE, Terms.as(type));
    add(self, Terms.as("attributedTo"), Terms.iri(names.actor().value()));
    AddressView view = AddressView.of(address, names);
    for (String iri : view.to()) {
      add(self, Terms.as("to"), Terms.iri(iri));
    }
    for (String iri : view.cc()) {
      add(self, Terms.as("cc"), Terms.iri(iri));
    }
  }

  private void published(Datetime time, Resource resource) {
    add(
        self,
        Terms.as("published"),
        NodeFactory.createLiteralDT(
            Times.shown(Times.instant(time, resource)), XSDDatatype.XSDdateTime));
  }

  /** An offset that is not UTC was meant: the hour is that of the place. */
  private static Node moment(Datetime time) {
    return NodeFactory.createLiteralDT(Times.moment(time), XSDDatatype.XSDdateTime);
  }

  private void maybe(Node node, Node predicate, Optional<String> value) {
    value.ifPresent(words -> add(node, predicate, text(words)));
  }

  private Node part(String name, int number) {
    return Terms.iri(id + "#" + name + "-" + number);
  }

  private void add(Node subject, Node predicate, Node object) {
    if (!object.isURI() || Terms.isIri(object.getURI())) {
      graph.add(subject, predicate, object);
    }
  }

  private static Node text(String words) {
    return NodeFactory.createLiteralString(words);
  }
}
