package tripod.solid.ldp;

import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDF;

/**
 * Triples of containers that the server alone makes: containment, types, and what is said of
 * members (Solid Protocol 4.2).
 */
final class ManagedTriples {
  static final String LDP = "http://www.w3.org/ns/ldp#";
  static final Node CONTAINS = NodeFactory.createURI(LDP + "contains");
  static final Node STAT_SIZE = NodeFactory.createURI("http://www.w3.org/ns/posix/stat#size");
  static final Node STAT_MTIME = NodeFactory.createURI("http://www.w3.org/ns/posix/stat#mtime");
  static final Node MODIFIED = NodeFactory.createURI("http://purl.org/dc/terms/modified");
  static final Node CONTAINER = NodeFactory.createURI(LDP + "Container");
  static final Node BASIC_CONTAINER = NodeFactory.createURI(LDP + "BasicContainer");
  static final Node RESOURCE = NodeFactory.createURI(LDP + "Resource");

  private ManagedTriples() {}

  /**
   * Returns what of a body belongs to the client.
   *
   * <p>Types that hold anyway are dropped without a word, since clients send them.
   *
   * @param container IRI of the container
   * @throws Refusal with 409 when the body says something that is the server's to say
   */
  static Set<Triple> clientsOwn(Set<Triple> body, String container) {
    Set<Triple> own = new LinkedHashSet<>();
    for (Triple triple : body) {
      if (isManaged(triple, container)) {
        throw new Refusal(409, "containment and the metadata of members are the server's to write");
      }
      if (!isTypeOf(triple, container)) {
        own.add(triple);
      }
    }
    return own;
  }

  private static boolean isManaged(Triple triple, String container) {
    if (!triple.getSubject().isURI()) {
      return false;
    }
    String subject = triple.getSubject().getURI();
    Node predicate = triple.getPredicate();
    if (predicate.equals(CONTAINS)) {
      return subject.equals(container);
    }
    boolean isMetadata =
        predicate.equals(STAT_SIZE) || predicate.equals(STAT_MTIME) || predicate.equals(MODIFIED);
    return isMetadata && subject.startsWith(container) && subject.indexOf('#') < 0;
  }

  private static boolean isTypeOf(Triple triple, String container) {
    return triple.getSubject().equals(NodeFactory.createURI(container))
        && triple.getPredicate().equals(RDF.type.asNode())
        && (triple.getObject().equals(CONTAINER)
            || triple.getObject().equals(BASIC_CONTAINER)
            || triple.getObject().equals(RESOURCE));
  }
}
