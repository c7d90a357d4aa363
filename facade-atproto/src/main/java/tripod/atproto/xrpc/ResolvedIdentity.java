package tripod.atproto.xrpc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import tripod.identity.IdentityFailure;
import tripod.identity.did.DidDocument;
import tripod.identity.did.DidResolver;
import tripod.identity.did.Plc;
import tripod.syntax.Did;
import tripod.syntax.Handle;

/**
 * Looks identities up for the methods that tell of them.
 *
 * <p>That a host elsewhere does not answer is no failure of this one, and is 400 like everything
 * that comes of what the caller asked for.
 */
final class ResolvedIdentity {
  private static final JsonMapper JSON = new JsonMapper();

  private final DidResolver dids;
  private final Plc plc;

  ResolvedIdentity(DidResolver dids, Plc plc) {
    this.dids = dids;
    this.plc = plc;
  }

  /** Returns the identity that a handle or DID names. */
  Did identity(String identifier, boolean now) {
    if (identifier.startsWith("did:")) {
      if (!Did.isValid(identifier)) {
        throw XrpcFailure.invalid("identifier must be a valid did or a handle");
      }
      return new Did(identifier);
    }
    String text = identifier.toLowerCase(Locale.ROOT);
    if (!Handle.isValid(text)) {
      throw XrpcFailure.invalid("identifier must be a valid did or a handle");
    }
    Handle handle = new Handle(text);
    return (now ? dids.refreshHandle(handle) : dids.resolveHandle(handle))
        .orElseThrow(() -> XrpcFailure.of("HandleNotFound", "Unable to resolve handle"));
  }

  /** Returns the document of an identity. */
  DidDocument document(Did did, boolean now) {
    try {
      Optional<DidDocument> document = now ? dids.refresh(did) : dids.resolve(did);
      return document.orElseThrow(() -> absent(did));
    } catch (IdentityFailure.Unavailable e) {
      throw XrpcFailure.invalid("the identity cannot be resolved now: " + did);
    }
  }

  /** Tells an identity that was given up from one that never was. */
  private XrpcFailure absent(Did did) {
    if (did.isPlc()) {
      try {
        plc.document(did);
      } catch (IdentityFailure.Gone e) {
        return XrpcFailure.of("DidDeactivated", "DID has been deactivated: " + did);
      }
    }
    return XrpcFailure.of("DidNotFound", "Unable to resolve DID: " + did);
  }

  /** Writes an identity with its handle, if that leads back to it. */
  void write(JsonGenerator out, DidDocument document) throws IOException {
    out.writeStringField("did", document.did().value());
    out.writeStringField(
        "handle", dids.verifiedHandle(document.did()).map(Handle::value).orElse("handle.invalid"));
    writeDocument(out, document);
  }

  static void writeDocument(JsonGenerator out, DidDocument document) throws IOException {
    out.writeFieldName("didDoc");
    out.writeRawValue(JSON.writeValueAsString(document.json()));
  }
}
