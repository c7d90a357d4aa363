package tripod.solid.patch;

import java.util.ArrayList;
import java.util.List;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDF;
import tripod.podstore.rdf.RdfLimits;
import tripod.solid.representation.NestingScan;

/**
 * Reads triples with variables: what stands inside of the braces of a patch, in N3 and SPARQL
 * alike.
 */
final class TripleGrammar {
  private final Tokens tokens;
  private final Terms terms;
  private List<Triple> triples = new ArrayList<>();
  private int depth;
  private int count;

  TripleGrammar(Tokens tokens, Terms terms) {
    this.tokens = tokens;
    this.terms = terms;
  }

  /** Reads {@code { … }}, from the brace that opens to the one that closes. */
  List<Triple> group() {
    tokens.expectSign('{');
    List<Triple> group = new ArrayList<>();
    triples = group;
    while (!tokens.takeSign('}')) {
      statement();
      if (!tokens.takeSign('.') && !tokens.peek().isSign('}')) {
        throw tokens.peek().unexpected("'.' or '}'");
      }
    }
    return group;
  }

  private void statement() {
    boolean isBlankList = tokens.peek().isSign('[');
    Node subject = term(false);
    if (!(isBlankList && endsStatement())) {
      predicates(subject);
    }
  }

  private boolean endsStatement() {
    return tokens.peek().isSign('.') || tokens.peek().isSign('}');
  }

  private void predicates(Node subject) {
    do {
      Node predicate = predicate();
      do {
        add(subject, predicate, term(true));
      } while (tokens.takeSign(','));
      boolean more = false;
      while (tokens.takeSign(';')) {
        more = true;
      }
      if (!more || endsStatement() || tokens.peek().isSign(']')) {
        return;
      }
    } while (true);
  }

  private void add(Node subject, Node predicate, Node object) {
    if (++count > RdfLimits.TRIPLES_MAX) {
      throw new PatchFailure.Malformed("more than " + RdfLimits.TRIPLES_MAX + " triples");
    }
    triples.add(Triple.create(subject, predicate, object));
  }

  private Node predicate() {
    Token token = tokens.take();
    return switch (token.kind()) {
      case IRI, NAME -> terms.iri(token);
      case VARIABLE -> NodeFactory.createVariable(token.text());
      case WORD -> {
        if (!token.text().equals("a")) {
          throw unsupported(token, "a predicate");
        }
        yield RDF.type.asNode();
      }
      default -> throw token.unexpected("a predicate");
    };
  }

  private Node term(boolean literalToo) {
    Token token = tokens.take();
    return switch (token.kind()) {
      case IRI, NAME -> terms.iri(token);
      case VARIABLE -> NodeFactory.createVariable(token.text());
      case BLANK -> terms.blank(token.text());
      case SIGN -> nested(token);
      case STRING -> {
        if (!literalToo) {
          throw token.unexpected("a subject");
        }
        yield terms.literal(token, tokens);
      }
      case INTEGER, DECIMAL, DOUBLE -> {
        if (!literalToo) {
          throw token.unexpected("a subject");
        }
        yield terms.number(token);
      }
      case WORD -> {
        if (!literalToo || !(token.text().equals("true") || token.text().equals("false"))) {
          throw unsupported(token, literalToo ? "an object" : "a subject");
        }
        yield Terms.bool(token);
      }
      default -> throw token.unexpected(literalToo ? "an object" : "a subject");
    };
  }

  private Node nested(Token sign) {
    return switch (sign.text().charAt(0)) {
      case '[' -> {
        enter();
        Node node = NodeFactory.createBlankNode();
        if (!tokens.peek().isSign(']')) {
          predicates(node);
        }
        tokens.expectSign(']');
        depth--;
        yield node;
      }
      case '(' -> {
        enter();
        Node list = list();
        depth--;
        yield list;
      }
      case '{' ->
          throw new PatchFailure.Invalid("a formula inside of a formula is not part of a patch");
      default -> throw sign.unexpected("a term");
    };
  }

  private Node list() {
    Node first = RDF.nil.asNode();
    Node last = first;
    while (!tokens.takeSign(')')) {
      Node cell = NodeFactory.createBlankNode();
      if (last.equals(RDF.nil.asNode())) {
        first = cell;
      } else {
        add(last, RDF.rest.asNode(), cell);
      }
      add(cell, RDF.first.asNode(), term(true));
      last = cell;
    }
    if (!first.equals(RDF.nil.asNode())) {
      add(last, RDF.rest.asNode(), RDF.nil.asNode());
    }
    return first;
  }

  private void enter() {
    if (++depth > NestingScan.DEPTH_MAX) {
      throw new PatchFailure.Malformed("nested deeper than " + NestingScan.DEPTH_MAX + " levels");
    }
  }

  /** A word that SPARQL knows is a construct we refuse; any other is a mistake. */
  private static PatchFailure unsupported(Token token, String wanted) {
    return switch (token.text().toUpperCase(java.util.Locale.ROOT)) {
      case "FILTER", "OPTIONAL", "UNION", "BIND", "GRAPH", "SERVICE", "VALUES", "MINUS", "SELECT" ->
          new PatchFailure.Invalid(
              token.text() + " is not part of the SPARQL Update that is taken here");
      default -> token.unexpected(wanted);
    };
  }
}
