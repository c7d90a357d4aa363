package tripod.solid.representation;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.jena.graph.Triple;

/**
 * One graph as it stood in a document: its triples in their order, and the prefixes it used.
 *
 * @param triples can be changed by whoever holds it
 * @param prefixes namespace IRIs by prefix
 */
public record RdfDocument(Set<Triple> triples, Map<String, String> prefixes) {
  /** Makes a document without triples. */
  public static RdfDocument empty() {
    return new RdfDocument(new LinkedHashSet<>(), new LinkedHashMap<>());
  }
}
