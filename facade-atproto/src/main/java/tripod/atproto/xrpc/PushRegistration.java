package tripod.atproto.xrpc;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Optional;
import tripod.atproto.json.RecordJson;
import tripod.atproto.proxy.ServiceName;
import tripod.atproto.proxy.Services;
import tripod.atproto.proxy.Upstreams;
import tripod.podstore.cbor.DagFields;
import tripod.syntax.Did;
import tripod.syntax.Nsid;

/**
 * {@code app.bsky.notification.registerPush} and {@code unregisterPush}: sent to the service that
 * the body names (atproto.md 1.3).
 */
final class PushRegistration implements Handler {
  private static final String ENTRY = "bsky_notif";

  private final Nsid method;
  private final Forwarding forwarding;

  PushRegistration(String method, Forwarding forwarding) {
    this.method = new Nsid(method);
    this.forwarding = forwarding;
  }

  @Override
  public void handle(Context context) {
    byte[] body = Request.bytes(context, XrpcDoor.BODY_BYTES_MAX);
    ServiceName named = new ServiceName(service(body), ENTRY);
    Forwarding.Admitted admitted = forwarding.admit(context, method, named);
    // The AppView is where it is configured, whatever its document says of this entry.
    Optional<Upstreams.Upstream> appView =
        forwarding
            .services()
            .upstreams()
            .appView()
            .filter(one -> one.name().did().equals(named.did()));
    Forwarding.Admitted asked =
        appView
            .map(one -> new Forwarding.Admitted(admitted.caller(), method, one.name()))
            .orElse(admitted);
    forwarding.send(
        context, asked, asked.signer(), new Services.Body.Whole(body), RelayedAnswer.to(context));
  }

  private static Did service(byte[] body) {
    if (RecordJson.parse(body) instanceof DagFields fields) {
      String did = Request.text(fields, "serviceDid");
      if (Did.isValid(did)) {
        return new Did(did);
      }
      throw XrpcFailure.invalid("Input/serviceDid must be a valid did");
    }
    throw XrpcFailure.invalid("Input must be an object");
  }
}
