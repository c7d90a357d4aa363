package tripod.solid.patch;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import tripod.syntax.AccessMode;

/**
 * A change of one graph, read and checked, and not yet applied.
 *
 * @param operations applied one after the other, all or none
 */
public record Patch(List<Operation> operations) {
  public Patch {
    operations = List.copyOf(operations);
  }

  /**
   * Returns what its sender needs on the document (Solid Protocol 5.3.1: conditions need Read,
   * insertions Append, deletions Read and Write).
   */
  public Set<AccessMode> modes() {
    Set<AccessMode> modes = EnumSet.noneOf(AccessMode.class);
    for (Operation operation : operations) {
      if (!operation.where.isEmpty()) {
        modes.add(AccessMode.READ);
      }
      if (!operation.inserts.isEmpty()) {
        modes.add(AccessMode.APPEND);
      }
      if (!operation.deletes.isEmpty()) {
        modes.add(AccessMode.READ);
        modes.add(AccessMode.WRITE);
      }
    }
    return modes;
  }

  /**
   * Applies the patch.
   *
   * @param graph left as it is
   * @return the graph after the patch, in the order of the one before with insertions at the end
   * @throws PatchFailure.Mismatch when the patch does not fit the graph
   */
  public Set<Triple> apply(Set<Triple> graph) {
    Set<Triple> result = new LinkedHashSet<>(graph);
    for (Operation operation : operations) {
      operation.apply(result);
    }
    return result;
  }

  /**
   * One step: find solutions, take triples out, put triples in.
   *
   * @param where pattern; blank nodes in it stand for anything
   * @param deletes templates
   * @param inserts templates; blank nodes in it are made anew
   * @param strict whether there must be exactly one solution and every deleted triple must be there
   *     (N3 Patch), or the patch does what it can (SPARQL Update)
   */
  public record Operation(
      List<Triple> where, List<Triple> deletes, List<Triple> inserts, boolean strict) {
    public Operation {
      where = List.copyOf(where);
      deletes = List.copyOf(deletes);
      inserts = List.copyOf(inserts);
    }

    private void apply(Set<Triple> graph) {
      List<Map<Node, Node>> solutions = solutions(graph);
      Set<Triple> gone = new LinkedHashSet<>();
      List<Triple> come = new ArrayList<>();
      for (Map<Node, Node> solution : solutions) {
        for (Triple template : deletes) {
          gone.add(fill(template, solution, Map.of()));
        }
        Map<Node, Node> fresh = new HashMap<>();
        for (Triple template : inserts) {
          come.add(fill(template, solution, fresh));
        }
      }
      for (Triple triple : gone) {
        if (!graph.remove(triple) && strict) {
          throw new PatchFailure.Mismatch("a triple to be deleted is not in the document");
        }
      }
      graph.addAll(come);
    }

    private List<Map<Node, Node>> solutions(Set<Triple> graph) {
      if (where.isEmpty()) {
        return List.of(Map.of());
      }
      List<Map<Node, Node>> solutions = new PatternMatch(graph).solutions(where, strict ? 2 : 0);
      if (strict && solutions.size() != 1) {
        throw new PatchFailure.Mismatch(
            solutions.isEmpty()
                ? "the conditions of the patch match nothing in the document"
                : "the conditions of the patch match in more than one way");
      }
      return solutions;
    }

    private static Triple fill(
        Triple template, Map<Node, Node> solution, Map<Node, Node> freshBlanks) {
      return Triple.create(
          fill(template.getSubject(), solution, freshBlanks),
          fill(template.getPredicate(), solution, freshBlanks),
          fill(template.getObject(), solution, freshBlanks));
    }

    private static Node fill(Node node, Map<Node, Node> solution, Map<Node, Node> freshBlanks) {
      if (node.isVariable()) {
        return solution.getOrDefault(node, node);
      }
      return node.isBlank()
          ? freshBlanks.computeIfAbsent(node, any -> NodeFactory.createBlankNode())
          : node;
    }
  }
}
