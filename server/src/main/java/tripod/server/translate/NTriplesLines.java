package tripod.server.translate;

import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.XSD;

/** Writes a graph as sorted lines of canonical N-Triples. */
final class NTriplesLines {
  private NTriplesLines() {}

  static List<String> of(Graph graph) {
    return graph.find().mapWith(NTriplesLines::line).toList().stream().sorted().toList();
  }

  private static String line(Triple triple) {
    return term(triple.getSubject())
        + " "
        + term(triple.getPredicate())
        + " "
        + term(triple.getObject())
        + " .";
  }

  private static String term(Node node) {
    if (node.isURI()) {
      return "<" + node.getURI() + ">";
    }
    if (node.isBlank()) {
      return "_:" + node.getBlankNodeLabel();
    }
    String quoted = "\"" + escape(node.getLiteralLexicalForm()) + "\"";
    if (!node.getLiteralLanguage().isEmpty()) {
      return quoted + "@" + node.getLiteralLanguage();
    }
    String type = node.getLiteralDatatypeURI();
    return type.equals(XSD.xstring.getURI()) ? quoted : quoted + "^^<" + type + ">";
  }

  private static String escape(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20 || c == 0x7f) {
            out.append(String.format("\\u%04X", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }
}
