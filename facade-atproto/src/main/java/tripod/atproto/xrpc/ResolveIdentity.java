package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.did.DidDocument;
import tripod.syntax.Did;

/** {@code com.atproto.identity.resolveIdentity}. */
final class ResolveIdentity implements Handler {
  private final ResolvedIdentity identities;

  ResolveIdentity(ResolvedIdentity identities) {
    this.identities = identities;
  }

  @Override
  public void handle(Context context) {
    Did did = identities.identity(Request.param(context, "identifier"), false);
    DidDocument document = identities.document(did, false);
    Answer.json(context, out -> identities.write(out, document));
  }
}
