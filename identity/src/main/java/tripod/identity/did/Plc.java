package tripod.identity.did;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tripod.syntax.Did;

/** A directory of did:plc identities: our own, or another's. Safe between threads. */
public interface Plc {
  /**
   * Returns the DID document as the directory writes it, or empty when it knows no such identity.
   */
  Optional<JsonNode> document(Did did);

  /**
   * Returns the state an identity is in: {@code did}, {@code rotationKeys}, {@code
   * verificationMethods}, {@code alsoKnownAs}, {@code services}.
   */
  Optional<JsonNode> data(Did did);

  /** Returns the last operation that holds, as it was signed. */
  Optional<JsonNode> last(Did did);

  /** Returns all operations with CID, time and whether they were nullified, oldest first. */
  JsonNode auditLog(Did did);

  /**
   * Returns operations of all identities that came after a time, oldest first.
   *
   * @param count at most 1000
   * @throws tripod.identity.IdentityFailure.Unavailable if the directory does not answer
   */
  List<Exported> export(Instant after, int count);

  /**
   * An operation as the directory notes it.
   *
   * @param did whose it is
   * @param cid its CID
   * @param created when it came
   * @param operation as it was signed
   */
  record Exported(Did did, String cid, Instant created, JsonNode operation) {}

  /**
   * Submits a signed operation.
   *
   * @throws tripod.identity.IdentityFailure.Invalid if the directory refuses it
   * @throws tripod.identity.IdentityFailure.Unavailable if the directory does not answer
   */
  void submit(Did did, JsonNode operation);
}
