package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.did.DidDocument;
import tripod.syntax.Did;

/**
 * {@code com.atproto.identity.refreshIdentity}: for those who are signed in, since it makes this
 * server ask others whatever it remembers.
 */
final class RefreshIdentity implements Handler {
  private final Authentication authentication;
  private final ResolvedIdentity identities;

  RefreshIdentity(Authentication authentication, ResolvedIdentity identities) {
    this.authentication = authentication;
    this.identities = identities;
  }

  @Override
  public void handle(Context context) {
    authentication.caller(context);
    String identifier = Request.text(Request.body(context, XrpcDoor.BODY_BYTES_MAX), "identifier");
    Did did = identities.identity(identifier, true);
    DidDocument document = identities.document(did, true);
    Answer.json(context, out -> identities.write(out, document));
  }
}
