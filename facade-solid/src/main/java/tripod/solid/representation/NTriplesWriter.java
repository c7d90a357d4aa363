package tripod.solid.representation;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Node;

/** N-Triples: one line a triple, IRIs in full. */
final class NTriplesWriter extends GraphWriter {
  private static final String XSD_STRING = "http://www.w3.org/2001/XMLSchema#string";

  NTriplesWriter(OutputStream out) {
    super(out, IriForm.ABSOLUTE);
  }

  @Override
  void block(Node subject, Map<Node, List<Node>> properties) {
    properties.forEach(
        (predicate, objects) -> {
          for (Node object : objects) {
            term(subject);
            text.append(' ');
            term(predicate);
            text.append(' ');
            term(object);
            text.append(" .\n");
          }
        });
  }

  @Override
  void end() {}

  private void term(Node node) {
    if (node.isURI()) {
      text.append('<').append(node.getURI()).append('>');
    } else if (node.isBlank()) {
      text.append(blank(node));
    } else {
      text.append('"');
      appendEscaped(node.getLiteralLexicalForm());
      text.append('"');
      String language = node.getLiteralLanguage();
      if (!language.isEmpty()) {
        text.append('@').append(language);
      } else if (!node.getLiteralDatatypeURI().equals(XSD_STRING)) {
        text.append("^^<").append(node.getLiteralDatatypeURI()).append('>');
      }
    }
  }
}
