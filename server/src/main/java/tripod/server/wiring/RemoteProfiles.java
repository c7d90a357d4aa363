package tripod.server.wiring;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.jena.graph.Graph;
import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;
import tripod.identity.token.SolidTokens;
import tripod.podstore.Content;
import tripod.podstore.PodFailure;
import tripod.podstore.rdf.Graphs;
import tripod.syntax.MediaType;
import tripod.syntax.SyntaxException;

/** Reads WebID documents of other hosts with the store's guarded parsers. */
final class RemoteProfiles implements SolidTokens.ProfileReader {
  private static final Node ISSUER =
      NodeFactory.createURI("http://www.w3.org/ns/solid/terms#oidcIssuer");

  @Override
  public List<String> issuers(String webId, URI uri, String contentType, byte[] body) {
    try {
      Graph graph =
          Graphs.read(new Content.Document(MediaType.parse(contentType), body), uri.toString());
      List<String> issuers = new ArrayList<>();
      graph
          .find(NodeFactory.createURI(webId), ISSUER, Node.ANY)
          .forEachRemaining(
              triple -> {
                if (triple.getObject().isURI()) {
                  issuers.add(triple.getObject().getURI());
                }
              });
      return issuers;
    } catch (PodFailure | SyntaxException unreadable) {
      return List.of(); // a profile nobody can read names no issuer
    }
  }
}
