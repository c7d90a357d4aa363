package tripod.solid.ldp;

import java.util.Map;
import org.apache.jena.graph.Node;
import tripod.podstore.query.Answer;

/**
 * Writes answers of SELECT and ASK.
 *
 * @see <a href="https://www.w3.org/TR/sparql11-results-json/">SPARQL 1.1 Query Results JSON
 *     Format</a>
 */
final class SparqlJson {
  private static final String STRING = "http://www.w3.org/2001/XMLSchema#string";

  private SparqlJson() {}

  static String of(Answer.Truth truth) {
    return "{\"head\":{},\"boolean\":" + truth.value() + "}\n";
  }

  static String of(Answer.Solutions solutions) {
    StringBuilder json = new StringBuilder(256 + 128 * solutions.rows().size());
    json.append("{\"head\":{\"vars\":[");
    for (int i = 0; i < solutions.variables().size(); i++) {
      json.append(i == 0 ? "" : ",");
      Problem.quoted(json, solutions.variables().get(i));
    }
    json.append("]},\"results\":{\"bindings\":[");
    String between = "\n";
    for (Map<String, Node> row : solutions.rows()) {
      json.append(between).append('{');
      String comma = "";
      for (Map.Entry<String, Node> bound : row.entrySet()) {
        json.append(comma);
        Problem.quoted(json, bound.getKey());
        json.append(':');
        term(json, bound.getValue());
        comma = ",";
      }
      json.append('}');
      between = ",\n";
    }
    return json.append("]}}\n").toString();
  }

  private static void term(StringBuilder json, Node term) {
    if (term.isURI()) {
      typed(json, "uri", term.getURI());
    } else if (term.isBlank()) {
      typed(json, "bnode", term.getBlankNodeLabel());
    } else {
      typed(json, "literal", term.getLiteralLexicalForm());
      if (!term.getLiteralLanguage().isEmpty()) {
        json.append(",\"xml:lang\":");
        Problem.quoted(json, term.getLiteralLanguage());
      } else if (!term.getLiteralDatatypeURI().equals(STRING)) {
        json.append(",\"datatype\":");
        Problem.quoted(json, term.getLiteralDatatypeURI());
      }
    }
    json.append('}');
  }

  private static void typed(StringBuilder json, String type, String value) {
    json.append("{\"type\":\"").append(type).append("\",\"value\":");
    Problem.quoted(json, value);
  }
}
