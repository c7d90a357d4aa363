package tripod.solid.representation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.sparql.core.Quad;
import org.jspecify.annotations.Nullable;

/** Where parsers put triples: counts, checks each term (SEC-31), and keeps them when asked to. */
final class CountingSink implements StreamRDF {
  private final @Nullable Set<Triple> kept;
  private final Map<String, String> prefixes = new LinkedHashMap<>();
  private int triples;

  /** Makes a sink that checks, and adds to {@code kept} unless it is null. */
  CountingSink(@Nullable Set<Triple> kept) {
    this.kept = kept;
  }

  Map<String, String> prefixes() {
    return prefixes;
  }

  @Override
  public void triple(Triple triple) {
    if (++triples > RdfLimits.TRIPLES_MAX) {
      throw new MalformedRdf("more than " + RdfLimits.TRIPLES_MAX + " triples");
    }
    check(triple.getSubject());
    check(triple.getPredicate());
    check(triple.getObject());
    if (kept != null) {
      kept.add(triple);
    }
  }

  @Override
  public void quad(Quad quad) {
    throw new MalformedRdf("a document is one graph, and this one names another");
  }

  @Override
  public void prefix(String prefix, String iri) {
    if (prefixes.size() >= RdfLimits.PREFIXES_MAX) {
      throw new MalformedRdf("more than " + RdfLimits.PREFIXES_MAX + " prefixes");
    }
    prefixes.put(prefix, iri);
  }

  @Override
  public void start() {}

  @Override
  public void base(String base) {}

  @Override
  public void finish() {}

  private static void check(Node node) {
    if (node.isURI()) {
      checkIri(node.getURI());
    } else if (node.isLiteral()) {
      String text = node.getLiteralLexicalForm();
      if (text.length() > RdfLimits.LITERAL_CHARS_MAX) {
        throw new MalformedRdf(
            "a literal of "
                + text.length()
                + " characters, at most "
                + RdfLimits.LITERAL_CHARS_MAX);
      }
    } else if (!node.isBlank()) {
      throw new MalformedRdf("terms of triples are IRIs, blank nodes and literals");
    }
  }

  /** Refuses what the grammar of IRIs does not have, and what has no scheme. */
  static void checkIri(String iri) {
    if (iri.length() > RdfLimits.IRI_CHARS_MAX) {
      throw new MalformedRdf(
          "an IRI of " + iri.length() + " characters, at most " + RdfLimits.IRI_CHARS_MAX);
    }
    boolean scheme = false;
    for (int i = 0; i < iri.length(); i++) {
      char c = iri.charAt(i);
      if (c == ':') {
        scheme |= i > 0;
      } else if (c <= ' ' || c == '<' || c == '>' || c == '"' || c == '{' || c == '}' || c == '|'
          || c == '\\' || c == '^' || c == '`') {
        throw new MalformedRdf("an IRI with a character that IRIs do not have: " + shown(iri));
      } else if (!scheme && (c == '/' || c == '#' || c == '?')) {
        break;
      }
    }
    if (!scheme) {
      throw new MalformedRdf("an IRI without a scheme: " + shown(iri));
    }
  }

  private static String shown(String iri) {
    return iri.length() > 80 ? iri.substring(0, 80) + "…" : iri;
  }
}
