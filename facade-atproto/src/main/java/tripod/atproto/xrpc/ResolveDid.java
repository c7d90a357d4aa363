package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import tripod.identity.did.DidDocument;

/** {@code com.atproto.identity.resolveDid}. */
final class ResolveDid implements Handler {
  private final ResolvedIdentity identities;

  ResolveDid(ResolvedIdentity identities) {
    this.identities = identities;
  }

  @Override
  public void handle(Context context) {
    DidDocument document = identities.document(Request.did(context), false);
    Answer.json(context, out -> ResolvedIdentity.writeDocument(out, document));
  }
}
