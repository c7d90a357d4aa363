package tripod.atproto.xrpc;

import java.net.URI;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.IdentityConfig;
import tripod.identity.did.DidDocument;
import tripod.identity.did.DidResolver;
import tripod.identity.key.PodKeys;

/** Says whether an identity's document points to this server (atproto.md 4.6). */
final class OwnIdentity {
  private final DidResolver dids;
  private final PodKeys keys;
  private final IdentityConfig config;

  OwnIdentity(DidResolver dids, PodKeys keys, IdentityConfig config) {
    this.dids = dids;
    this.keys = keys;
    this.config = config;
  }

  /** Returns what is wrong with the document of an account, if anything is. */
  Optional<String> fault(Account account) {
    Optional<DidDocument> document = dids.refresh(account.did());
    if (document.isEmpty()) {
      return Optional.of("the identity does not resolve");
    }
    if (!document.get().pds().map(URI::toString).equals(Optional.of(origin()))) {
      return Optional.of("the identity names another server than " + origin());
    }
    if (!document.get().signingKey().equals(Optional.of(keys.didKey(account.pod())))) {
      return Optional.of("the identity names another signing key than this server's");
    }
    return Optional.empty();
  }

  private String origin() {
    return config.origin().toString();
  }
}
