package tripod.identity.room;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Supplier;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.did.CachingDidResolver;
import tripod.identity.did.HostedWebs;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/** What the resolver need not ask the network: members' handles, and identities served here. */
record OurNames(Supplier<Optional<Accounts>> accounts, HostedWebs webs)
    implements CachingDidResolver.Ours {
  @Override
  public Optional<Did> did(Handle handle) {
    return accounts.get().flatMap(all -> all.byHandle(handle)).map(Account::did);
  }

  @Override
  public Optional<JsonNode> document(Did did) {
    return accounts.get().flatMap(all -> all.byDid(did)).flatMap(webs::document);
  }
}
