package tripod.solid.patch;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDF;

/**
 * Reads N3 Patch: one patch node with at most one formula each of where, deletes and inserts.
 *
 * @see <a href="https://solidproject.org/TR/protocol#n3-patch">Solid Protocol: N3 Patch</a>
 */
final class N3PatchParser {
  private static final String SOLID = "http://www.w3.org/ns/solid/terms#";
  private static final Node PATCH = NodeFactory.createURI(SOLID + "InsertDeletePatch");
  private static final String WHERE = SOLID + "where";
  private static final String INSERTS = SOLID + "inserts";
  private static final String DELETES = SOLID + "deletes";

  private final Tokens tokens;
  private final Terms terms;
  private final TripleGrammar grammar;
  private final Set<Node> patchNodes = new LinkedHashSet<>();
  private final Set<Node> formulaSubjects = new LinkedHashSet<>();
  private final Set<Node> outerBlanks = new HashSet<>();
  private final Map<String, List<Triple>> formulae = new HashMap<>();

  N3PatchParser(String text, String base) {
    this.tokens = new Tokens(text);
    this.terms = new Terms(base);
    this.grammar = new TripleGrammar(tokens, terms);
  }

  Patch parse() {
    while (tokens.peek().kind() != Token.Kind.END) {
      if (!directive()) {
        statement();
      }
    }
    if (patchNodes.size() != 1) {
      throw new PatchFailure.Invalid(
          "exactly one solid:InsertDeletePatch is needed, found " + patchNodes.size());
    }
    if (!patchNodes.containsAll(formulaSubjects)) {
      throw new PatchFailure.Invalid("formulae belong to the one solid:InsertDeletePatch");
    }
    List<Triple> where = formulae.getOrDefault(WHERE, List.of());
    List<Triple> deletes = formulae.getOrDefault(DELETES, List.of());
    List<Triple> inserts = formulae.getOrDefault(INSERTS, List.of());
    checkVariables(where, deletes, inserts);
    checkBlanks(where, deletes, inserts);
    return new Patch(List.of(new Patch.Operation(where, deletes, inserts, true)));
  }

  private boolean directive() {
    Token token = tokens.peek();
    boolean isAt = token.kind() == Token.Kind.AT;
    boolean isPrefix = isAt ? token.text().equals("prefix") : token.isWord("PREFIX");
    boolean isBase = isAt ? token.text().equals("base") : token.isWord("BASE");
    if (!isPrefix && !isBase) {
      return false;
    }
    tokens.take();
    Prologue.declare(tokens, terms, isPrefix);
    if (isAt) {
      tokens.expectSign('.');
    }
    return true;
  }

  private void statement() {
    Node subject = outerTerm(tokens.take(), "a subject");
    do {
      if (tokens.peek().isSign('.')) {
        break; // a list of predicates may end with a semicolon
      }
      String predicate = outerPredicate();
      do {
        object(subject, predicate);
      } while (tokens.takeSign(','));
    } while (tokens.takeSign(';'));
    tokens.expectSign('.');
  }

  private void object(Node subject, String predicate) {
    boolean isFormula = tokens.peek().isSign('{');
    boolean takesFormula =
        predicate.equals(WHERE) || predicate.equals(INSERTS) || predicate.equals(DELETES);
    if (takesFormula) {
      if (!isFormula) {
        throw new PatchFailure.Invalid(predicate + " needs a formula");
      }
      formulaSubjects.add(subject);
      if (formulae.put(predicate, grammar.group()) != null) {
        throw new PatchFailure.Invalid("two formulae of " + predicate);
      }
      return;
    }
    if (isFormula) {
      throw new PatchFailure.Invalid("a formula where none belongs: " + predicate);
    }
    Node object = outerTerm(tokens.take(), "an object");
    if (predicate.equals(RDF.type.getURI()) && object.equals(PATCH)) {
      patchNodes.add(subject);
    }
  }

  private String outerPredicate() {
    Token token = tokens.take();
    if (token.kind() == Token.Kind.WORD && token.text().equals("a")) {
      return RDF.type.getURI();
    }
    if (token.kind() != Token.Kind.IRI && token.kind() != Token.Kind.NAME) {
      throw token.unexpected("a predicate");
    }
    return terms.iri(token).getURI();
  }

  private Node outerTerm(Token token, String wanted) {
    return switch (token.kind()) {
      case IRI, NAME -> terms.iri(token);
      case BLANK -> {
        Node node = terms.blank(token.text());
        outerBlanks.add(node);
        yield node;
      }
      case SIGN -> {
        if (token.text().equals("[") && tokens.takeSign(']')) {
          yield NodeFactory.createBlankNode();
        }
        throw token.unexpected(wanted);
      }
      case STRING -> terms.literal(token, tokens);
      case INTEGER, DECIMAL, DOUBLE -> terms.number(token);
      default -> throw token.unexpected(wanted);
    };
  }

  private static void checkVariables(
      List<Triple> where, List<Triple> deletes, List<Triple> inserts) {
    Set<Node> bound = nodes(where);
    for (List<Triple> templates : List.of(deletes, inserts)) {
      for (Node node : nodes(templates)) {
        if (node.isVariable() && !bound.contains(node)) {
          throw new PatchFailure.Invalid("the conditions do not bind ?" + node.getName());
        }
      }
    }
  }

  /**
   * The 0.12 draft's rules: blank nodes may be inserted, if their labels mean nothing elsewhere.
   */
  private void checkBlanks(List<Triple> where, List<Triple> deletes, List<Triple> inserts) {
    if (nodes(deletes).stream().anyMatch(Node::isBlank)) {
      throw new PatchFailure.Invalid("a blank node cannot be named in deletions");
    }
    Set<Node> elsewhere = nodes(where);
    elsewhere.addAll(outerBlanks);
    if (nodes(inserts).stream().anyMatch(node -> node.isBlank() && elsewhere.contains(node))) {
      throw new PatchFailure.Invalid("a blank node of the insertions is also named elsewhere");
    }
  }

  private static Set<Node> nodes(List<Triple> triples) {
    Set<Node> nodes = new LinkedHashSet<>();
    for (Triple triple : triples) {
      nodes.addAll(List.of(triple.getSubject(), triple.getPredicate(), triple.getObject()));
    }
    return nodes;
  }
}
