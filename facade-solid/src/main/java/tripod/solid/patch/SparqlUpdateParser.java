package tripod.solid.patch;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;

/**
 * Reads the part of SPARQL Update that old Solid clients send: INSERT DATA, DELETE DATA, DELETE
 * WHERE, and DELETE/INSERT WHERE with plain triple patterns, over the one graph of the document.
 *
 * @see <a href="https://www.w3.org/TR/sparql11-update/">SPARQL 1.1 Update</a>
 */
final class SparqlUpdateParser {
  /** Most operations of one request. */
  private static final int OPERATIONS_MAX = 100;

  private final Tokens tokens;
  private final Terms terms;
  private final TripleGrammar grammar;

  SparqlUpdateParser(String text, String base) {
    this.tokens = new Tokens(text);
    this.terms = new Terms(base);
    this.grammar = new TripleGrammar(tokens, terms);
  }

  Patch parse() {
    List<Patch.Operation> operations = new ArrayList<>();
    prologue();
    while (tokens.peek().kind() != Token.Kind.END) {
      if (operations.size() == OPERATIONS_MAX) {
        throw new PatchFailure.Invalid("more than " + OPERATIONS_MAX + " operations");
      }
      operations.add(operation());
      if (!tokens.takeSign(';') && tokens.peek().kind() != Token.Kind.END) {
        throw tokens.peek().unexpected("';'");
      }
      prologue();
    }
    return new Patch(operations);
  }

  private void prologue() {
    while (tokens.peek().isWord("PREFIX") || tokens.peek().isWord("BASE")) {
      Prologue.declare(tokens, terms, tokens.take().isWord("PREFIX"));
    }
  }

  private Patch.Operation operation() {
    Token verb = tokens.take();
    return switch (verb.text().toUpperCase(Locale.ROOT)) {
      case "INSERT" -> tokens.peek().isWord("DATA") ? data(true) : modify(List.of(), verb);
      case "DELETE" -> {
        if (tokens.peek().isWord("DATA")) {
          yield data(false);
        }
        if (tokens.peek().isWord("WHERE")) {
          tokens.take();
          List<Triple> pattern = grammar.group();
          yield checked(pattern, pattern, List.of());
        }
        yield modify(grammar.group(), verb);
      }
      case "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH" ->
          throw new PatchFailure.Invalid(
              verb.text() + " is not part of the SPARQL Update that is taken here");
      default -> throw verb.unexpected("INSERT or DELETE");
    };
  }

  private Patch.Operation data(boolean isInsert) {
    tokens.take();
    List<Triple> triples = grammar.group();
    if (triples.stream().anyMatch(SparqlUpdateParser::hasVariable)) {
      throw new PatchFailure.Invalid("a variable in DATA");
    }
    return isInsert
        ? checked(List.of(), List.of(), triples)
        : checked(List.of(), triples, List.of());
  }

  private Patch.Operation modify(List<Triple> deletes, Token verb) {
    List<Triple> inserts = List.of();
    if (verb.isWord("INSERT")) {
      inserts = grammar.group();
    } else if (tokens.peek().isWord("INSERT")) {
      tokens.take();
      inserts = grammar.group();
    }
    Token where = tokens.take();
    if (where.isWord("USING")) {
      throw new PatchFailure.Invalid("USING is not part of the SPARQL Update that is taken here");
    }
    if (!where.isWord("WHERE")) {
      throw where.unexpected("WHERE");
    }
    return checked(grammar.group(), deletes, inserts);
  }

  private static Patch.Operation checked(
      List<Triple> where, List<Triple> deletes, List<Triple> inserts) {
    if (deletes.stream().anyMatch(SparqlUpdateParser::hasBlank)) {
      throw new PatchFailure.Invalid("a blank node cannot be named in deletions");
    }
    Set<Node> bound = new HashSet<>();
    where.forEach(triple -> bound.addAll(nodes(triple)));
    for (List<Triple> templates : List.of(deletes, inserts)) {
      for (Triple template : templates) {
        for (Node node : nodes(template)) {
          if (node.isVariable() && !bound.contains(node)) {
            throw new PatchFailure.Invalid("the conditions do not bind ?" + node.getName());
          }
        }
      }
    }
    return new Patch.Operation(where, deletes, inserts, false);
  }

  private static boolean hasVariable(Triple triple) {
    return nodes(triple).stream().anyMatch(Node::isVariable);
  }

  private static boolean hasBlank(Triple triple) {
    return nodes(triple).stream().anyMatch(Node::isBlank);
  }

  private static List<Node> nodes(Triple triple) {
    return List.of(triple.getSubject(), triple.getPredicate(), triple.getObject());
  }
}
