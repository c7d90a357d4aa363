package tripod.identity.room;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.token.SolidTokens;

/** WebIDs of this host trust this host alone: a foreign issuer cannot speak for them (SEC-60). */
record OurWebIds(IdentityConfig config, Accounts accounts) implements SolidTokens.LocalWebIds {
  @Override
  public Optional<List<String>> issuers(String webId) {
    String host = URI.create(webId).getHost();
    if (host == null) {
      return Optional.of(List.of());
    }
    Optional<Account> account = accounts.byHost(host);
    boolean ours =
        host.equalsIgnoreCase(config.origin().getHost())
            && URI.create(webId).getPort() == config.origin().getPort();
    if (account.isEmpty()) {
      return ours ? Optional.of(List.of()) : Optional.empty();
    }
    boolean theirs = accounts.names(account.get()).webId().value().equals(webId);
    return Optional.of(theirs ? List.of(config.origin().toString()) : List.of());
  }
}
