package tripod.solid.notify;

import org.apache.jena.graph.Node;
import org.apache.jena.graph.NodeFactory;

/** Terms of the notifications vocabulary. */
final class Notify {
  static final String NS = "http://www.w3.org/ns/solid/notifications#";
  static final String WEB_SOCKET = "WebSocketChannel2023";

  private Notify() {}

  static Node term(String name) {
    return NodeFactory.createURI(NS + name);
  }
}
