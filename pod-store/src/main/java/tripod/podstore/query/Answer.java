package tripod.podstore.query;

import java.util.List;
import java.util.Map;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;

/** What a question brought. */
public sealed interface Answer {
  /**
   * The solutions of SELECT.
   *
   * @param variables in the order asked for
   * @param rows a term by variable; what is not bound is not there
   */
  record Solutions(List<String> variables, List<Map<String, Node>> rows) implements Answer {
    public Solutions {
      variables = List.copyOf(variables);
      rows = List.copyOf(rows);
    }
  }

  /** The answer of ASK. */
  record Truth(boolean value) implements Answer {}

  /** The triples of CONSTRUCT or DESCRIBE. */
  record Triples(Graph graph) implements Answer {}
}
