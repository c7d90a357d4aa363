package tripod.solid.representation;

import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Node;

/** Turtle, one block a subject. */
final class TurtleWriter extends GraphWriter {
  private static final String RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type";
  private static final String XSD = "http://www.w3.org/2001/XMLSchema#";

  private final Map<String, String> prefixByNamespace = new LinkedHashMap<>();

  TurtleWriter(OutputStream out, Map<String, String> prefixes, IriForm iris) {
    super(out, iris);
    prefixes.forEach(
        (prefix, namespace) -> {
          if (isPrefix(prefix) && prefixByNamespace.putIfAbsent(namespace, prefix) == null) {
            text.append("@prefix ").append(prefix).append(": <");
            appendIri(namespace);
            text.append("> .\n");
          }
        });
    if (!prefixByNamespace.isEmpty()) {
      text.append('\n');
    }
  }

  @Override
  void block(Node subject, Map<Node, List<Node>> properties) {
    term(subject);
    String before = " ";
    for (var property : properties.entrySet()) {
      text.append(before);
      before = " ;\n    ";
      if (property.getKey().getURI().equals(RDF_TYPE)) {
        text.append('a');
      } else {
        term(property.getKey());
      }
      String between = " ";
      for (Node object : property.getValue()) {
        text.append(between);
        between = ", ";
        term(object);
      }
    }
    text.append(" .\n");
  }

  @Override
  void end() {}

  private void term(Node node) {
    if (node.isURI()) {
      iri(node.getURI());
    } else if (node.isBlank()) {
      text.append(blank(node));
    } else {
      literal(node);
    }
  }

  private void iri(String iri) {
    int cut = Math.max(iri.lastIndexOf('#'), iri.lastIndexOf('/')) + 1;
    String prefix = prefixByNamespace.get(iri.substring(0, cut));
    if (prefix != null && isLocalName(iri, cut)) {
      text.append(prefix).append(':').append(iri, cut, iri.length());
      return;
    }
    text.append('<');
    appendIri(spelled(iri));
    text.append('>');
  }

  private void appendIri(String iri) {
    for (int i = 0; i < iri.length(); i++) {
      char c = iri.charAt(i);
      if (c <= ' ' || c == '<' || c == '>' || c == '"' || c == '{' || c == '}' || c == '|'
          || c == '^' || c == '`' || c == '\\') {
        text.append(String.format("\\u%04X", (int) c));
      } else {
        text.append(c);
      }
    }
  }

  private void literal(Node node) {
    String value = node.getLiteralLexicalForm();
    String datatype = node.getLiteralDatatypeURI();
    if (isShort(value, datatype)) {
      text.append(value);
      return;
    }
    text.append('"');
    appendEscaped(value);
    text.append('"');
    String language = node.getLiteralLanguage();
    if (!language.isEmpty()) {
      text.append('@').append(language);
    } else if (!datatype.equals(XSD + "string")) {
      text.append("^^");
      iri(datatype);
    }
  }

  /** Turtle 2.5.2 and 2.5.3: numbers and booleans that may stand without quotation marks. */
  private static boolean isShort(String value, String datatype) {
    if (!datatype.startsWith(XSD)) {
      return false;
    }
    return switch (datatype.substring(XSD.length())) {
      case "boolean" -> value.equals("true") || value.equals("false");
      case "integer" -> isDigits(value, !value.isEmpty() && isSign(value.charAt(0)) ? 1 : 0);
      default -> false;
    };
  }

  private static boolean isSign(char c) {
    return c == '+' || c == '-';
  }

  private static boolean isDigits(String value, int from) {
    for (int i = from; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return value.length() > from;
  }

  private static boolean isPrefix(String prefix) {
    return prefix.isEmpty() || (isLetter(prefix.charAt(0)) && isLocalName(prefix, 0));
  }

  /** A subset of PN_LOCAL that needs no escape. */
  private static boolean isLocalName(String iri, int from) {
    for (int i = from; i < iri.length(); i++) {
      char c = iri.charAt(i);
      boolean inside = (c >= '0' && c <= '9') || c == '_' || (c == '-' && i > from);
      if (!inside && !isLetter(c)) {
        return false;
      }
    }
    return iri.length() > from || from == 0;
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
