package tripod.podstore.social;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.jena.datatypes.xsd.XSDDatatype;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.sparql.graph.GraphFactory;
import tripod.podstore.Aspect;
import tripod.podstore.Content;
import tripod.podstore.PodPath;
import tripod.podstore.PodReader;
import tripod.podstore.PodWriter;
import tripod.podstore.rdf.Graphs;
import tripod.syntax.Datetime;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/**
 * Whom the owner of a pod does not want to hear of (MUT-1).
 *
 * <p>One document, which its own access list keeps for the owner: it lies outside of the social
 * containers, so that no door makes a record, an activity or a page of it.
 */
public final class Mutes {
  /** Where the document is. */
  public static final PodPath PATH = new PodPath("/settings/mutes");

  private static final Node MUTE = Terms.tp("Mute");
  private static final Node TARGET = Terms.tp("target");
  private static final Node UNTIL = Terms.tp("until");

  private Mutes() {}

  /**
   * One person who is muted.
   *
   * @param target their actor or DID
   * @param until when it ends; empty for never
   */
  public record Mute(String target, Optional<Instant> until) {
    /** Says whether it still holds. */
    public boolean holds(Instant now) {
      return until.filter(end -> !end.isAfter(now)).isEmpty();
    }
  }

  /** Returns all mutes, those that have ended too. */
  public static List<Mute> list(PodReader view, PodNames names) {
    return read(graph(view, names));
  }

  /** Says whether a person is muted. */
  public static boolean isMuted(PodReader view, PodNames names, String person, Instant now) {
    return view.get(PATH).isPresent()
        && list(view, names).stream()
            .anyMatch(mute -> mute.target().equals(person) && mute.holds(now));
  }

  /** Mutes a person, or changes when that ends; mutes that have ended are forgotten. */
  public static void put(PodWriter writer, PodNames names, Mute mute) {
    List<Mute> all = held(writer, names, mute.target());
    all.add(mute);
    write(writer, names, all);
  }

  /**
   * Ends a mute.
   *
   * @return whether there was one
   */
  public static boolean remove(PodWriter writer, PodNames names, String target) {
    List<Mute> before = list(writer, names);
    if (before.stream().noneMatch(mute -> mute.target().equals(target))) {
      return false;
    }
    write(writer, names, held(writer, names, target));
    return true;
  }

  private static List<Mute> held(PodWriter writer, PodNames names, String without) {
    List<Mute> all = new ArrayList<>(list(writer, names));
    all.removeIf(mute -> mute.target().equals(without) || !mute.holds(writer.now()));
    return all;
  }

  private static void write(PodWriter writer, PodNames names, List<Mute> mutes) {
    boolean isNew = writer.get(PATH).isEmpty();
    writer.put(PATH, document(mutes, names));
    if (isNew) {
      writer.putAspect(PATH, Aspect.ACL, ownerAlone());
    }
  }

  /** Returns the document that says all mutes. */
  public static Content.Document document(List<Mute> mutes, PodNames names) {
    String base = names.iri(PATH.value());
    Graph graph = GraphFactory.createDefaultGraph();
    int number = 0;
    for (Mute mute : mutes) {
      Node node = Terms.iri(base + "#mute-" + ++number);
      graph.add(node, Terms.TYPE, MUTE);
      graph.add(node, TARGET, Terms.iri(mute.target()));
      mute.until()
          .ifPresent(
              end ->
                  graph.add(
                      node,
                      UNTIL,
                      NodeFactory.createLiteralDT(Times.shown(end), XSDDatatype.XSDdateTime)));
    }
    return RdfText.turtle(graph, base, names);
  }

  /** Returns the list that lets the owner in and nobody else, whatever lies above. */
  private static Content.Document ownerAlone() {
    String rules =
        """
        @prefix acl: <http://www.w3.org/ns/auth/acl#>.

        <#owner> a acl:Authorization;
          acl:agent </profile/card#me>;
          acl:accessTo <%s>;
          acl:mode acl:Read, acl:Write, acl:Control.
        """
            .formatted(PATH);
    return new Content.Document(MediaType.TURTLE, rules.getBytes(StandardCharsets.UTF_8));
  }

  private static Graph graph(PodReader view, PodNames names) {
    return view.get(PATH)
        .map(resource -> resource.content())
        .filter(Content.Document.class::isInstance)
        .map(Content.Document.class::cast)
        .filter(document -> RdfText.isRdf(document.mediaType()))
        .map(document -> Graphs.read(document, names.iri(PATH.value())))
        .orElseGet(GraphFactory::createDefaultGraph);
  }

  private static List<Mute> read(Graph graph) {
    List<Mute> mutes = new ArrayList<>();
    graph
        .find(Node.ANY, TARGET, Node.ANY)
        .toList()
        .forEach(
            triple -> {
              if (triple.getObject().isURI()) {
                Optional<Instant> until =
                    RdfCard.objects(graph, triple.getSubject(), UNTIL).stream()
                        .filter(Node::isLiteral)
                        .map(Node::getLiteralLexicalForm)
                        .filter(Datetime::isValid)
                        .map(Datetime::new)
                        .filter(Datetime::hasInstant)
                        .map(Datetime::instant)
                        .findFirst();
                mutes.add(new Mute(triple.getObject().getURI(), until));
              }
            });
    return mutes;
  }
}
