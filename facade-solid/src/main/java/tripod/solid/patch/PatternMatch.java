package tripod.solid.patch;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.Triple;
import org.jspecify.annotations.Nullable;

/**
 * Finds the ways in which a basic graph pattern fits a graph, by trying, with a limit on the work.
 */
final class PatternMatch {
  /** Most solutions that are taken. */
  private static final int SOLUTIONS_MAX = 10_000;

  /** Most triples looked at. */
  private static final long STEPS_MAX = 2_000_000;

  private final Set<Triple> graph;
  private final Map<Node, List<Triple>> bySubject = new HashMap<>();
  private final Map<Node, List<Triple>> byObject = new HashMap<>();
  private long steps;

  PatternMatch(Set<Triple> graph) {
    this.graph = graph;
    for (Triple triple : graph) {
      bySubject.computeIfAbsent(triple.getSubject(), any -> new ArrayList<>()).add(triple);
      byObject.computeIfAbsent(triple.getObject(), any -> new ArrayList<>()).add(triple);
    }
  }

  /**
   * Returns the distinct bindings of named variables.
   *
   * @param enough stops at so many; 0 for all
   */
  List<Map<Node, Node>> solutions(List<Triple> pattern, int enough) {
    Set<Map<Node, Node>> found = new LinkedHashSet<>();
    search(new ArrayList<>(pattern), new HashMap<>(), found, enough);
    return List.copyOf(found);
  }

  private void search(
      List<Triple> open, Map<Node, Node> bound, Set<Map<Node, Node>> found, int enough) {
    if (enough > 0 && found.size() >= enough) {
      return;
    }
    if (open.isEmpty()) {
      Map<Node, Node> solution = new HashMap<>(bound);
      solution.keySet().removeIf(Node::isBlank);
      found.add(solution);
      if (found.size() > SOLUTIONS_MAX) {
        throw new PatchFailure.Invalid("more than " + SOLUTIONS_MAX + " solutions");
      }
      return;
    }
    Triple next = mostBound(open, bound);
    List<Triple> rest = new ArrayList<>(open);
    rest.remove(next);
    for (Triple candidate : candidates(next, bound)) {
      if (++steps > STEPS_MAX) {
        throw new PatchFailure.Invalid("the conditions need too much work to match");
      }
      Map<Node, Node> further = extend(next, candidate, bound);
      if (further != null) {
        search(rest, further, found, enough);
      }
    }
  }

  private Triple mostBound(List<Triple> open, Map<Node, Node> bound) {
    Triple best = open.getFirst();
    int fewest = Integer.MAX_VALUE;
    for (Triple triple : open) {
      int size = candidates(triple, bound).size();
      if (size < fewest) {
        fewest = size;
        best = triple;
      }
    }
    return best;
  }

  private Collection<Triple> candidates(Triple pattern, Map<Node, Node> bound) {
    Node subject = bound.getOrDefault(pattern.getSubject(), pattern.getSubject());
    Node object = bound.getOrDefault(pattern.getObject(), pattern.getObject());
    boolean subjectKnown = isKnown(pattern.getSubject(), bound);
    boolean objectKnown = isKnown(pattern.getObject(), bound);
    List<Triple> ofSubject = subjectKnown ? bySubject.getOrDefault(subject, List.of()) : null;
    List<Triple> ofObject = objectKnown ? byObject.getOrDefault(object, List.of()) : null;
    if (ofSubject != null && ofObject != null) {
      return ofSubject.size() <= ofObject.size() ? ofSubject : ofObject;
    }
    return ofSubject != null ? ofSubject : ofObject != null ? ofObject : graph;
  }

  private static boolean isKnown(Node node, Map<Node, Node> bound) {
    return !(node.isVariable() || node.isBlank()) || bound.containsKey(node);
  }

  private static @Nullable Map<Node, Node> extend(
      Triple pattern, Triple triple, Map<Node, Node> bound) {
    Map<Node, Node> further = new HashMap<>(bound);
    return fits(pattern.getSubject(), triple.getSubject(), further)
            && fits(pattern.getPredicate(), triple.getPredicate(), further)
            && fits(pattern.getObject(), triple.getObject(), further)
        ? further
        : null;
  }

  private static boolean fits(Node wanted, Node there, Map<Node, Node> bound) {
    if (wanted.isVariable() || wanted.isBlank()) {
      Node known = bound.putIfAbsent(wanted, there);
      return known == null || known.equals(there);
    }
    return wanted.equals(there);
  }
}
