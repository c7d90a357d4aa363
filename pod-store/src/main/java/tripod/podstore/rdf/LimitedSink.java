package tripod.podstore.rdf;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.sparql.core.Quad;
import tripod.podstore.PodFailure;

/**
 * Where a parser puts what it reads of one document: hands each triple on and refuses what passes a
 * limit of {@link RdfLimits} (SEC-31). Used by one thread, for one document.
 */
public final class LimitedSink implements StreamRDF {
  private final Consumer<Triple> taken;
  private final Map<String, String> prefixes = new LinkedHashMap<>();
  private int triples;

  /**
   * Makes a sink.
   *
   * @param taken is given each triple, in the order of the document and as often as it says it
   */
  public LimitedSink(Consumer<Triple> taken) {
    this.taken = taken;
  }

  /** Returns the namespaces by prefix, in the order in which the document names them first. */
  public Map<String, String> prefixes() {
    return Collections.unmodifiableMap(prefixes);
  }

  /**
   * Takes a triple.
   *
   * @throws PodFailure.TooLarge when it is one too many, or one of its terms is too long
   */
  @Override
  public void triple(Triple triple) {
    if (++triples > RdfLimits.TRIPLES_MAX) {
      throw new PodFailure.TooLarge("more than " + RdfLimits.TRIPLES_MAX + " triples");
    }
    check(triple.getSubject());
    check(triple.getPredicate());
    check(triple.getObject());
    taken.accept(triple);
  }

  private static void check(Node node) {
    if (node.isURI()) {
      check("an IRI", node.getURI().length(), RdfLimits.IRI_CHARS_MAX);
    } else if (node.isLiteral()) {
      check("a literal", node.getLiteralLexicalForm().length(), RdfLimits.LITERAL_CHARS_MAX);
    }
  }

  private static void check(String what, int chars, int charsMax) {
    if (chars > charsMax) {
      throw new PodFailure.TooLarge(what + " of " + chars + " characters, at most " + charsMax);
    }
  }

  /**
   * Refuses a triple of a named graph.
   *
   * @throws PodFailure.Invalid always
   */
  @Override
  public void quad(Quad quad) {
    throw new PodFailure.Invalid("a document is one graph; this one names another");
  }

  /**
   * Takes a prefix; one that is declared again counts once.
   *
   * @throws PodFailure.TooLarge when it is one too many
   */
  @Override
  public void prefix(String prefix, String iri) {
    prefixes.put(prefix, iri);
    if (prefixes.size() > RdfLimits.PREFIXES_MAX) {
      throw new PodFailure.TooLarge("more than " + RdfLimits.PREFIXES_MAX + " prefixes");
    }
  }

  @Override
  public void start() {}

  @Override
  public void base(String base) {}

  @Override
  public void finish() {}
}
