package tripod.solid.acl;

import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDF;
import tripod.podstore.Content;
import tripod.solid.representation.GraphWriter;
import tripod.solid.representation.IriForm;
import tripod.solid.representation.RdfDocument;
import tripod.solid.representation.RdfSyntax;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/**
 * An access list about to be stored.
 *
 * <p>It is kept as Turtle with the pod's own IRIs relative (mapping note NAM-1), and it must leave
 * somebody with Control (SEC-70).
 */
public final class AclDocument {
  private static final String ACL = "http://www.w3.org/ns/auth/acl#";
  private static final Node AUTHORIZATION = node("Authorization");
  private static final Node ACCESS_TO = node("accessTo");
  private static final Node MODE = node("mode");
  private static final Node CONTROL = node("Control");
  private static final Set<Node> SUBJECTS =
      Set.of(node("agent"), node("agentClass"), node("agentGroup"));

  private AclDocument() {}

  /**
   * Returns the stored form.
   *
   * @param document as it was read, IRIs in full
   * @param subject IRI of the resource whose list it is
   * @param list IRI of the list itself
   * @throws Unsafe when nobody would keep Control
   */
  public static Content.Document stored(
      RdfDocument document, String subject, String list, PodNames names) {
    if (!keepsControl(document.triples(), NodeFactory.createURI(subject))) {
      throw new Unsafe();
    }
    byte[] turtle =
        GraphWriter.bytes(
            document, RdfSyntax.TURTLE, IriForm.relativeTo(list, names.origin().toString()));
    return new Content.Document(MediaType.TURTLE, turtle);
  }

  private static boolean keepsControl(Set<Triple> triples, Node subject) {
    for (Triple triple : triples) {
      if (triple.getPredicate().equals(ACCESS_TO)
          && triple.getObject().equals(subject)
          && isControl(triples, triple.getSubject())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isControl(Set<Triple> triples, Node rule) {
    return triples.contains(Triple.create(rule, RDF.type.asNode(), AUTHORIZATION))
        && triples.contains(Triple.create(rule, MODE, CONTROL))
        && triples.stream()
            .anyMatch(
                triple ->
                    triple.getSubject().equals(rule) && SUBJECTS.contains(triple.getPredicate()));
  }

  private static Node node(String name) {
    return NodeFactory.createURI(ACL + name);
  }

  /** The list would leave nobody with Control over its resource. */
  public static final class Unsafe extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unsafe() {
      super(
          "an access list needs an acl:Authorization that gives somebody acl:Control over its"
              + " resource by acl:accessTo");
    }
  }
}
