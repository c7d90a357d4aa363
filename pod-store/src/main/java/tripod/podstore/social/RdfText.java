package tripod.podstore.social;

import java.nio.charset.StandardCharsets;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import org.apache.jena.graph.Triple;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFWriter;
import org.apache.jena.riot.RIOT;
import org.apache.jena.sparql.graph.GraphFactory;
import tripod.podstore.Content;
import tripod.podstore.rdf.Graphs;
import tripod.syntax.MediaType;
import tripod.syntax.PodNames;

/** The RDF documents of social resources. */
final class RdfText {
  private RdfText() {}

  static boolean isRdf(MediaType type) {
    return type.is(MediaType.TURTLE) || type.is(MediaType.JSON_LD) || type.is(Graphs.N_TRIPLES);
  }

  /** Writes a graph as Turtle whose own IRIs hold no domain (NAM-1). */
  static Content.Document turtle(Graph graph, String base, PodNames names) {
    Graph relative = GraphFactory.createDefaultGraph();
    graph
        .find()
        .forEachRemaining(
            t ->
                relative.add(
                    Triple.create(
                        relative(t.getSubject(), base, names),
                        relative(t.getPredicate(), base, names),
                        relative(t.getObject(), base, names))));
    relative.getPrefixMapping().setNsPrefix("as", Terms.AS);
    relative.getPrefixMapping().setNsPrefix("foaf", Terms.FOAF);
    relative.getPrefixMapping().setNsPrefix("schema", Terms.SCHEMA);
    relative.getPrefixMapping().setNsPrefix("tp", Terms.TP);
    relative.getPrefixMapping().setNsPrefix("vcard", Terms.VCARD);
    relative.getPrefixMapping().setNsPrefix("xsd", "http://www.w3.org/2001/XMLSchema#");
    String text =
        RDFWriter.create()
            .source(relative)
            .lang(Lang.TURTLE)
            .set(RIOT.symTurtleOmitBase, true)
            .asString();
    return new Content.Document(MediaType.TURTLE, text.getBytes(StandardCharsets.UTF_8));
  }

  private static Node relative(Node node, String base, PodNames names) {
    if (!node.isURI()) {
      return node;
    }
    String iri = node.getURI();
    if (iri.equals(base)) {
      return NodeFactory.createURI("");
    }
    if (iri.startsWith(base + "#")) {
      return NodeFactory.createURI(iri.substring(base.length()));
    }
    return names
        .path(iri)
        .filter(path -> !path.startsWith("//"))
        .map(NodeFactory::createURI)
        .orElse(node);
  }
}
