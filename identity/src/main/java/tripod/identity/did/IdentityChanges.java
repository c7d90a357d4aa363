package tripod.identity.did;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tripod.identity.Account;
import tripod.identity.AuditLog;
import tripod.identity.IdentityFailure;
import tripod.identity.key.HostKeys;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/** Signs and sends what changes the identities of members, and remembers what was made here. */
public final class IdentityChanges {
  private final HostKeys keys;
  private final Plc plc;
  private final KnownOperations known;
  private final HostedWebs webs;
  private final AuditLog audit;

  /** Signs with the host's rotation key for one directory. */
  public IdentityChanges(
      HostKeys keys, Plc plc, KnownOperations known, HostedWebs webs, AuditLog audit) {
    this.keys = keys;
    this.plc = plc;
    this.known = known;
    this.webs = webs;
    this.audit = audit;
  }

  /**
   * Signs an operation by which an identity says something else, and sends nothing.
   *
   * <p>What is not named stays: keys and services of others too, and rotation keys that rank above
   * this host's. A did:web identity that is served here has nobody to be sent to, so it says the
   * new words at once; what is returned then has the form of an operation and no signature.
   *
   * @param wanted any of {@code rotationKeys}, {@code alsoKnownAs}, {@code verificationMethods} and
   *     {@code services}; a name with null removes it
   * @throws IdentityFailure.Forbidden if the identity is not under this host's rotation key
   * @throws IdentityFailure.Invalid if a directory would refuse the operation
   */
  public JsonNode sign(Account account, JsonNode wanted) {
    PlcWish wish = PlcWish.parse(wanted);
    Did did = account.did();
    if (webs.isServedHere(account)) {
      ObjectNode changed = webs.change(account, wish);
      note(account, "identity.changed", did.value());
      return changed.put("type", "plc_operation").putNull("prev").put("sig", "");
    }
    if (!did.isPlc()) {
      throw new IdentityFailure.Invalid("the identity's document is served elsewhere: " + did);
    }
    PlcOperation last = last(did);
    PlcState state = state(did, last);
    requireOurKey(state);
    PlcOperation next =
        PlcOperation.sign(
            wish.applyTo(state, keys.rotationDidKey()),
            Optional.of(last.cid()),
            keys::signRotation);
    PlcLog.checkNew(next);
    known.add(did, next);
    note(account, "identity.operation.signed", next.cid());
    return next.json();
  }

  /**
   * Sends an operation that somebody signed; to be called when it is known to keep the account
   * working. For an identity without a directory nothing is sent.
   *
   * @throws IdentityFailure.Invalid if the directory refuses it
   * @throws IdentityFailure.Unavailable if the directory does not answer
   */
  public void submit(Account account, JsonNode operation) {
    if (!account.did().isPlc()) {
      return;
    }
    PlcOperation proposed = PlcOperation.parse(operation);
    PlcLog.checkNew(proposed);
    known.add(account.did(), proposed);
    plc.submit(account.did(), proposed.json());
    note(account, "identity.operation.sent", proposed.cid());
  }

  /** Makes a did:plc identity claim another handle; nothing is sent when it already does. */
  void claim(Did did, Handle handle) {
    PlcOperation last = last(did);
    PlcState state = state(did, last);
    PlcState wanted = state.withHandle(handle);
    if (wanted.equals(state)) {
      return;
    }
    requireOurKey(state);
    PlcOperation next = PlcOperation.sign(wanted, Optional.of(last.cid()), keys::signRotation);
    PlcLog.checkNew(next);
    known.add(did, next);
    plc.submit(did, next.json());
  }

  /**
   * Returns every key by which an identity ever let its repository be signed, the newest first: an
   * archive may be older than the key in the document, above all when its old host is gone.
   */
  public List<String> signingKeysEver(Did did) {
    List<String> found = new ArrayList<>();
    if (did.isPlc()) {
      for (JsonNode entry : plc.auditLog(did)) {
        if (!entry.path("nullified").asBoolean()) {
          PlcOperation.parse(entry.path("operation"))
              .state()
              .map(state -> state.verificationMethods().get("atproto"))
              .filter(key -> !found.contains(key))
              .ifPresent(found::addFirst);
        }
      }
    }
    return List.copyOf(found);
  }

  private PlcOperation last(Did did) {
    return plc.last(did)
        .map(PlcOperation::parse)
        .orElseThrow(() -> new IdentityFailure.NotFound("DID not registered: " + did));
  }

  private static PlcState state(Did did, PlcOperation last) {
    return last.state().orElseThrow(() -> new IdentityFailure.Gone("DID not available: " + did));
  }

  private void requireOurKey(PlcState state) {
    if (!state.rotationKeys().contains(keys.rotationDidKey())) {
      throw new IdentityFailure.Forbidden("the identity is not under this host's rotation key");
    }
  }

  private void note(Account account, String event, String detail) {
    audit.append(new AuditLog.Event(Optional.of(account.pod()), event, detail, Optional.empty()));
  }
}
