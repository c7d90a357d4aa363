package tripod.solid.ldp;

import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.vocabulary.RDF;
import tripod.solid.representation.Accept;
import tripod.solid.representation.GraphWriter;
import tripod.solid.representation.IriForm;
import tripod.solid.representation.RdfDocument;
import tripod.solid.representation.RdfSyntax;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/** What a storage says about itself: that it is one, and whose (Solid Protocol 4.1). */
final class StorageDescription {
  private static final String PIM = "http://www.w3.org/ns/pim/space#";
  private static final String SOLID = "http://www.w3.org/ns/solid/terms#";

  private static final String VOID = "http://rdfs.org/ns/void#";

  private StorageDescription() {}

  static void handle(Context context, PodNames names, SubscriptionService notifications) {
    String method = context.req().getMethod();
    context.header("Allow", "GET, HEAD, OPTIONS");
    String here = names.origin() + ResourceHeaders.STORAGE_DESCRIPTION;
    context.header("Link", "<" + here + ">; rel=\"" + SOLID + "storageDescription\"");
    if (method.equals("OPTIONS")) {
      context.status(204);
      return;
    }
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw new Refusal(
          405, "the description is the server's own", Map.of("Allow", "GET, HEAD, OPTIONS"));
    }
    String accept = context.header("Accept");
    MediaType chosen =
        (accept == null ? Accept.ANYTHING : Accept.parse(accept))
            .choose(ResourceHeaders.rdfTypes())
            .orElseThrow(() -> new Refusal(406, "offered here: Turtle, JSON-LD and N-Triples"));
    context.contentType(chosen.toString());
    context.header("Cache-Control", "public, max-age=300");
    RdfSyntax syntax = RdfSyntax.exactly(chosen).orElseThrow();
    context.result(GraphWriter.bytes(document(names, notifications), syntax, IriForm.ABSOLUTE));
  }

  private static RdfDocument document(PodNames names, SubscriptionService notifications) {
    Map<String, String> prefixes = new LinkedHashMap<>();
    prefixes.put("pim", PIM);
    prefixes.put("solid", SOLID);
    prefixes.put("void", VOID);
    prefixes.put("notify", "http://www.w3.org/ns/solid/notifications#");
    Set<Triple> triples = new LinkedHashSet<>();
    Node root = NodeFactory.createURI(names.storage().toString());
    Node owner = NodeFactory.createURI(names.webId().value());
    triples.add(Triple.create(root, RDF.type.asNode(), NodeFactory.createURI(PIM + "Storage")));
    triples.add(Triple.create(root, NodeFactory.createURI(SOLID + "owner"), owner));
    triples.add(
        Triple.create(
            root,
            NodeFactory.createURI(VOID + "sparqlEndpoint"),
            NodeFactory.createURI(names.origin() + SparqlQuery.PATH)));
    triples.addAll(notifications.described(names));
    return new RdfDocument(triples, prefixes);
  }
}
