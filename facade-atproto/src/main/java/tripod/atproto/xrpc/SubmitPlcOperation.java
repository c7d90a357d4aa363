package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.Accounts;
import tripod.identity.IdentityConfig;
import tripod.identity.did.IdentityChanges;
import tripod.identity.key.HostKeys;
import tripod.identity.key.PodKeys;
import tripod.identity.room.IdentityRoom;
import tripod.podstore.cbor.DagFields;
import tripod.podstore.cbor.DagValue;

/**
 * {@code com.atproto.identity.submitPlcOperation}: sends a change that keeps the identity with us.
 */
final class SubmitPlcOperation implements Handler {
  private final Authentication authentication;
  private final Accounts accounts;
  private final IdentityChanges changes;
  private final PodKeys keys;
  private final HostKeys hostKeys;
  private final IdentityConfig config;

  SubmitPlcOperation(Authentication authentication, IdentityRoom identity) {
    this.authentication = authentication;
    this.accounts = identity.accounts();
    this.changes = identity.identityChanges();
    this.keys = identity.podKeys();
    this.hostKeys = identity.hostKeys();
    this.config = identity.config();
  }

  @Override
  public void handle(Context context) {
    Account account = authentication.leaving(context).identity("*").notApp().account();
    DagFields operation =
        Request.body(context, XrpcDoor.BODY_BYTES_MAX)
            .fields("operation")
            .orElseThrow(() -> XrpcFailure.invalid("Input must have the property \"operation\""));
    check(account, operation);
    changes.submit(account, PlcJson.of(operation));
    accounts.announce(account.pod());
    context.status(200);
  }

  private void check(Account account, DagFields operation) {
    if (account.did().isPlc()
        && !operation.items("rotationKeys").contains(DagValue.of(hostKeys.rotationDidKey()))) {
      throw XrpcFailure.invalid("Rotation keys do not include server's rotation key");
    }
    Optional<DagFields> pds =
        operation.fields("services").flatMap(services -> services.fields("atproto_pds"));
    if (!pds.flatMap(service -> service.text("type"))
        .equals(Optional.of("AtprotoPersonalDataServer"))) {
      throw XrpcFailure.invalid("Incorrect type on atproto_pds service");
    }
    if (!pds.flatMap(service -> service.text("endpoint"))
        .equals(Optional.of(config.origin().toString()))) {
      throw XrpcFailure.invalid("Incorrect endpoint on atproto_pds service");
    }
    if (!operation
        .fields("verificationMethods")
        .flatMap(methods -> methods.text("atproto"))
        .equals(Optional.of(keys.didKey(account.pod())))) {
      throw XrpcFailure.invalid("Incorrect signing key");
    }
    if (!operation.items("alsoKnownAs").stream()
        .findFirst()
        .equals(Optional.of(DagValue.of("at://" + account.handle())))) {
      throw XrpcFailure.invalid("Incorrect handle in alsoKnownAs");
    }
  }
}
