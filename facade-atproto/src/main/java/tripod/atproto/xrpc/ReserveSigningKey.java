package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.identity.key.ReservedKeys;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.Did;

/** {@code com.atproto.server.reserveSigningKey}. */
final class ReserveSigningKey implements Handler {
  private final ReservedKeys keys;

  ReserveSigningKey(ReservedKeys keys) {
    this.keys = keys;
  }

  @Override
  public void handle(Context context) {
    DagFields body = Request.body(context, XrpcDoor.BODY_BYTES_MAX);
    Optional<Did> did = Request.optional(body, "did").map(Did::new);
    String key = keys.reserve(did);
    Answer.json(context, out -> out.writeStringField("signingKey", key));
  }
}
