package tripod.solid.representation;

import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;

/** Looks at the terms of a document that a parser read without checking them. */
final class TermCheck {
  private TermCheck() {}

  /**
   * Checks a triple.
   *
   * @throws MalformedRdf when a term is none of RDF 1.1, or an IRI that is not absolute
   */
  static void check(Triple triple) {
    check(triple.getSubject());
    check(triple.getPredicate());
    check(triple.getObject());
  }

  private static void check(Node node) {
    if (node.isURI()) {
      checkIri(node.getURI());
    } else if (!node.isLiteral() && !node.isBlank()) {
      throw new MalformedRdf("terms of triples are IRIs, blank nodes and literals");
    }
  }

  /** Refuses what the grammar of IRIs does not have, and what has no scheme. */
  private static void checkIri(String iri) {
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
