package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.atproto.proxy.ServiceName;
import tripod.atproto.proxy.Upstreams;
import tripod.syntax.Nsid;

/**
 * A method that is answered here, unless the caller names another AppView than the host's
 * (atproto.md 1.3). A host without one is everybody's: what it keeps goes nowhere.
 */
final class OfAnotherAppView implements Handler {
  private final Nsid method;
  private final Forwarding forwarding;
  private final Handler here;

  OfAnotherAppView(String method, Forwarding forwarding, Handler here) {
    this.method = new Nsid(method);
    this.forwarding = forwarding;
    this.here = here;
  }

  @Override
  public void handle(Context context) throws Exception {
    Optional<ServiceName> named = Forwarding.named(context);
    Optional<Upstreams.Upstream> ours = forwarding.services().upstreams().appView();
    if (named.isEmpty() || ours.isEmpty() || ours.get().name().equals(named.get())) {
      here.handle(context);
    } else {
      forwarding.pass(context, forwarding.admit(context, method));
    }
  }
}
