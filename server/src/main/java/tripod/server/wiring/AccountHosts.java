package tripod.server.wiring;

import io.javalin.http.Context;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.route.RequestPod;
import tripod.server.doorway.HostRouter;

/** Host names that are accounts'. */
record AccountHosts(Accounts accounts) implements HostRouter.PodHosts {
  @Override
  public boolean admit(Context request, String host) {
    Optional<Account> account = accounts.byHost(host);
    account.ifPresent(known -> RequestPod.set(request, known));
    return account.isPresent();
  }

  @Override
  public boolean isGone(String host) {
    return accounts.isGone(host);
  }
}
