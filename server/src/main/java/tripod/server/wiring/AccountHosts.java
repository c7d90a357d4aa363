package tripod.server.wiring;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.route.RequestPod;
import tripod.server.doorway.HostRouter;
import tripod.syntax.Handle;

/**
 * Host names that are accounts'.
 *
 * @param accounts the accounts
 * @param domains domains below which members get their names, with a leading dot
 */
record AccountHosts(Accounts accounts, List<String> domains) implements HostRouter.PodHosts {
  @Override
  public boolean admit(Context request, String host) {
    Optional<Account> account = accounts.byHost(host);
    account.ifPresent(known -> RequestPod.set(request, known));
    return account.isPresent();
  }

  @Override
  public boolean isHandle(String host) {
    return domains.stream().anyMatch(domain -> host.endsWith(domain) && Handle.isValid(host));
  }

  @Override
  public boolean isGone(String host) {
    return accounts.isGone(host);
  }
}
