package tripod.solid.representation;

import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Node;

/** JSON-LD in expanded, flattened form: a list of node objects, without a context. */
final class JsonLdWriter extends GraphWriter {
  private static final String RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
  private static final String XSD_STRING = "http://www.w3.org/2001/XMLSchema#string";

  private boolean isFirst = true;

  JsonLdWriter(OutputStream out, IriForm iris) {
    super(out, iris);
    text.append('[');
  }

  @Override
  void block(Node subject, Map<Node, List<Node>> properties) {
    text.append(isFirst ? "{\"@id\":" : ",\n{\"@id\":");
    isFirst = false;
    quoted(name(subject));
    properties.forEach(
        (predicate, objects) -> {
          // Types must be names there; a literal or relative one is an ordinary property.
          boolean isType =
              predicate.getURI().equals(RDF_TYPE) && objects.stream().noneMatch(Node::isLiteral);
          text.append(',');
          quoted(isType ? "@type" : predicate.getURI());
          text.append(":[");
          String between = "";
          for (Node object : objects) {
            text.append(between);
            between = ",";
            if (isType) {
              // Types resolve against the vocabulary, not the document: never relative.
              quoted(object.isURI() ? object.getURI() : blank(object));
            } else {
              value(object);
            }
          }
          text.append(']');
        });
    text.append('}');
  }

  @Override
  void end() {
    text.append("]\n");
  }

  private void value(Node node) {
    if (!node.isLiteral()) {
      text.append("{\"@id\":");
      quoted(name(node));
      text.append('}');
      return;
    }
    text.append("{\"@value\":");
    quoted(node.getLiteralLexicalForm());
    String language = node.getLiteralLanguage();
    if (!language.isEmpty()) {
      text.append(",\"@language\":");
      quoted(language);
    } else if (!node.getLiteralDatatypeURI().equals(XSD_STRING)) {
      text.append(",\"@type\":");
      quoted(node.getLiteralDatatypeURI());
    }
    text.append('}');
  }

  private String name(Node node) {
    return node.isURI() ? spelled(node.getURI()) : blank(node);
  }

  private void quoted(String value) {
    text.append('"');
    appendEscaped(value);
    text.append('"');
  }
}
