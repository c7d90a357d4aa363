package tripod.podstore.social;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.sparql.graph.GraphFactory;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.Resource;
import tripod.podstore.rdf.Graphs;
import tripod.syntax.Cid;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/**
 * The form in which Solid clients write social resources: Turtle, JSON-LD or N-Triples in the terms
 * of ActivityStreams, and the person's card (SOL-2).
 *
 * <p>Writing changes the properties that the pivot changed and keeps every other triple (LENS-2).
 */
public final class RdfCodec implements SocialCodec {
  private static final Set<String> NESTED = Set.of("tag", "attachment", "url", "location");
  private static final List<Node> OWN =
      List.of(
          Terms.as("content"),
          Terms.as("published"),
          Terms.as("updated"),
          Terms.as("summary"),
          Terms.as("sensitive"),
          Terms.as("inReplyTo"),
          Terms.as("to"),
          Terms.as("cc"),
          Terms.as("tag"),
          Terms.as("attachment"),
          Terms.as("object"),
          Terms.as("name"),
          Terms.as("items"),
          Terms.as("startTime"),
          Terms.as("endTime"),
          Terms.as("location"),
          Terms.QUOTE);

  private static final Content.Document EMPTY = new Content.Document(MediaType.TURTLE, new byte[0]);

  private final NameBook book;

  /** Makes the codec. */
  public RdfCodec(NameBook book) {
    this.book = book;
  }

  @Override
  public boolean owns(Content.Document document) {
    return RdfText.isRdf(document.mediaType());
  }

  @Override
  public Optional<Social> read(Resource resource, PodNames names) {
    return resource.content() instanceof Content.Document document
        ? RdfReading.read(
            Graphs.read(document, names.iri(resource.path().value())), resource, names, book)
        : Optional.empty();
  }

  @Override
  public Optional<Graph> graph(Resource resource, PodNames names) {
    return resource.content() instanceof Content.Document document
        ? Optional.of(Graphs.read(document, names.iri(resource.path().value())))
        : Optional.empty();
  }

  @Override
  public Optional<Written> write(
      Social next, PodPath path, Optional<Content.Document> previous, PodNames names) {
    if (next instanceof Social.ThreadGate || next instanceof Social.ListMember) {
      return Optional.empty(); // a document says it of the post or of the list
    }
    String base = names.iri(path.value());
    if (previous.isEmpty()) {
      Graph graph = SocialGraph.of(next, Draft.of(path, EMPTY), names, book);
      return Optional.of(written(RdfText.turtle(graph, base, names), graph, names));
    }
    Graph before = Graphs.read(previous.get(), base);
    Graph after = RdfCard.copy(before);
    if (next instanceof Social.Profile profile) {
      card(before, after, profile, names);
    } else {
      note(before, after, next, path, names);
    }
    return Optional.of(
        after.isIsomorphicWith(before)
            ? written(previous.get(), after, names) // LENS-1
            : written(RdfText.turtle(after, base, names), after, names));
  }

  private void card(Graph before, Graph after, Social.Profile next, PodNames names) {
    Graph was = GraphFactory.createDefaultGraph();
    RdfCard.write(was, RdfCard.read(before, names), names);
    Graph now = GraphFactory.createDefaultGraph();
    RdfCard.write(now, next, names);
    replace(was, now, after, Terms.iri(names.webId().value()), RdfCard.PREDICATES);
  }

  private void note(Graph before, Graph after, Social next, PodPath path, PodNames names) {
    Node self =
        RdfReading.subject(before, names.iri(path.value()))
            .orElse(Terms.iri(names.iri(path.value())));
    Resource resource = Draft.of(path, EMPTY);
    Optional<Social> said = RdfReading.read(before, resource, names, book);
    Graph now = SocialGraph.of(next, resource, names, book);
    Graph was =
        said.map(social -> SocialGraph.of(social, resource, names, book))
            .orElseGet(GraphFactory::createDefaultGraph);
    replace(was, now, after, self, OWN);
  }

  /** Replaces the properties in which two states of the pivot differ. */
  private static void replace(Graph was, Graph now, Graph after, Node self, List<Node> predicates) {
    for (Node predicate : predicates) {
      Set<Triple> old = tree(was, self, predicate);
      Set<Triple> fresh = tree(now, self, predicate);
      if (!old.equals(fresh)) {
        tree(after, self, predicate).forEach(after::delete);
        fresh.forEach(after::add);
      }
    }
  }

  /**
   * Returns the values of a property, with what is said of those that are parts of the resource.
   */
  private static Set<Triple> tree(Graph graph, Node self, Node predicate) {
    Set<Triple> triples = new LinkedHashSet<>();
    graph
        .find(self, predicate, Node.ANY)
        .forEachRemaining(
            triple -> {
              triples.add(triple);
              Node part = triple.getObject();
              boolean nested =
                  part.isBlank()
                      || (part.isURI()
                          && part.getURI().contains("#")
                          && NESTED.contains(predicate.getLocalName()));
              if (nested) {
                graph.find(part, Node.ANY, Node.ANY).forEachRemaining(triples::add);
              }
            });
    return triples;
  }

  private static Written written(Content.Document document, Graph graph, PodNames names) {
    List<Cid> blobs = new ArrayList<>();
    graph
        .find()
        .mapWith(Triple::getObject)
        .filterKeep(Node::isURI)
        .forEachRemaining(
            node ->
                names
                    .path(node.getURI())
                    .flatMap(MediaAddress::blob)
                    .filter(blob -> !blobs.contains(blob))
                    .ifPresent(blobs::add));
    return new Written(document, List.copyOf(blobs));
  }
}
