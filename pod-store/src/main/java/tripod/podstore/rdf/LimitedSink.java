package tripod.podstore.rdf;

import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.sparql.core.Quad;
import tripod.podstore.PodFailure;

/** Fills a graph and refuses what passes a limit. */
final class LimitedSink implements StreamRDF {
  private final Graph graph;
  private int triples;
  private int prefixes;

  LimitedSink(Graph graph) {
    this.graph = graph;
  }

  @Override
  public void start() {}

  @Override
  public void triple(Triple triple) {
    if (++triples > RdfLimits.TRIPLES_MAX) {
      throw new PodFailure.TooLarge("more than " + RdfLimits.TRIPLES_MAX + " triples");
    }
    check(triple.getSubject());
    check(triple.getPredicate());
    check(triple.getObject());
    graph.add(triple);
  }

  private static void check(Node node) {
    if (node.isURI() && node.getURI().length() > RdfLimits.IRI_CHARS_MAX) {
      throw new PodFailure.TooLarge(
          "an IRI of more than " + RdfLimits.IRI_CHARS_MAX + " characters");
    }
    if (node.isLiteral() && node.getLiteralLexicalForm().length() > RdfLimits.LITERAL_CHARS_MAX) {
      throw new PodFailure.TooLarge(
          "a literal of more than " + RdfLimits.LITERAL_CHARS_MAX + " characters");
    }
  }

  @Override
  public void quad(Quad quad) {
    throw new PodFailure.Invalid("a document is one graph; this one names another");
  }

  @Override
  public void base(String base) {}

  @Override
  public void prefix(String prefix, String iri) {
    if (++prefixes > RdfLimits.PREFIXES_MAX) {
      throw new PodFailure.TooLarge("more than " + RdfLimits.PREFIXES_MAX + " prefixes");
    }
  }

  @Override
  public void finish() {}
}
