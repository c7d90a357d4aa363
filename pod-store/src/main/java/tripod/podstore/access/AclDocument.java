package tripod.podstore.access;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.vocabulary.RDF;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.PodPath;
import tripod.podstore.rdf.Graphs;
import tripod.syntax.AccessMode;
import tripod.syntax.AccessRule;

/**
 * Reads an access control list.
 *
 * <p>A rule counts when it says what it is, what it is about, what it allows and whom; unknown
 * modes and properties are passed over. IRIs of the pod itself become {@code pod:/…}, whether they
 * were written relative or under the pod's origin (NAM-1).
 *
 * @see <a href="https://solidproject.org/TR/wac#authorization-conformance">Web Access Control</a>
 */
final class AclDocument {
  /** Most rules one list may hold. */
  static final int RULES_MAX = 1_000;

  private static final String POD = "pod:";
  private static final String ACL = "http://www.w3.org/ns/auth/acl#";
  private static final Node AUTHORIZATION = acl("Authorization");
  private static final Node ACCESS_TO = acl("accessTo");
  private static final Node DEFAULT = acl("default");
  private static final Node MODE = acl("mode");
  private static final Node AGENT = acl("agent");
  private static final Node AGENT_GROUP = acl("agentGroup");
  private static final Node AGENT_CLASS = acl("agentClass");
  private static final Node ORIGIN = acl("origin");
  private static final String EVERYONE = "http://xmlns.com/foaf/0.1/Agent";
  private static final String AUTHENTICATED = ACL + "AuthenticatedAgent";

  private final Graph graph;
  private final String target;
  private final Optional<String> home;

  private AclDocument(Graph graph, String target, Optional<String> home) {
    this.graph = graph;
    this.target = target;
    this.home = home;
  }

  private static Node acl(String name) {
    return NodeFactory.createURI(ACL + name);
  }

  /**
   * Returns the rules of a list.
   *
   * @param subject whose list it is
   * @param origin under which the pod is known
   */
  static List<AccessRule> rules(Content.Document list, PodPath subject, Optional<URI> origin) {
    String target = Graphs.base(subject);
    Graph graph = Graphs.read(list, target + ".acl");
    return new AclDocument(graph, target, origin.map(o -> o + "/")).rules();
  }

  private List<AccessRule> rules() {
    var rules = new ArrayList<AccessRule>();
    graph
        .find(Node.ANY, RDF.type.asNode(), AUTHORIZATION)
        .forEachRemaining(
            triple -> {
              if (rules.size() >= RULES_MAX) {
                throw new PodFailure.TooLarge("more than " + RULES_MAX + " rules in one list");
              }
              rules.add(rule(triple.getSubject()));
            });
    rules.removeIf(rule -> rule.modes().isEmpty() || !(rule.onTarget() || rule.onMembers()));
    return rules;
  }

  private AccessRule rule(Node node) {
    Set<AccessMode> modes = EnumSet.noneOf(AccessMode.class);
    each(node, MODE, iri -> mode(iri).ifPresent(modes::add));
    Set<String> classes = iris(node, AGENT_CLASS);
    return new AccessRule(
        modes,
        iris(node, AGENT),
        iris(node, AGENT_GROUP),
        classes.contains(EVERYONE),
        classes.contains(AUTHENTICATED),
        origins(node),
        iris(node, ACCESS_TO).contains(target),
        iris(node, DEFAULT).contains(target));
  }

  private static Optional<AccessMode> mode(String iri) {
    return switch (iri) {
      case ACL + "Read" -> Optional.of(AccessMode.READ);
      case ACL + "Append" -> Optional.of(AccessMode.APPEND);
      case ACL + "Write" -> Optional.of(AccessMode.WRITE);
      case ACL + "Control" -> Optional.of(AccessMode.CONTROL);
      default -> Optional.empty();
    };
  }

  private Set<String> origins(Node subject) {
    var origins = new HashSet<String>();
    each(subject, ORIGIN, origins::add);
    return origins;
  }

  private Set<String> iris(Node subject, Node property) {
    var iris = new HashSet<String>();
    each(subject, property, iri -> iris.add(own(iri)));
    return iris;
  }

  private String own(String iri) {
    return home.isPresent() && iri.startsWith(home.get())
        ? POD + iri.substring(home.get().length() - 1)
        : iri;
  }

  private void each(Node subject, Node property, Consumer<String> use) {
    graph
        .find(subject, property, Node.ANY)
        .forEachRemaining(
            triple -> {
              if (triple.getObject().isURI()) {
                use.accept(triple.getObject().getURI());
              }
            });
  }
}
