package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;

/**
 * {@code com.atproto.temp.dereferenceScope}: tokens of this server carry their scopes in full, so
 * that no reference is ever one of ours.
 */
final class DereferenceScope implements Handler {
  @Override
  public void handle(Context context) {
    throw XrpcFailure.of(
        "InvalidScopeReference",
        Request.param(context, "scope").startsWith("ref:")
            ? "this server made no such reference"
            : "a scope reference starts with ref:");
  }
}
