package tripod.podstore.query;

import java.util.Map;
import org.apache.jena.datatypes.TypeMapper;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.eclipse.rdf4j.model.BNode;
import org.eclipse.rdf4j.model.IRI;
import org.eclipse.rdf4j.model.Literal;
import org.eclipse.rdf4j.model.Resource;
import org.eclipse.rdf4j.model.Value;
import org.eclipse.rdf4j.model.ValueFactory;
import org.eclipse.rdf4j.model.impl.SimpleValueFactory;

/** The one place where terms of the one library become terms of the other. */
final class Terms {
  private static final ValueFactory VALUES = SimpleValueFactory.getInstance();

  private Terms() {}

  static Value value(Node node, String scope) {
    if (node.isLiteral()) {
      String text = node.getLiteralLexicalForm();
      return node.getLiteralLanguage().isEmpty()
          ? VALUES.createLiteral(text, VALUES.createIRI(node.getLiteralDatatypeURI()))
          : VALUES.createLiteral(text, node.getLiteralLanguage());
    }
    return resource(node, scope);
  }

  /** Blank nodes of two documents must not meet: their labels carry the document's. */
  static Resource resource(Node node, String scope) {
    return node.isURI()
        ? VALUES.createIRI(node.getURI())
        : VALUES.createBNode(scope + node.getBlankNodeLabel());
  }

  static IRI iri(String iri) {
    return VALUES.createIRI(iri);
  }

  static Node node(Value value, Map<String, Node> blanks) {
    return switch (value) {
      case IRI iri -> NodeFactory.createURI(iri.stringValue());
      case BNode blank -> blanks.computeIfAbsent(blank.getID(), _ -> NodeFactory.createBlankNode());
      case Literal literal ->
          literal.getLanguage().isPresent()
              ? NodeFactory.createLiteralLang(literal.getLabel(), literal.getLanguage().get())
              : NodeFactory.createLiteralDT(
                  literal.getLabel(),
                  TypeMapper.getInstance().getSafeTypeByName(literal.getDatatype().stringValue()));
      default -> throw new IllegalArgumentException("no term: " + value);
    };
  }
}
