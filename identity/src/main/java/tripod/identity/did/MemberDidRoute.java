package tripod.identity.did;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.util.Optional;
import tripod.identity.route.RequestPod;
import tripod.identity.route.Route;

/** {@code /.well-known/did.json} on a pod's host, for members whose identity is a did:web of it. */
public final class MemberDidRoute {
  private static final String PATH = "/.well-known/did.json";

  private final HostedWebs webs;

  /** Serves documents. */
  public MemberDidRoute(HostedWebs webs) {
    this.webs = webs;
  }

  /** Returns the route. */
  public Route route() {
    return Route.get(Route.HostKind.POD, PATH, this::serve);
  }

  private void serve(Context request) {
    Optional<ObjectNode> document = RequestPod.find(request).flatMap(webs::document);
    request.header("Access-Control-Allow-Origin", "*");
    request.contentType("application/json");
    if (document.isEmpty()) {
      request.status(404).result("{\"message\":\"no identity is served at this name\"}");
    } else {
      request.header("Cache-Control", "no-cache").result(document.get().toString());
    }
  }
}
