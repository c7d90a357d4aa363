package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.atproto.proxy.Upstreams;
import tripod.syntax.Nsid;

/**
 * A method about a repository that is answered here, and asked of the host's AppView, as nobody,
 * where the repository is of another host (atproto.md 1.2).
 */
final class OfAnotherRepo implements Handler {
  private final Nsid method;
  private final Repos repos;
  private final Forwarding forwarding;
  private final Handler here;

  OfAnotherRepo(String method, Repos repos, Forwarding forwarding, Handler here) {
    this.method = new Nsid(method);
    this.repos = repos;
    this.forwarding = forwarding;
    this.here = here;
  }

  @Override
  public void handle(Context context) throws Exception {
    Optional<Upstreams.Upstream> appView = forwarding.services().upstreams().appView();
    Optional<String> repo = Request.optional(context, "repo");
    if (appView.isEmpty() || repo.isEmpty() || repos.find(repo.get()).isPresent()) {
      here.handle(context);
    } else {
      forwarding.passAsNobody(context, method, appView.get().name());
    }
  }
}
