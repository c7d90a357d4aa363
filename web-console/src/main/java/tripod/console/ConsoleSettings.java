package tripod.console;

import java.util.List;
import tripod.identity.IdentityConfig;
import tripod.identity.Secret;

/**
 * What the console was told.
 *
 * @param identity the host's names
 * @param openSignUp whether anybody may make an account
 * @param setUpCode the one-time code that the server prints when it starts
 */
public record ConsoleSettings(IdentityConfig identity, boolean openSignUp, Secret setUpCode) {

  /** Returns host sources under which members' media lie, for a content security policy. */
  List<String> podHosts() {
    String port = identity.origin().getPort() < 0 ? "" : ":" + identity.origin().getPort();
    return identity.handleDomains().stream()
        .map(domain -> identity.origin().getScheme() + "://*" + domain + port)
        .toList();
  }
}
